using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>Who am I, and who may do what.</summary>
internal static class RoleEndpoints
{
    public static void MapRoleEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/me", Me).WithName("getMe").WithTags("Accounts").RequireAuthorization()
            .WithMetadata(SecondFactorLater.Instance);
        var roles = routes.MapGroup("/api/accounts/{email}/roles").WithTags("Accounts")
            .RequireAuthorization(Policies.Operators);
        roles.MapPost("", Give).WithName("giveRole")
            .WithProblems((404, "account-unknown"), (422, "foundation-unknown"));
        roles.MapDelete("", Take).WithName("takeRole")
            .WithProblems((404, "account-unknown"), (409, "last-operator"), (422, "foundation-unknown"));
    }

    /// <summary>Who the token was given to, and the roles held now.</summary>
    internal static async Task<Ok<MyAccountView>> Me(Caller caller, RoleBook book, SecondFactorRule secondFactor) =>
        TypedResults.Ok(new MyAccountView(
            caller.Id.Value, caller.Email, await book.OfAsync(caller.Id), secondFactor.Stops(caller)));

    /// <summary>An account and its roles, for whoever gives and takes them.</summary>
    internal static async Task<IResult> Find(string email, UserManager<Account> accounts, RoleBook book) =>
        await accounts.FindByEmailAsync(email) is { EmailConfirmed: true } account
            ? TypedResults.Ok(new AccountView(account.Id, account.Email!, await book.OfAsync(new AccountId(account.Id))))
            : AccountUnknown();

    /// <summary>Gives a role; giving it again changes nothing. It works at once.</summary>
    internal static async Task<Results<Ok<AccountView>, ProblemHttpResult>> Give(
        string email, RoleChange change, UserManager<Account> accounts, AccountsDb db, RoleBook book)
    {
        if (await ProblemAsync(change, db) is { } problem) return problem;
        // Who has not confirmed the address may be anybody.
        if (await accounts.FindByEmailAsync(email) is not { EmailConfirmed: true } account) return AccountUnknown();
        var id = new AccountId(account.Id);
        await book.GiveAsync(id, Assignments.Of(change.Role, change.FoundationId));
        return TypedResults.Ok(new AccountView(account.Id, account.Email!, await book.OfAsync(id)));
    }

    /// <summary>Takes a role away; taking it again changes nothing. It works within five seconds.</summary>
    internal static async Task<Results<Ok<AccountView>, ProblemHttpResult>> Take(
        string email, [FromBody] RoleChange change, UserManager<Account> accounts, AccountsDb db, RoleBook book)
    {
        if (await ProblemAsync(change, db) is { } problem) return problem;
        if (await accounts.FindByEmailAsync(email) is not { } account) return AccountUnknown();
        var id = new AccountId(account.Id);
        if (!await book.TakeAsync(id, Assignments.Of(change.Role, change.FoundationId)))
            return Problems.Of(409, "last-operator", "This is the last operator. Give somebody else the role first.");
        return TypedResults.Ok(new AccountView(account.Id, account.Email!, await book.OfAsync(id)));
    }

    private static async Task<ProblemHttpResult?> ProblemAsync(RoleChange change, AccountsDb db)
    {
        var check = new Check().That(
            Assignments.IsPossible(change.Role, change.FoundationId), "foundationId",
            change.Role == Role.Operator ? "Must be left out for operators." : "Is required for this role.");
        if (check.Problem is { } problem) return problem;
        return change.FoundationId is { } id && !await db.Foundations.AnyAsync(it => it.Id == id)
            ? Problems.Of(422, "foundation-unknown", "There is no foundation with this foundationId.")
            : null;
    }

    internal static ProblemHttpResult AccountUnknown() =>
        Problems.Of(404, "account-unknown", "No account has this e-mail address. Its owner registers first.");

    /// <summary>An account and what it may do.</summary>
    internal sealed record AccountView(Guid Id, string Email, IReadOnlyList<RoleView> Roles);

    /// <summary>My account.</summary>
    /// <param name="SecondFactorRequired">Whether I must sign in with a second factor before anything else.</param>
    internal sealed record MyAccountView(
        Guid Id, string Email, IReadOnlyList<RoleView> Roles, bool SecondFactorRequired);

    /// <summary>A role, at a foundation unless it is one of the whole platform.</summary>
    internal sealed record RoleChange(Role Role, Guid? FoundationId = null);
}
