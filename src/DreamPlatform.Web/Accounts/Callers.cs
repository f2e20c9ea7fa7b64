using System.Collections.Concurrent;
using System.Security.Claims;
using DreamPlatform.Domain.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// What is known of accounts, never older than <see cref="MaxAge"/>, so that a taken role, a changed password or a
/// deleted account stops working although the token still says otherwise.
/// </summary>
public sealed class Callers(IServiceScopeFactory scopes, TimeProvider time, IOptions<IdentityOptions> identity)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<Guid, Known> kept = new();

    /// <summary>The account a token was given to; null if it is gone or was signed out everywhere.</summary>
    public async ValueTask<Caller?> FindAsync(ClaimsPrincipal token)
    {
        var claims = identity.Value.ClaimsIdentity;
        if (!Guid.TryParse(token.FindFirstValue(claims.UserIdClaimType), out var id)) return null;
        var stamp = token.FindFirstValue(claims.SecurityStampClaimType);
        // A token that does not fit may be newer than what is kept: read again before refusing it.
        if (!kept.TryGetValue(id, out var known) || time.GetElapsedTime(known.ReadAt) >= MaxAge || known.Stamp != stamp)
            known = await ReadAsync(id);
        return known.Stamp == stamp ? known.Caller : null;
    }

    /// <summary>Makes a change of this account known at once in this process.</summary>
    public void Forget(AccountId id) => kept.TryRemove(id.Value, out _);

    private async Task<Known> ReadAsync(Guid id)
    {
        // The age counts from before the reading, or a change made meanwhile would be seen too late.
        var readAt = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var account = await db.Users.Where(it => it.Id == id)
            .Select(it => new { it.Email, it.SecurityStamp }).SingleOrDefaultAsync();
        var roles = await db.HeldRoles.Where(held => held.AccountId == id)
            .OrderBy(held => held.Id).Select(held => new { held.Role, held.FoundationId }).ToListAsync();
        var assignments = roles.Select(held => Assignments.Of(held.Role, held.FoundationId));
        var actor = new Actor(new AccountId(id), [.. assignments]);
        var caller = account is null ? null : new Caller(actor, account.Email!);
        if (kept.Count >= MaxKept) kept.Clear();
        return kept[id] = new Known(readAt, account?.SecurityStamp, caller);
    }

    private sealed record Known(long ReadAt, string? Stamp, Caller? Caller);
}
