using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.Helping;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Ledger;
using DreamPlatform.Web.Wishes.Live;

namespace DreamPlatform.Web.Wishes;

/// <summary>What everybody can see of wishes, and what applicants do with theirs.</summary>
public static class WishEndpoints
{
    private const byte MineList = 2, TimelineList = 3, WallList = 10;

    public static void MapWishEndpoints(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/wishes").WithTags("Wishes");
        all.MapGet("", Wall).IsPublic<Listing<WishSummary>>("listWishes");
        all.MapGet("{id:guid}", Get).IsPublic<PublicWish>("getWish", (404, "not-found"));
        all.MapGet("{id:guid}/timeline", Timeline).IsPublic<Listing<TimelineEntry>>(
            "getWishTimeline", (404, "not-found"));
        all.MapGet("{id:guid}/money", Money).IsPublic<Listing<TransferAnswer>>("getWishMoney", (404, "not-found"));
        all.MapLiveProgress();
        all.MapPost("", Create).Commands<WishAnswer>(
            "createWish", 201, "id-taken", "project-not-open", "outside-project-period", "case-files-full")
            .WithProblems((422, "file-unknown")).MayActFor();
        all.MapPut("{id:guid}", Edit).Commands<WishAnswer>(
            "editWish", "wish-not-draft", "draft-superseded", "project-not-open", "outside-project-period",
            "dossier-full", "text-not-kept", "case-files-full")
            .WithProblems((422, "file-unknown")).MayActFor();
        all.MapPost("{id:guid}/submit", Submit).Commands<WishAnswer>(
            "submitWish", "wish-not-draft", "wish-incomplete", "project-not-open", "outside-project-period",
            "category-not-eligible", "region-not-eligible", "amount-exceeds-cap").MayActFor();
        all.MapPost("{id:guid}/withdraw", Withdraw).Commands<WishAnswer>("withdrawWish", "wish-not-withdrawable")
            .MayActFor();
        all.MapPost("{id:guid}/accept", Accept).Commands<WishAnswer>(
            "acceptWish", "wish-not-approved", "public-text-changed", "project-not-open",
            "outside-project-period").WithProblems((403, "only-the-applicant-may")).MayActFor();
        all.MapPost("{id:guid}/revoke-consent", RevokeConsent).Commands<WishAnswer>(
            "revokeConsent", "wish-not-published");
        all.MapPost("{id:guid}/confirm-receipt", Confirm).Commands<WishAnswer>(
            "confirmReceipt", "wish-not-in-fulfilment", "item-not-delivered").MayActFor();
        var mine = routes.MapGroup("/api/me/wishes").WithTags("Me").RequireAuthorization();
        mine.MapGet("", Mine).Reads<Listing<MyWish>>("listMyWishes").MayActFor();
        mine.MapGet("{id:guid}", MyOwn).Reads<WishCase>("getMyWish", (404, "not-found"), (409, "look-log-full"))
            .MayActFor();
        mine.MapGet("{id:guid}/looks", Looks).Reads<Listing<LookView>>("listLooks", (404, "not-found"));
    }

