using System.Threading.RateLimiting;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Operating;
using DreamPlatform.Web.Site;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Http;

/// <summary>"RateLimits": how much anybody may ask for before they are told to wait.</summary>
public sealed class RateLimitSettings
{
    /// <summary>Requests of one account at once.</summary>
    public int AccountBurst { get; set; } = 6_000;

    /// <summary>Requests of one account, on and on.</summary>
    public int AccountPerMinute { get; set; } = 6_000;

    /// <summary>Requests of one client address that nobody has signed in with.</summary>
    public int AnonymousPerMinute { get; set; } = 3_000;

    /// <summary>Notices of one payment provider: few addresses bring the payments of all.</summary>
    public int WebhooksPerMinute { get; set; } = 60_000;

    /// <summary>Requests of one client address to routes that check a password, a code or a token.</summary>
    public int CredentialsPerMinute { get; set; } = 120;

    /// <summary>Letters that one client address can have sent; people of a phone network share theirs.</summary>
    public int LettersPerClientPerHour { get; set; } = 120;

    /// <summary>Letters that can be sent to one e-mail address at the wish of people who are not signed in.</summary>
    public int LettersPerAddressPerHour { get; set; } = 5;
}

/// <summary>Token buckets, by account or else by client address.</summary>
internal static class RateLimits
{
    /// <summary>Routes that check a password, a code or a token.</summary>
    public const string Credentials = "credentials";

    /// <summary>Routes that send mail.</summary>
    public const string Letters = "letters";

    /// <summary>Marks routes that payment providers call.</summary>
    public sealed class Webhook
    {
        public static readonly Webhook Instance = new();
    }

    private const int MaxSetting = 100_000_000;

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.AddSettings<RateLimitSettings>("RateLimits").Validate(
            limits => new[]
            {
                limits.AccountBurst, limits.AccountPerMinute, limits.AnonymousPerMinute, limits.WebhooksPerMinute,
                limits.CredentialsPerMinute, limits.LettersPerClientPerHour, limits.LettersPerAddressPerHour,
            }.All(limit => limit is >= 1 and <= MaxSetting),
            $"Set every one of RateLimits to a number from 1 to {MaxSetting}.");
        builder.Services.AddSingleton<RateLimiters>();
    }

    /// <summary>
    /// Makes whoever asks for too much wait. Not the framework's middleware: that never lets go of its limiters, and with
    /// them of the whole host, so that a process of many hosts, such as that of the tests, only grows.
    /// </summary>
    public static void UseRateLimits(this WebApplication app) => app.Use(async (http, next) =>
    {
        using var lease = http.RequestServices.GetRequiredService<RateLimiters>().Take(http);
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.Zero;
        var (code, detail) = Problems.OfStatus(StatusCodes.Status429TooManyRequests);
        await Problems.Wait(wait, code, detail).ExecuteAsync(http);
    });

    /// <summary>The buckets of everybody, and those of the routes that name a policy.</summary>
    internal sealed class RateLimiters(IOptions<RateLimitSettings> settings) : IDisposable
    {
        private readonly PartitionedRateLimiter<HttpContext> everybody = Everybody(settings.Value),
            credentials = ByClient(settings.Value.CredentialsPerMinute, TimeSpan.FromMinutes(1)),
            letters = ByClient(settings.Value.LettersPerClientPerHour, TimeSpan.FromHours(1));

        /// <summary>A lease of all that the request's route asks for; refused if one of them is.</summary>
        public RateLimitLease Take(HttpContext http)
        {
            var route = http.GetEndpoint()?.Metadata;
            if (route?.GetMetadata<DisableRateLimitingAttribute>() is not null) return Free;
            var lease = everybody.AttemptAcquire(http);
            if (!lease.IsAcquired) return lease;
            return route?.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName switch
            {
                null => lease,
                Credentials => credentials.AttemptAcquire(http),
                Letters => letters.AttemptAcquire(http),
                var other => throw new InvalidOperationException($"There is no rate limit {other}."),
            };
        }

        public void Dispose()
        {
            everybody.Dispose();
            credentials.Dispose();
            letters.Dispose();
        }
    }

    private static readonly RateLimitLease Free = new ConcurrencyLimiter(new() { PermitLimit = 1 }).AttemptAcquire(0);

    private static PartitionedRateLimiter<HttpContext> Everybody(RateLimitSettings limits)
    {
        var account = Bucket(limits.AccountBurst, limits.AccountPerMinute, TimeSpan.FromMinutes(1));
        var anonymous = Bucket(limits.AnonymousPerMinute, limits.AnonymousPerMinute, TimeSpan.FromMinutes(1));
        var webhooks = Bucket(limits.WebhooksPerMinute, limits.WebhooksPerMinute, TimeSpan.FromMinutes(1));
        return PartitionedRateLimiter.Create<HttpContext, (Guid, bool)>(http =>
        {
            if (Caller.Of(http) is { } caller)
                return RateLimitPartition.GetTokenBucketLimiter((caller.Id.Value, false), _ => account);
            var isWebhook = http.GetEndpoint()?.Metadata.GetMetadata<Webhook>() is not null;
            return RateLimitPartition.GetTokenBucketLimiter(
                (ClientAddress.Of(http).Value, isWebhook), _ => isWebhook ? webhooks : anonymous);
        });
    }

    /// <summary>By client address; opening a page with a form costs nothing, sending it does.</summary>
    private static PartitionedRateLimiter<HttpContext> ByClient(int perPeriod, TimeSpan period)
    {
        var bucket = Bucket(perPeriod, perPeriod, period);
        return PartitionedRateLimiter.Create<HttpContext, (ClientAddress, bool)>(http =>
            HttpMethods.IsGet(http.Request.Method) && SitePage.IsAskedFor(http)
                ? RateLimitPartition.GetNoLimiter((default(ClientAddress), true))
                : RateLimitPartition.GetTokenBucketLimiter((ClientAddress.Of(http), false), _ => bucket));
    }

    /// <summary>A bucket that fills in sixtieths of its period, so that nobody waits longer than they must.</summary>
    private static TokenBucketRateLimiterOptions Bucket(int burst, int perPeriod, TimeSpan period)
    {
        var steps = Math.Min(perPeriod, 60);
        return new()
        {
            TokenLimit = burst,
            TokensPerPeriod = perPeriod / steps,
            ReplenishmentPeriod = period / steps,
            QueueLimit = 0,
            AutoReplenishment = false,
        };
    }
}
