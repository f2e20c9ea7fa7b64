using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Messages;

namespace DreamPlatform.Web.Accounts.Helping;

/// <param name="Token">What the helper accepts with; shown this once.</param>
/// <param name="Link">The same as a link, to hand to the helper.</param>
internal sealed record OfferAnswer(Guid Id, string Token, string Link, DateTimeOffset ExpiresAt);

internal sealed record TokenBody(string Token);

/// <param name="ApplicantId">What the helper sends as Acting-For.</param>
internal sealed record HelpAnswer(Guid Id, Guid ApplicantId);

/// <param name="Helpers">Who helps me.</param>
/// <param name="Offers">My offers that nobody has accepted yet.</param>
/// <param name="Applicants">Whom I help.</param>
internal sealed record HelpView(
    IReadOnlyList<HelpWith> Helpers, IReadOnlyList<OpenOffer> Offers, IReadOnlyList<HelpWith> Applicants);

/// <summary>How applicants get help from somebody they trust, and end it.</summary>
internal static class HelperEndpoints
{
    public static void MapHelperEndpoints(this IEndpointRouteBuilder routes)
    {
        var helpers = routes.MapGroup("/api/me/helpers").WithTags("Me").RequireAuthorization();
        helpers.MapPost("", Offer).WithName("offerToBeHelped").Produces<OfferAnswer>(201)
            .NeedsFreshSignIn().WithProblems((409, "too-many-helpers"));
        helpers.MapGet("", List).WithName("listHelpers");
        helpers.MapDelete("{id:guid}", End).WithName("endHelp").Produces(204).WithProblems((404, "not-found"));
        routes.MapPost("/api/helpers/accept", Accept).WithTags("Me").RequireAuthorization().WithName("acceptToHelp")
            .RequireRateLimiting(RateLimits.Credentials).Produces<HelpAnswer>()
            .WithProblems((404, "offer-unknown"), (409, "cannot-help-yourself"), (409, "too-many-applicants"),
                (409, "sponsors-cannot-help"));
    }

    /// <summary>
    /// Makes a one-time link for somebody who shall apply for me: good for a day. They can do what I can for my wishes,
    /// but not consent to an offer.
    /// </summary>
    internal static async Task<IResult> Offer(Caller caller, Helpers helpers, Links links) =>
        await helpers.OfferAsync(caller.Id) is var (offer, token)
            ? TypedResults.Created((string?)null, new OfferAnswer(
                offer.Id, token.Text, links.To("/helpers/accept", ("token", token.Text)), offer.ExpiresAt!.Value))
            : Problems.Of(
                409, "too-many-helpers", "You have as many helpers and offers as anybody may. End one first.",
                ("max", Helpers.MaxHelpers));

    /// <summary>Accepts to help whoever made the link.</summary>
    internal static async Task<IResult> Accept(TokenBody body, Caller caller, Helpers helpers) =>
        await helpers.AcceptAsync(body.Token, caller) switch
        {
            (Acceptance.Accepted, { } help) => TypedResults.Ok(new HelpAnswer(help.Id, help.ApplicantId)),
            (Acceptance.Own, _) => Problems.Of(409, "cannot-help-yourself", "This link is for somebody else."),
            (Acceptance.TooMany, _) => Problems.Of(
                409, "too-many-applicants", "You help as many people as anybody may.", ("max", Helpers.MaxApplicants)),
            (Acceptance.Sponsor, _) => Problems.Of(
                409, "sponsors-cannot-help", "A sponsor may not know who applies. Ask somebody else to help."),
            _ => Problems.Of(404, "offer-unknown", "The link is wrong, was used or is too old. Ask for another."),
        };

    /// <summary>Who helps me, and whom I help.</summary>
    internal static async Task<HelpView> List(Caller caller, Helpers helpers) => new(
        await helpers.HelpersOf(caller.Id), await helpers.OffersOf(caller.Id),
        [
            .. (await helpers.ApplicantsOf(caller.Id)).Where(
                it => caller.Actor.Helps.Contains(new AccountId(it.AccountId))),
        ]);

    /// <summary>Ends a help, as the applicant or as the helper, or takes an offer back. It works at once.</summary>
    internal static async Task<IResult> End(Guid id, Caller caller, Helpers helpers) =>
        await helpers.EndAsync(id, caller.Id) ? TypedResults.NoContent() : Answers.NotFound;
}
