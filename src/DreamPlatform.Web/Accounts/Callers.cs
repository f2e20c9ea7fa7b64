using System.Collections.Concurrent;
using System.Security.Claims;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// What is known of accounts, never older than <see cref="MaxAge"/>, so that a taken role, an ended session or a
/// deleted account stops working although the token still says otherwise.
/// </summary>
public sealed class Callers(IServiceScopeFactory scopes, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>How exactly it is noted when a session was last seen.</summary>
    public static readonly TimeSpan SeenToWithin = TimeSpan.FromMinutes(1);

    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<Guid, Known> kept = new();

    /// <summary>Whom a token speaks for; null if the account is gone or the session has ended.</summary>
    public async ValueTask<Caller?> FindAsync(ClaimsPrincipal token)
    {
        if (TokenClaims.Of(token) is not { } claims) return null;
        // A session that is not known may be newer than what is kept: read again before refusing it.
        if (!kept.TryGetValue(claims.Account, out var known) || time.GetElapsedTime(known.ReadAt) >= MaxAge
            || !known.Sessions.ContainsKey(claims.Session))
            known = await ReadAsync(claims.Account, claims.Session);
        return known.Sessions.GetValueOrDefault(claims.Session);
    }

    /// <summary>Makes a change of this account known at once in this process.</summary>
    public void Forget(AccountId id) => kept.TryRemove(id.Value, out _);

    private async Task<Known> ReadAsync(Guid id, Guid current)
    {
        // The age counts from before the reading, or a change made meanwhile would be seen too late.
        var (readAt, now) = (time.GetTimestamp(), time.GetUtcNow());
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var roles = await db.HeldRoles.Where(held => held.AccountId == id)
            .OrderBy(held => held.Id).Select(held => new { held.Role, held.FoundationId }).ToListAsync();
        var helps = await db.Helps.Where(it => it.HelperId == id).Select(it => it.ApplicantId).ToListAsync();
        var assignments = roles.Select(held => Assignments.Of(held.Role, held.FoundationId));
        var actor = new Actor(new AccountId(id), [.. assignments])
        {
            // The lending firewall: a sponsor never learns who applies, not as a helper either.
            Helps = roles.Any(held => held.Role == Role.Sponsor)
                ? []
                : [.. helps.Select(applicant => new AccountId(applicant))],
        };
        var sessions = await (
            from session in db.Sessions
            join account in db.Users on session.AccountId equals account.Id
            where account.Id == id && session.Stamp == account.SecurityStamp && session.ExpiresAt > now
            select new { Session = session, account.Email }).AsNoTracking().ToListAsync();
        var seen = sessions.SingleOrDefault(it => it.Session.Id == current)?.Session;
        if (seen is not null && now - seen.LastSeenAt >= SeenToWithin)
            await db.Sessions.Where(it => it.Id == current)
                .ExecuteUpdateAsync(it => it.SetProperty(session => session.LastSeenAt, now));
        if (kept.Count >= MaxKept) kept.Clear();
        return kept[id] = new Known(
            readAt, sessions.ToDictionary(it => it.Session.Id, it => CallerOf(actor, it.Email!, it.Session)));
    }

    private static Caller CallerOf(Actor actor, string email, Session session) => new(actor, email)
    {
        Session = session.Id,
        SignedInAt = session.CreatedAt,
        HasSecondFactor = session.HasSecondFactor,
    };

    private sealed record Known(long ReadAt, IReadOnlyDictionary<Guid, Caller> Sessions);
}
