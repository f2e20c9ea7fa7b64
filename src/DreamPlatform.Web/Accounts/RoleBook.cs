using DreamPlatform.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>Gives roles and takes them; both may be repeated.</summary>
public sealed class RoleBook(AccountsDb db, Callers callers, SecurityLog security)
{
    public async Task GiveAsync(AccountId account, RoleAssignment role)
    {
        var (id, name, foundation) = (account.Value, RoleNames.Of(role.Role), role.Foundation?.Value);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO held_roles (AccountId, Role, FoundationId) VALUES ({id}, {name}, {foundation})
            ON CONFLICT DO NOTHING
            """);
        callers.Forget(account);
        security.Done("role-given", id, $"{name} {foundation}");
    }

    /// <returns>False if this is the last operator, who stays.</returns>
    public async Task<bool> TakeAsync(AccountId account, RoleAssignment role)
    {
        var held = Held(account, role);
        // Alone, so that two operators who take each other's role at once cannot both succeed.
        await using var transaction = await db.BeginAsync();
        var taken = await held
            .Where(it => it.Role != Role.Operator || db.HeldRoles.Count(any => any.Role == Role.Operator) > 1)
            .ExecuteDeleteAsync();
        await transaction.CommitAsync();
        callers.Forget(account);
        if (taken > 0) security.Done("role-taken", account.Value, $"{RoleNames.Of(role.Role)} {role.Foundation}");
        return taken > 0 || !await held.AnyAsync();
    }

    public Task<bool> IsLastOperatorAsync(AccountId account) =>
        db.HeldRoles.Where(held => held.Role == Role.Operator).AllAsync(held => held.AccountId == account.Value);

    public Task<bool> HasOperatorAsync() => db.HeldRoles.AnyAsync(held => held.Role == Role.Operator);

    /// <summary>An account's roles with the names of their foundations, in the order they were given.</summary>
    public Task<List<RoleView>> OfAsync(AccountId account) => (
        from held in db.HeldRoles
        join foundation in db.Foundations on held.FoundationId equals foundation.Id into at
        from foundation in at.DefaultIfEmpty()
        where held.AccountId == account.Value
        orderby held.Id
        select new RoleView(held.Role, held.FoundationId, foundation == null ? null : foundation.Name)).ToListAsync();

    /// <summary>Who holds which role at a foundation, by address.</summary>
    public Task<List<StaffView>> AtAsync(Guid foundation, int limit) => (
        from held in db.HeldRoles
        join account in db.Users on held.AccountId equals account.Id
        where held.FoundationId == foundation
        orderby account.NormalizedEmail, held.Id
        select new StaffView(account.Id, account.Email!, held.Role)).Take(limit).ToListAsync();

    private IQueryable<HeldRole> Held(AccountId account, RoleAssignment role)
    {
        var foundation = role.Foundation?.Value;
        return db.HeldRoles.Where(held =>
            held.AccountId == account.Value && held.Role == role.Role && held.FoundationId == foundation);
    }
}

/// <summary>A role as its holder and the operator see it.</summary>
public sealed record RoleView(Role Role, Guid? FoundationId, string? FoundationName);

/// <summary>That somebody holds a role at a foundation, as its administrators and the operator see it.</summary>
public sealed record StaffView(Guid Id, string Email, Role Role);