    /// <summary>
    /// The wall: published wishes. q finds those whose title, story, items or codes have every word (or its beginning)
    /// and every two neighbouring Chinese characters of it, in up to 200 characters and 40 such terms.
    /// </summary>
    internal static async Task<IResult> Wall(
        Page page, WishQueries wishes, JournalOptions journal, string? status, string? category, string? region,
        Guid? projectId, string? q, string? sort)
    {
        var (state, order) = (status is null ? null : Names.Parse<WishStatus>(status), WallSorts.Parse(sort));
        var check = new Check().Search("q", q, out var search)
            .That(status is null || state is not null, "status", "Must be a status of a published wish.")
            .That(order is not null, "sort", "Must be newest, closing or progress.");
        if (check.Problem is { } problem) return problem;
        var list = (byte)(WallList + (int)order!.Value);
        var after = page.Cursor(list) is { } cursor ? (cursor.At, cursor.Id) : ((long, Guid)?)null;
        var rows = await wishes.Wall(
            new WallFilter(state, category, region, projectId, order.Value) { Search = search }, after,
            page.Limit + 1);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(
                list, wishes.PlaceOf(row, order.Value), row.Wish.Id.Value))
            .Select(row => WishSummary.Of(row, journal.Currency)));
    }

    /// <summary>One published wish.</summary>
    internal static async Task<IResult> Get(Guid id, WishQueries wishes, TextQueries texts, JournalOptions journal)
    {
        if (await wishes.Find(id) is not { Wish.IsPublished: true } row) return Answers.NotFound;
        var published = await texts.Of([id, .. row.Wish.Items.Select(item => item.Id.Value)]);
        return Answers.Tagged(PublicWish.Of(row, published, journal.Currency), row.Version);
    }

    /// <summary>What happened to a wish, oldest first.</summary>
    internal static async Task<IResult> Timeline(Guid id, Page page, WishQueries wishes)
    {
        if (await wishes.Find(id) is not { Wish.IsPublished: true }) return Answers.NotFound;
        var rows = await wishes.History(id, page.Cursor(TimelineList)?.At ?? 0, page.Limit + 1);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(TimelineList, row.Version)).Select(TimelineEntry.Of));
    }

    /// <summary>The account of a wish: every transfer, donors by the name they show or anonymous.</summary>
    internal static async Task<IResult> Money(
        Guid id, Page page, WishQueries wishes, LedgerQueries ledger, JournalOptions journal) =>
        await wishes.Find(id) is { Wish.IsPublished: true } row
            ? await LedgerEndpoints.Transfers(row.Wish.Account.Value, page, ledger, journal)
            : Answers.NotFound;

    /// <summary>Makes a draft. It may be incomplete; submitting it lists what is missing.</summary>
    internal static Task<IResult> Create(WishBody body, CommandRequest request, IGrainFactory grains)
    {
        if (body.Check().Problem is { } problem) return Task.FromResult<IResult>(problem);
        var id = body.Id ?? Guid.CreateVersion7();
        return Dossier(grains, id).Create(
                request.Envelope(new DraftWish(new ProjectId(body.ProjectId)), body.PublicPart()),
                request.Following(new EditDraft(new ProjectId(body.ProjectId)), body.PublicPart()),
                body.ToApplication())
            .Answer<Wish>((wish, done) => Answers.Tagged(
                WishAnswer.Of(wish, done.Version), done.Version, StatusCodes.Status201Created,
                $"/api/wishes/{wish.Id}"));
    }

    /// <summary>Replaces a draft.</summary>
    internal static Task<IResult> Edit(Guid id, WishBody body, CommandRequest request, IGrainFactory grains) =>
        body.Check().That(body.Id is null || body.Id == id, "id", "Must be the id in the address, or left out.")
            .Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : Dossier(grains, id).Execute(
                new WishId(id).Stream,
                request.Envelope(new EditDraft(new ProjectId(body.ProjectId)), body.PublicPart()),
                body.ToApplication()).Answer<Wish>(Answer);

    /// <summary>Hands the draft in for review, or lists what is missing.</summary>
    internal static Task<IResult> Submit(Guid id, CommandRequest request, IGrainFactory grains) =>
        Dossier(grains, id).Submit(request.Envelope(Application.Empty.ToSubmit(0))).Answer<Wish>(Answer);

    /// <summary>Takes a wish back, before it collects money.</summary>
    internal static Task<IResult> Withdraw(Guid id, CommandRequest request, IGrainFactory grains) =>
        Execute(grains, id, request.Envelope(new WithdrawWish()));

    /// <summary>Accepts the approved amount, and says what may be published.</summary>
    internal static Task<IResult> Accept(Guid id, AcceptBody body, CommandRequest request, IGrainFactory grains) =>
        Dossier(grains, id)
            .Accept(request.Envelope(new AcceptWish(body.PublishStory, body.PublicTextVersion, 0, []), body))
            .Answer<Wish>(Answer);

    /// <summary>Confirms that an item has arrived.</summary>
    internal static Task<IResult> Confirm(Guid id, ItemIdBody body, CommandRequest request, IGrainFactory grains) =>
        Execute(grains, id, request.Envelope(new ConfirmReceipt(new ItemId(body.ItemId)), body));

    /// <summary>My wishes, newest first, with what I can do next.</summary>
    internal static async Task<IResult> Mine(
        Caller caller, Page page, WishQueries wishes, JournalOptions journal) => TypedResults.Ok(
        (await OwnRows(caller, page, wishes)).Select(row => MyWish.Of(row, caller.Actor, journal.Currency)));

    /// <summary>A page of the wishes of whom the caller acts for.</summary>
    internal static async Task<Listing<WishRow>> OwnRows(Caller caller, Page page, WishQueries wishes) => page.Of(
        await wishes.OfApplicant(caller.Actor.Principal, page.Cursor(MineList)?.Id, page.Limit + 1),
        row => new Cursor(MineList, 0, row.Wish.Id.Value));

    /// <summary>One of my wishes with its private part.</summary>
    internal static async Task<IResult> MyOwn(
        Guid id, Caller caller, WishQueries wishes, IGrainFactory grains, JournalOptions journal) =>
        await wishes.Find(id) is { } row && row.Wish.Applicant == caller.Actor.Principal
            ? Case(await Dossier(grains, id).Look(caller.Actor, reason: null), caller, journal)
            : Answers.NotFound;

    /// <summary>Who looked at the private part of one of my wishes, and why.</summary>
    internal static async Task<IResult> Looks(Guid id, Caller caller, IGrainFactory grains, WishQueries wishes) =>
        await wishes.Find(id) is { } row && row.Wish.Applicant == caller.Id
            ? TypedResults.Ok(new Listing<LookView>(
                [.. (await Dossier(grains, id).Looks(caller.Actor)).Select(LookView.Of)], Next: null))
            : Answers.NotFound;

    /// <summary>Takes back what may be published; it is gone at once.</summary>
    internal static Task<IResult> RevokeConsent(Guid id, CommandRequest request, IGrainFactory grains) =>
        Execute(grains, id, request.Envelope(new RevokeConsent()));

    /// <summary>A case as far as it was shown, or why it was not.</summary>
    internal static IResult Case(DossierView view, Caller caller, JournalOptions journal) => view.Refusal is { } refusal
        ? Answers.Of(refusal)
        : Answers.Tagged(WishCase.Of(view, caller.Actor, journal.Currency), view.Version);

    internal static IResult Answer(Wish wish, CommandAccepted done) =>
        Answers.Tagged(WishAnswer.Of(wish, done.Version), done.Version);

    internal static Task<IResult> Execute(IGrainFactory grains, Guid id, Envelope envelope) =>
        grains.GetGrain<IWishGrain>(id).Execute(envelope).Answer<Wish>(Answer);

    internal static IDossierGrain Dossier(IGrainFactory grains, Guid id) =>
        grains.GetGrain<IDossierGrain>(new WishId(id).Stream.ToString());
}

/// <summary>The orders of the wall as callers write them.</summary>
internal static class WallSorts
{
    public static WallSort? Parse(string? name) => name switch
    {
        null or "newest" => WallSort.Newest,
        "closing" => WallSort.Closing,
        "progress" => WallSort.Progress,
        _ => null,
    };
}
