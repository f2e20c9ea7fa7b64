using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <param name="IsCurrent">The session that asks.</param>
/// <param name="LastSeenAt">To about a minute.</param>
internal sealed record SessionView(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? UserAgent,
    bool HasSecondFactor, bool IsCurrent);

/// <summary>Where I am signed in, and how to end it.</summary>
internal static class SessionEndpoints
{
    public static void MapSessionEndpoints(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/api/account").WithTags("Signing in").RequireAuthorization()
            .WithMetadata(SecondFactorLater.Instance);
        account.MapGet("sessions", List).WithName("listSessions");
        account.MapDelete("sessions/{id:guid}", End).WithName("endSession").Produces(204)
            .WithProblems((404, "not-found"));
        account.MapPost("sign-out", SignOut).WithName("signOut").Produces(204);
        account.MapPost("sign-out-everywhere", SignOutEverywhere).WithName("signOutEverywhere").Produces(204);
        routes.MapDelete("/api/accounts/{email}/sessions", EndAllOf).WithTags("Accounts").WithName("endAllSessionsOf")
            .RequireAuthorization(Policies.Operators).Produces(204).WithProblems((404, "account-unknown"));
    }

    /// <summary>My sessions, newest first: at most twenty.</summary>
    internal static async Task<Listing<SessionView>> List(Caller caller, Sessions sessions) => new(
        [
            .. (await sessions.OfAsync(caller.Id)).Select(it => new SessionView(
                it.Id, it.CreatedAt, it.LastSeenAt, it.ExpiresAt, it.UserAgent, it.HasSecondFactor,
                it.Id == caller.Session)),
        ],
        null);

    /// <summary>Ends one of my sessions.</summary>
    internal static async Task<IResult> End(Guid id, Caller caller, Sessions sessions) =>
        await sessions.EndAsync(caller.Id, id) ? TypedResults.NoContent() : Answers.NotFound;

    /// <summary>Ends this session.</summary>
    internal static async Task<IResult> SignOut(Caller caller, Sessions sessions)
    {
        await sessions.EndAsync(caller.Id, caller.Session);
        return TypedResults.NoContent();
    }

    /// <summary>Ends all my sessions, this one too.</summary>
    internal static async Task<IResult> SignOutEverywhere(
        Caller caller, UserManager<Account> accounts, Sessions sessions)
    {
        if (await accounts.FindByIdAsync(caller.Id.ToString()) is { } account) await sessions.EndAllAsync(account);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Ends all sessions of somebody whose account may be in wrong hands; they are told by mail. Within five seconds.
    /// </summary>
    internal static async Task<IResult> EndAllOf(
        string email, UserManager<Account> accounts, Sessions sessions)
    {
        if (await accounts.FindByEmailAsync(email) is not { } account) return RoleEndpoints.AccountUnknown();
        await sessions.EndAllAsync(account);
        return TypedResults.NoContent();
    }
}
