using System.ComponentModel.DataAnnotations;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts.Helping;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Accounts.Inviting;

/// <summary>Who shall work for the foundation, and as what.</summary>
internal sealed record InvitationBody([property: MaxLength(EmailAddress.MaxLength)] string Email, Role Role);

internal sealed record InvitationView(
    Guid Id, string Email, Role Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>The role that was given.</summary>
internal sealed record InvitationAnswer(Role Role, Guid FoundationId);

/// <summary>How foundations get their staff, and who it is.</summary>
internal static class InvitationEndpoints
{
    /// <summary>The most roles of a foundation that are listed.</summary>
    private const int MaxListed = 500;

    public static void MapInvitationEndpoints(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup("/api/foundations/{id:guid}/invitations").WithTags("Accounts")
            .RequireAuthorization().WithProblems((403, "forbidden"), (404, "not-found"));
        invitations.MapPost("", Invite).WithName("invite").Produces<InvitationView>(201)
            .WithProblems((409, "too-many-invitations"));
        invitations.MapGet("", List).WithName("listInvitations").Produces<Listing<InvitationView>>();
        invitations.MapDelete("{invitationId:guid}", Revoke).WithName("revokeInvitation").Produces(204);
        routes.MapGet("/api/foundations/{id:guid}/staff", Staff).WithTags("Accounts").WithName("listStaff")
            .RequireAuthorization().WithProblems((403, "forbidden"), (404, "not-found"))
            .Produces<Listing<StaffView>>();
        routes.MapPost("/api/invitations/accept", Accept).WithTags("Accounts").RequireAuthorization()
            .WithName("acceptInvitation").RequireRateLimiting(RateLimits.Credentials).Produces<InvitationAnswer>()
            .WithProblems((404, "invitation-unknown"));
    }

    /// <summary>
    /// Sends a link that gives a role at the foundation to whoever has the address and an account: good once, for seven
    /// days. Inviting again makes a new link. For the operator and the foundation's administrators.
    /// </summary>
    internal static async Task<IResult> Invite(
        Guid id, InvitationBody body, Caller caller, AccountsDb db, Invitations invitations)
    {
        if (Refusal(caller, id) is { } refused) return refused;
        var check = new Check()
            .That(EmailAddress.IsValid(body.Email), "email", "Must be an e-mail address.")
            .That(Assignments.IsPossible(body.Role, id), "role", "Must be a role at a foundation.");
        if (check.Problem is { } problem) return problem;
        if (await db.Foundations.FindAsync(id) is not { } foundation) return Answers.NotFound;
        return await invitations.InviteAsync(foundation, body.Email, body.Role, caller.Id) is { } made
            ? TypedResults.Created((string?)null, View(made))
            : Problems.Of(
                409, "too-many-invitations", "Too many are open, or went to this address within an hour. Revoke some, or wait.",
                ("max", Invitations.MaxOpen));
    }

    /// <summary>The foundation's open invitations, oldest first: at most a hundred.</summary>
    internal static async Task<IResult> List(Guid id, Caller caller, Invitations invitations) =>
        Refusal(caller, id) ?? TypedResults.Ok(new Listing<InvitationView>(
            [.. (await invitations.OpenAt(id)).Select(View)], null));

    /// <summary>Who holds which role at the foundation, by address: at most five hundred.</summary>
    internal static async Task<IResult> Staff(Guid id, Caller caller, RoleBook book) =>
        Refusal(caller, id) ?? TypedResults.Ok(new Listing<StaffView>(await book.AtAsync(id, MaxListed), null));

    /// <summary>Takes an invitation back: its link is good no more.</summary>
    internal static async Task<IResult> Revoke(Guid id, Guid invitationId, Caller caller, Invitations invitations) =>
        Refusal(caller, id)
            ?? (await invitations.RevokeAsync(id, invitationId) ? TypedResults.NoContent() : Answers.NotFound);

    /// <summary>Accepts an invitation that was sent to my address.</summary>
    internal static async Task<IResult> Accept(TokenBody body, Caller caller, Invitations invitations) =>
        await invitations.AcceptAsync(body.Token, caller) is { } accepted
            ? TypedResults.Ok(new InvitationAnswer(accepted.Role, accepted.FoundationId))
            : Problems.Of(
                404, "invitation-unknown", "The link is wrong, was used, is too old or was sent to another address.");

    private static IResult? Refusal(Caller caller, Guid id)
    {
        var foundation = new FoundationId(id);
        if (caller.IsOperator || caller.Actor.Is(Role.Foundation, foundation)) return null;
        return Answers.Of(caller.Actor.IsStaffOf(foundation) ? new Forbidden() : new NotFound());
    }

    private static InvitationView View(Invitation it) => new(it.Id, it.Email, it.Role, it.CreatedAt, it.ExpiresAt);
}
