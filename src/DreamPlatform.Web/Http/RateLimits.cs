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
        builder.Services.AddRateLimiter();
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitSettings>>(
            (limiter, settings) => Limit(limiter, settings.Value));
    }

    private static void Limit(RateLimiterOptions limiter, RateLimitSettings limits)
    {
        var account = Bucket(limits.AccountBurst, limits.AccountPerMinute, TimeSpan.FromMinutes(1));
        var anonymous = Bucket(limits.AnonymousPerMinute, limits.AnonymousPerMinute, TimeSpan.FromMinutes(1));
        var credentials = Bucket(limits.CredentialsPerMinute, limits.CredentialsPerMinute, TimeSpan.FromMinutes(1));
        var letters = Bucket(limits.LettersPerClientPerHour, limits.LettersPerClientPerHour, TimeSpan.FromHours(1));
        var webhooks = Bucket(limits.WebhooksPerMinute, limits.WebhooksPerMinute, TimeSpan.FromMinutes(1));
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (Guid, bool)>(http =>
        {
            if (Caller.Of(http) is { } caller)
                return RateLimitPartition.GetTokenBucketLimiter((caller.Id.Value, false), _ => account);
            var isWebhook = http.GetEndpoint()?.Metadata.GetMetadata<Webhook>() is not null;
            return RateLimitPartition.GetTokenBucketLimiter(
                (ClientAddress.Of(http).Value, isWebhook), _ => isWebhook ? webhooks : anonymous);
        });
        limiter.AddPolicy(Credentials, http => Of(http, credentials));
        limiter.AddPolicy(Letters, http => Of(http, letters));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.Zero;
            var (code, detail) = Problems.OfStatus(StatusCodes.Status429TooManyRequests);
            await Problems.Wait(wait, code, detail).ExecuteAsync(rejected.HttpContext);
        };
    }

    /// <summary>By client address; opening a page with a form costs nothing, sending it does.</summary>
    private static RateLimitPartition<ClientAddress> Of(HttpContext http, TokenBucketRateLimiterOptions bucket) =>
        HttpMethods.IsGet(http.Request.Method) && SitePage.IsAskedFor(http)
            ? RateLimitPartition.GetNoLimiter(default(ClientAddress))
            : RateLimitPartition.GetTokenBucketLimiter(ClientAddress.Of(http), _ => bucket);

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
