using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.People;

/// <summary>How somebody signs in, and what they may do.</summary>
internal sealed class AccountData(IServiceScopeFactory scopes, Callers callers) : IPersonalData
{
    public string Name => "account";

    public async Task<object?> Show(Actor person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        return await db.Users.Where(it => it.Id == person.Id.Value)
            .Select(it => new { it.Id, it.Email, it.EmailConfirmed, it.TwoFactorEnabled }).SingleOrDefaultAsync();
    }

    /// <summary>The account goes last, by <see cref="Remove"/>: it is what says who is to be erased.</summary>
    public Task Forget(Actor person) => Task.CompletedTask;

    public async Task Remove(AccountId id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        await db.Users.Where(it => it.Id == id.Value).ExecuteDeleteAsync();
        callers.Forget(id);
    }
}
