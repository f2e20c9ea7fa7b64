using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.People;

/// <summary>How somebody signs in, and what they may do.</summary>
internal sealed class AccountData(
    IServiceScopeFactory scopes, Callers callers, SecurityLog security, TimeProvider time) : IPersonalData
{
    public string Name => "account";

    public async Task<object?> Show(Actor person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var (id, now) = (person.Id.Value, time.GetUtcNow());
        var account = await db.Users.Where(it => it.Id == id).SingleOrDefaultAsync();
        if (account is null) return null;
        return new
        {
            account.Id,
            account.Email,
            account.EmailConfirmed,
            account.TwoFactorEnabled,
            Roles = await scope.ServiceProvider.GetRequiredService<RoleBook>().OfAsync(person.Id),
            Sessions = await db.Sessions.Where(it => it.AccountId == id && it.ExpiresAt > now)
                .OrderBy(it => it.CreatedAt).Select(it => new { it.Id, it.CreatedAt, it.LastSeenAt, it.UserAgent }).ToListAsync(),
            Helpers = await db.Helps.Where(it => it.ApplicantId == id && it.HelperId != null)
                .Select(it => new { it.HelperId, it.AcceptedAt }).ToListAsync(),
            Helps = await db.Helps.Where(it => it.HelperId == id)
                .Select(it => new { it.ApplicantId, it.AcceptedAt }).ToListAsync(),
            Invitations = await db.Invitations.Where(it => it.NormalizedEmail == account.NormalizedEmail)
                .Select(it => new { it.FoundationId, it.Role, it.CreatedAt, it.ExpiresAt }).ToListAsync(),
            KnownAddresses = await db.KnownAddresses.CountAsync(it => it.AccountId == id),
        };
    }

    /// <summary>The account goes last, by <see cref="Remove"/>: it is what says who is to be erased.</summary>
    public Task Forget(Actor person) => Task.CompletedTask;

    public async Task Remove(AccountId id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var address = await db.Users.Where(it => it.Id == id.Value)
            .Select(it => it.NormalizedEmail).SingleOrDefaultAsync();
        await db.Invitations.Where(it => it.NormalizedEmail == address).ExecuteDeleteAsync();
        // What else belongs to the account goes with it.
        await db.Users.Where(it => it.Id == id.Value).ExecuteDeleteAsync();
        callers.Forget(id);
        security.Done("erased", id.Value);
    }
}
