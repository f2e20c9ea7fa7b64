using System.Globalization;
using System.Security.Claims;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Begins sessions, keeps them alive and ends them.</summary>
internal sealed class Sessions(
    AccountsDb db, UserManager<Account> accounts, Letters letters, Callers callers, SecurityLog security,
    PlatformSecret secret, TimeProvider time)
{
    /// <summary>The most sessions of one account; one more ends the oldest.</summary>
    public const int MaxPerAccount = 20;

    /// <summary>The most places that are remembered of one account.</summary>
    public const int MaxKnownAddresses = 50;

    /// <summary>How long a session lasts that is not refreshed, and how long whatever is done.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromDays(14), MaxAge = TimeSpan.FromDays(90);

    /// <summary>
    /// How long a refresh token may be sent again: on a bad line the answer to the first may have been lost.
    /// </summary>
    public static readonly TimeSpan RepeatWithin = TimeSpan.FromMinutes(1);

    private const int MaxUserAgent = 256;

    public async Task<ClaimsPrincipal> BeginAsync(
        Account account, bool hasSecondFactor, ClientAddress client, string? userAgent)
    {
        var now = time.GetUtcNow();
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            Stamp = account.SecurityStamp!,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + MaxIdle,
            UserAgent = Short(userAgent),
            HasSecondFactor = hasSecondFactor,
            Generation = 0,
            RefreshedAt = now,
        };
        await using var transaction = await db.BeginAsync();
        db.Sessions.Add(session);
        await db.SaveChangesAsync();
        var older = db.Sessions.Where(it => it.AccountId == account.Id).OrderByDescending(it => it.CreatedAt)
            .ThenByDescending(it => it.Id).Skip(MaxPerAccount).Select(it => it.Id);
        await db.Sessions.Where(it => older.Contains(it.Id)).ExecuteDeleteAsync();
        await RememberAsync(account.Id, client, now);
        await transaction.CommitAsync();
        callers.Forget(new AccountId(account.Id));
        security.Done("signed-in", account.Id, hasSecondFactor ? "second-factor" : null);
        return new TokenClaims(account.Id, session.Id, 0).ToPrincipal();
    }

    /// <summary>The session's next tokens; null if it has ended or the token is not its newest.</summary>
    public async Task<ClaimsPrincipal?> RefreshAsync(TokenClaims token)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.BeginAsync();
        var session = await Live(token.Account, now).SingleOrDefaultAsync(it => it.Id == token.Session);
        if (session is null) return null;
        if (token.Generation == session.Generation)
        {
            session.Generation++;
            session.RefreshedAt = session.LastSeenAt = now;
            session.ExpiresAt = Earlier(now + MaxIdle, session.CreatedAt + MaxAge);
        }
        else if (token.Generation != session.Generation - 1 || now - session.RefreshedAt > RepeatWithin)
        {
            // Two have the same token, and one of them stole it.
            db.Sessions.Remove(session);
            security.Done("refresh-token-repeated", token.Account, $"session {session.Id}");
        }

        var isRemoved = db.Entry(session).State == EntityState.Deleted;
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        callers.Forget(new AccountId(token.Account));
        return isRemoved ? null : new TokenClaims(token.Account, session.Id, session.Generation).ToPrincipal();
    }

    /// <summary>Lets a session last on whose holder comes back with a cookie.</summary>
    public async Task ProlongAsync(TokenClaims cookie)
    {
        var now = time.GetUtcNow();
        var session = await Live(cookie.Account, now).SingleOrDefaultAsync(it => it.Id == cookie.Session);
        if (session is null) return;
        session.ExpiresAt = Earlier(now + MaxIdle, session.CreatedAt + MaxAge);
        await db.SaveChangesAsync();
    }

    /// <summary>An account's sessions, newest first.</summary>
    public Task<List<Session>> OfAsync(AccountId account) =>
        Live(account.Value, time.GetUtcNow()).OrderByDescending(it => it.CreatedAt).ToListAsync();

    /// <returns>False if the account has no such session.</returns>
    public async Task<bool> EndAsync(AccountId account, Guid session)
    {
        var ended = await Live(account.Value, time.GetUtcNow()).Where(it => it.Id == session).ExecuteDeleteAsync();
        callers.Forget(account);
        if (ended > 0) security.Done("session-ended", account.Value, $"session {session}");
        return ended > 0;
    }

    /// <summary>
    /// Lets one session live on after its holder changed the account's stamp, which ended all of them. Call it in the
    /// transaction of the change.
    /// </summary>
    /// <param name="stampBefore">The account's stamp before the change: a session that had ended by then stays so.
    /// </param>
    public Task KeepAsync(Guid session, Account account, string stampBefore, bool hasSecondFactor) => db.Sessions
        .Where(it => it.Id == session && it.AccountId == account.Id && it.Stamp == stampBefore)
        .ExecuteUpdateAsync(it => it
            .SetProperty(kept => kept.Stamp, account.SecurityStamp!)
            .SetProperty(kept => kept.HasSecondFactor, hasSecondFactor));

    /// <summary>Ends all sessions of an account and its open offers to be helped, and tells its owner.</summary>
    public async Task EndAllAsync(Account account)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await using var transaction = await db.BeginAsync();
        await accounts.UpdateSecurityStampAsync(account);
        letters.Add(account.Id, account.Email!, Topics.SignedOutEverywhere, ("at", now));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        callers.Forget(new AccountId(account.Id));
        security.Done("sessions-ended", account.Id);
    }

    /// <summary>Whether the account signed in from there before.</summary>
    public Task<bool> KnowsAsync(Guid account, ClientAddress client)
    {
        var hash = HashOf(account, client);
        return db.KnownAddresses.AnyAsync(it => it.AccountId == account && it.AddressHash == hash);
    }

    /// <summary>The sessions that have not expired, and did not end when the account's stamp was changed.</summary>
    private IQueryable<Session> Live(Guid account, DateTimeOffset now) =>
        from session in db.Sessions
        join holder in db.Users on session.AccountId equals holder.Id
        where session.AccountId == account && session.ExpiresAt > now && session.Stamp == holder.SecurityStamp
        select session;

    private async Task RememberAsync(Guid account, ClientAddress client, DateTimeOffset now)
    {
        var (hash, at) = (HashOf(account, client), now.ToUnixTimeMilliseconds());
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO known_addresses (AccountId, AddressHash, LastAt) VALUES ({account}, {hash}, {at})
            ON CONFLICT (AccountId, AddressHash) DO UPDATE SET LastAt = excluded.LastAt
            """);
        var older = db.KnownAddresses.Where(it => it.AccountId == account).OrderByDescending(it => it.LastAt)
            .Skip(MaxKnownAddresses).Select(it => it.AddressHash);
        await db.KnownAddresses.Where(it => it.AccountId == account && older.Contains(it.AddressHash))
            .ExecuteDeleteAsync();
    }

    private string HashOf(Guid account, ClientAddress client) => secret.IdOf($"known/{account}/{client}").ToString("N");

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static string? Short(string? userAgent) => string.IsNullOrWhiteSpace(userAgent)
        ? null
        : new string([.. userAgent.Take(MaxUserAgent).Select(it => char.IsControl(it) ? ' ' : it)]);
}

/// <summary>A place that an account signed in from before, as a keyed hash.</summary>
public sealed class KnownAddress
{
    public required Guid AccountId { get; init; }

    public required string AddressHash { get; init; }

    public required DateTimeOffset LastAt { get; init; }
}
