using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Wishes;

/// <summary>What reviewers and approvers do with submitted wishes.</summary>
public static class ReviewEndpoints
{
    private const byte CaseList = 4;

    public static void MapReviewEndpoints(this IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup("/api/reviews").WithTags("Reviews").RequireAuthorization();
        cases.MapGet("", Queue).Reads<Listing<CaseSummary>>("listReviews");
        cases.MapGet("counts", Counts).Reads<QueueCountsView>("countReviews");
        cases.MapGet("{wishId:guid}", Open).Reads<WishCase>(
            "getReview", (404, "not-found"), (409, "look-log-full"));
        cases.MapPost("{wishId:guid}/reveal", Reveal).Reads<WishCase>(
            "revealReview", (404, "not-found"), (409, "look-log-full"));
        var wishes = routes.MapGroup("/api/wishes/{id:guid}").WithTags("Reviews");
        wishes.MapPost("claim", Claim).Commands<WishAnswer>(
            "claimWish", "wish-not-submitted", "case-claimed-by-another", "reviewer-may-not-review-own-case");
        wishes.MapPost("release", Release).Commands<WishAnswer>(
            "releaseWish", "wish-not-in-review", "case-claimed-by-another");
        wishes.MapPost("recommend", Recommend).Commands<WishAnswer>(
            "recommendWish", "wish-not-in-review", "case-claimed-by-another", "reviewer-may-not-review-own-case",
            "amount-exceeds-cap", "text-not-kept", "dossier-full", "case-files-full")
            .WithProblems((422, "item-amounts-do-not-add-up"), (422, "amount-out-of-range"), (422, "file-unknown"));
        wishes.MapPost("reject", Reject).Commands<WishAnswer>(
            "rejectWish", "wish-not-in-review", "case-claimed-by-another", "reviewer-may-not-review-own-case",
            "text-not-kept", "dossier-full");
        wishes.MapPost("approve", Approve).Commands<WishAnswer>(
            "approveWish", "wish-not-in-review", "wish-not-recommended", "approver-must-differ",
            "reviewer-may-not-review-own-case", "amount-differs-from-recommendation", "amount-exceeds-cap");
    }

    /// <summary>The cases of my foundations, oldest due first: mine, open, claimed by anybody, for me to approve, or overdue.</summary>
    internal static async Task<IResult> Queue(
        Caller caller, Page page, WishQueries wishes, JournalOptions journal, TimeProvider time, string? queue,
        string? category, string? region, Guid? projectId)
    {
        ReviewQueue? which = queue switch
        {
            null or "open" => ReviewQueue.Open,
            "mine" => ReviewQueue.Mine,
            "claimed" => ReviewQueue.Claimed,
            "approve" => ReviewQueue.ToApprove,
            "overdue" => ReviewQueue.Overdue,
            _ => null,
        };
        if (which is null)
            return new Check().That(false, "queue", "Must be mine, open, claimed, approve or overdue.").Problem!;
        var after = page.Cursor(CaseList) is { } cursor ? (cursor.At, cursor.Id) : ((long, Guid)?)null;
        var rows = await wishes.Cases(
            new CaseFilter(which.Value, category, region, projectId), caller.Actor, time.GetUtcNow(), after,
            page.Limit + 1);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(
                CaseList, row.Wish.ReviewDueAt!.Value.ToUnixTimeMilliseconds(), row.Wish.Id.Value))
            .Select(row => CaseSummary.Of(row, caller.Actor, journal.Currency)));
    }

    /// <summary>How many cases of my foundations are in each queue, and when the next is due.</summary>
    internal static async Task<IResult> Counts(Caller caller, ReviewQueries reviews, TimeProvider time) =>
        TypedResults.Ok(QueueCountsView.Of(await reviews.Counts(caller.Actor, time.GetUtcNow())));

    /// <summary>
    /// One case. Who claimed it sees what was written, with who the applicant is masked; each look is noted.
    /// </summary>
    internal static Task<IResult> Open(
        Guid wishId, Caller caller, IGrainFactory grains, WishQueries wishes, JournalOptions journal) =>
        Look(wishId, caller, null, grains, wishes, journal);

    /// <summary>The same case with who the applicant is. The applicant can read who asked, and for what reason.</summary>
    internal static async Task<IResult> Reveal(
        Guid wishId, RevealBody body, Caller caller, IGrainFactory grains, WishQueries wishes,
        JournalOptions journal) =>
        new Check().Text("reason", body.Reason, LookLog.MaxReason).Problem
            ?? await Look(wishId, caller, body.Reason, grains, wishes, journal);

    private static async Task<IResult> Look(
        Guid id, Caller caller, string? reason, IGrainFactory grains, WishQueries wishes, JournalOptions journal) =>
        await wishes.Find(id) is { } row && row.Wish.MayOpenCase(caller.Actor)
            ? WishEndpoints.Case(await WishEndpoints.Dossier(grains, id).Look(caller.Actor, reason), caller, journal)
            : Answers.NotFound;

    /// <summary>Takes a submitted wish into review.</summary>
    internal static Task<IResult> Claim(Guid id, CommandRequest request, IGrainFactory grains) =>
        WishEndpoints.Execute(grains, id, request.Envelope(new ClaimWish()));

    /// <summary>
    /// Gives a claimed case back to the queue: one's own, or, as the foundation's administrator, anybody's.
    /// </summary>
    internal static Task<IResult> Release(Guid id, CommandRequest request, IGrainFactory grains) =>
        WishEndpoints.Execute(grains, id, request.Envelope(new ReleaseWish()));

    /// <summary>Recommends an amount, with what was found and what may become public.</summary>
    internal static async Task<IResult> Recommend(
        Guid id, RecommendBody body, CommandRequest request, IGrainFactory grains)
    {
        if (body.Check().Problem is { } problem) return problem;
        var command = body.ToCommand();
        var envelope = request.Envelope(command, new { body.AmountMinor, body.Items, command.Checks });
        return await WishEndpoints.Dossier(grains, id).Execute(new WishId(id).Stream, envelope, body.ToReview())
            .Answer<Wish>(WishEndpoints.Answer);
    }

    /// <summary>Rejects a wish, with a reason that the applicant can understand.</summary>
    internal static Task<IResult> Reject(Guid id, RejectBody body, CommandRequest request, IGrainFactory grains) =>
        new Check().Code("reasonCode", body.ReasonCode)
            .Text("explanation", body.Explanation, 2_000).Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : WishEndpoints.Dossier(grains, id).Execute(
                new WishId(id).Stream, request.Envelope(new RejectWish(body.ReasonCode), body.ReasonCode),
                new Note(body.Explanation))
                .Answer<Wish>(WishEndpoints.Answer);

    /// <summary>Approves the recommended amount; above the project's threshold a second approver is needed.</summary>
    internal static Task<IResult> Approve(Guid id, AmountBody body, CommandRequest request, IGrainFactory grains) =>
        body.Check().Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : WishEndpoints.Execute(grains, id, request.Envelope(new ApproveWish(body.AmountMinor), body));
}
