using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Payments;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Pledges;

/// <param name="Message">Shown to everybody beside the pledge, up to 280 characters.</param>
/// <param name="IfWishFails">What to do with the money then: refund (the default) or move to the project.</param>
public sealed record PledgeBody(
    long AmountMinor, bool Anonymous = false, string? Message = null, IfWishFails IfWishFails = IfWishFails.Refund)
{
    public Check Check() =>
        new Check().Range("amountMinor", AmountMinor, 1, Money.MaxAmountMinor).Text("message", Message, 280);
}

/// <summary>A pledge as its donor sees it.</summary>
/// <param name="PayBy">Unpaid at this time, it lapses.</param>
/// <param name="Payment">Where to pay; null once it is no longer waiting for money.</param>
public sealed record PledgeView(
    Guid Id, string Status, Guid? WishId, Guid? ProjectId, long AmountMinor, long MatchMinor, string Currency,
    bool Anonymous, IfWishFails IfWishFails, DateTimeOffset PlacedAt, DateTimeOffset PayBy, PaymentView? Payment)
{
    /// <summary>Where its money is now; null in the answer to a command.</summary>
    public WhereView? Where { get; init; }

    internal static PledgeView Of(Pledge pledge, string currency, PaymentGateways gateways) => new(
        pledge.Id.Value, Names.Of(pledge.Status), pledge.Target.Kind == StreamKind.Wish ? pledge.Target.Value : null,
        pledge.Target.Kind == StreamKind.Project ? pledge.Target.Value : null, pledge.AmountMinor, pledge.MatchMinor,
        currency, pledge.Anonymous, pledge.IfWishFails, pledge.PlacedAt, pledge.PayBy,
        pledge.Status == PledgeStatus.Reserved ? new PaymentView(gateways.PaymentPage(pledge)) : null);
}

public sealed record PaymentView(string Url);

/// <summary>What donors do.</summary>
public static class PledgeEndpoints
{
    private const byte PledgeList = 7;

    public static void MapPledgeEndpoints(this IEndpointRouteBuilder routes)
    {
        string[] conflicts = ["wish-not-open-for-pledges", "project-not-open", "amount-exceeds-remaining"];
        routes.MapPost("/api/wishes/{id:guid}/pledges", ToWish).WithTags("Pledges")
            .Commands<PledgeView>("pledgeToWish", 201, conflicts);
        routes.MapPost("/api/projects/{id:guid}/pledges", ToProject).WithTags("Pledges")
            .Commands<PledgeView>("pledgeToProject", 201, conflicts);
        routes.MapGet("/api/me/pledges", Mine).WithTags("Me").RequireAuthorization()
            .Reads<Listing<PledgeView>>("listMyPledges");
        routes.MapGet("/api/me/giving", Giving.Years).WithTags("Me").Reads<GivingView>("getMyGiving");
        routes.MapGet("/api/pledges/{id:guid}", Get).WithTags("Pledges").RequireAuthorization()
            .Reads<PledgeView>("getPledge", (404, "not-found"));
        routes.MapPost("/api/pledges/{id:guid}/cancel", Cancel).WithTags("Pledges")
            .Commands<PledgeView>("cancelPledge", "pledge-not-reserved");
    }

    /// <summary>Promises an amount to a wish; the answer says where and until when to pay.</summary>
    internal static Task<IResult> ToWish(Guid id, PledgeBody body, MoneyRequest request, PledgeDesk desk) =>
        desk.Place(new WishId(id).Stream, body, request);

    /// <summary>Promises an amount to a project's pool.</summary>
    internal static Task<IResult> ToProject(Guid id, PledgeBody body, MoneyRequest request, PledgeDesk desk) =>
        desk.Place(new ProjectId(id).Stream, body, request);

    /// <summary>My pledges, newest first, each with where its money is now.</summary>
    internal static async Task<IResult> Mine(
        Caller caller, Page page, PledgeQueries pledges, Giving giving)
    {
        var rows = await pledges.OfDonor(caller.Id, page.Cursor(PledgeList)?.Id, page.Limit + 1);
        var shown = page.Of(rows, pledge => new Cursor(PledgeList, 0, pledge.Id.Value));
        return TypedResults.Ok(new Listing<PledgeView>(await giving.Show(shown.Items), shown.Next));
    }

    /// <summary>One of my pledges, with where its money is now, down to the item.</summary>
    internal static async Task<IResult> Get(Guid id, Caller caller, PledgeQueries pledges, Giving giving) =>
        await pledges.Find(id) is { } pledge && pledge.Donor == caller.Id
            ? TypedResults.Ok((await giving.Show([pledge]))[0])
            : Answers.NotFound;

    /// <summary>Takes back a promise that is not paid yet.</summary>
    internal static async Task<IResult> Cancel(
        Guid id, CommandRequest request, PledgeQueries pledges, PledgeDesk desk) =>
        await pledges.Find(id) is { } pledge
            ? await desk.Execute(
                pledge.Target, request.Envelope(new CancelPledge(new PledgeId(id))), StatusCodes.Status200OK)
            : Answers.NotFound;
}

/// <summary>Sends what donors want to the owner of the pledge's target.</summary>
public sealed class PledgeDesk(
    IGrainFactory grains, PaymentGateways gateways, IOptions<PaymentSettings> payments, JournalOptions journal)
{
    public Task<IResult> Place(StreamId target, PledgeBody body, CommandRequest request)
    {
        if (body.Check().Problem is { } problem) return Task.FromResult<IResult>(problem);
        var pledge = new PlacePledge(
            new PledgeId(Guid.CreateVersion7()), body.AmountMinor, body.Anonymous, body.Message, body.IfWishFails,
            gateways.Default, payments.Value.PayWithin);
        return Execute(target, request.Envelope(pledge, body), StatusCodes.Status201Created);
    }

    public Task<IResult> Execute(StreamId target, Envelope envelope, int status) =>
        grains.GetOwner(target).Execute(envelope).Answer<Pledge>((pledge, done) => Answers.Tagged(
            PledgeView.Of(pledge, journal.Currency, gateways), done.Version, status, $"/api/pledges/{pledge.Id}"));
}
