using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests;

/// <summary>
/// The one story the tests tell: a wish for a stove, a bed and a blanket, 1,000 in all. One donor pays 400 of it, the
/// project gives the rest.
/// </summary>
public static class Story
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan PayWithin = TimeSpan.FromMinutes(30);

    public static readonly ProjectId Project = new(Cast.Named("project"));
    public static readonly WishId Wish = new(Cast.Named("wish"));
    public static readonly PledgeId Pledge = new(Cast.Named("pledge"));
    public static readonly PledgeId Pledge2 = new(Cast.Named("pledge2"));
    public static readonly PledgeId PoolPledge = new(Cast.Named("pool-pledge"));
    public static readonly Guid GrantId = Cast.Named("grant");
    public static readonly Guid Shop = Cast.Named("shop");
    public static readonly StreamId Gateway = Domain.Pledges.Gateway.Named("sandbox").Stream;

    public static readonly WishItem Stove = new(new ItemId(Cast.Named("stove")), 1, 600);
    public static readonly WishItem Bed = new(new ItemId(Cast.Named("bed")), 1, 300);
    public static readonly WishItem Blanket = new(new ItemId(Cast.Named("blanket")), 2, 100);
    public static readonly WishItem[] Items = [Stove, Bed, Blanket];

    public static readonly ProjectRules Rules = new(
        ["home", "health"], ["CN-44"], new DateOnly(2026, 3, 1), new DateOnly(2026, 5, 31),
        PerWishCapMinor: 5_000, ApprovalThresholdMinor: 1_000, Match: null);

    public static readonly PublishedText[] ProjectTexts = [new(Project.Value, TextField.Title, "Warm homes")];
    public static readonly PublishedText[] WishTexts = [new(Wish.Value, TextField.Title, "A stove for the winter")];

    public static readonly Dictionary<LedgerAccount, string> AccountNames = new()
    {
        [LedgerAccount.Wish(Wish)] = "wish",
        [LedgerAccount.Project(Project)] = "project",
        [LedgerAccount.Bank(Cast.Foundation)] = "bank",
        [LedgerAccount.Clearing("sandbox")] = "clearing",
        [LedgerAccount.Payee(Shop)] = "shop",
    };

    // The project.
    public static readonly Step Create = AsOwner(new CreateProject(Cast.Foundation, Rules, ProjectTexts), Cast.Admin);
    public static readonly Step Open = AsOwner(new OpenProject(), Cast.Admin);
    public static readonly Step Close = AsOwner(new CloseProject(), Cast.Admin);
    public static readonly Step Deposit =
        AsOwner(new DepositToProject(Cast.Named("deposit"), 10_000, 1), Cast.Finance);
    public static readonly Step PlaceInPool =
        AsOwner(Place(PoolPledge, 70), Cast.Donor) with { To = Project.Stream };

    // The wish, from draft to the offer.
    public static readonly Step Draft = AsOwner(new DraftWish(Project), Cast.Applicant);
    public static readonly Step Edit = AsOwner(new EditDraft(Project, 1), Cast.Applicant);
    public static readonly Step EditAgain = AsOwner(new EditDraft(Project, 2), Cast.Applicant);
    public static readonly Step Submit = AsOwner(new SubmitWish(1, [], "home", "CN-44", Items), Cast.Applicant);
    public static readonly Step Withdraw = AsOwner(new WithdrawWish(), Cast.Applicant);
    public static readonly Step Claim = AsOwner(new ClaimWish(), Cast.Reviewer);
    public static readonly Step Release = AsOwner(new ReleaseWish(), Cast.Reviewer);
    public static readonly Step Recommend = AsOwner(new RecommendWish(1_000, null, true, 2), Cast.Reviewer);
    public static readonly Step Reject = AsOwner(new RejectWish("not-eligible", 3), Cast.Reviewer);
    public static readonly Step Approve = AsOwner(new ApproveWish(1_000), Cast.Approver);
    public static readonly Step AcceptOffer = AsOwner(new AcceptWish(true, 2, 2, WishTexts), Cast.Applicant);

    public static readonly Step RevokeConsent = AsOwner(new RevokeConsent(), Cast.Applicant);
    public static readonly Step EraseApplicant = AsOwner(new EraseApplicant(), Cast.Applicant);

    // Its money.
    public static readonly Step PlacePledge = AsOwner(Place(Pledge, 400), Cast.Donor);
    public static readonly Step PayPledge = AsOwner(Pay(Pledge, 400), Cast.Platform);
    public static readonly Step CancelPledge = AsOwner(new CancelPledge(Pledge), Cast.Donor);
    public static readonly Step WithdrawMessage = AsOwner(new WithdrawMessage(Pledge), Cast.Donor);
    public static readonly Step LapsePledge = AsOwner(new LapsePledge(Pledge), Cast.Platform);
    public static readonly Step GrantTheRest = AsOwner(new GrantToWish(GrantId, Project, 600), Cast.Approver);

    // Its items.
    public static readonly Step OrderStove = Order(Stove, 600);
    public static readonly Step OrderBed = Order(Bed, 300);
    public static readonly Step OrderBlanket = Order(Blanket, 100);
    public static readonly Step DeliverStove = Deliver(Stove, 550);
    public static readonly Step DeliverBed = Deliver(Bed, 300);
    public static readonly Step DeliverBlanket = Deliver(Blanket, 100);

    public static Step Order(WishItem item, long amountMinor) =>
        AsOwner(new OrderItem(item.Id, Shop, amountMinor, 4), Cast.Finance);

    public static Step Deliver(WishItem item, long actualMinor) =>
        AsOwner(new DeliverItem(item.Id, actualMinor, 5), Cast.Finance);

    public static Step Confirm(WishItem item) => AsOwner(new ConfirmReceipt(item.Id), Cast.Applicant);

    public static Step Cancel(WishItem item) => AsOwner(new CancelItem(item.Id), Cast.Finance);

    public static PlacePledge Place(PledgeId id, long amountMinor) =>
        new(id, amountMinor, false, null, IfWishFails.Refund, "sandbox", PayWithin);

    public static RecordPayment Pay(PledgeId id, long amountMinor) => new(id, "sandbox", $"payment-{id}", amountMinor);

    /// <summary>What leads to a project in a status.</summary>
    public static IEnumerable<Step> Until(ProjectStatus status) => status switch
    {
        ProjectStatus.None => [],
        ProjectStatus.Draft => [Create],
        ProjectStatus.Open => [Create, Open, PlaceInPool],
        ProjectStatus.Closed => [.. Until(ProjectStatus.Open), Close],
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "The story never gets there."),
    };

    /// <summary>What leads to the wish in a status; while it is fulfilled, each item is at another point.</summary>
    public static IEnumerable<Step> Until(WishStatus status) => status switch
    {
        WishStatus.None => [Create, Open, Deposit],
        WishStatus.Draft => [.. Until(WishStatus.None), Draft, Edit],
        WishStatus.Submitted => [.. Until(WishStatus.Draft), Submit],
        WishStatus.InReview => [.. Until(WishStatus.Submitted), Claim, Recommend],
        WishStatus.Approved => [.. Until(WishStatus.InReview), Approve],
        WishStatus.Funding => [.. Until(WishStatus.Approved), AcceptOffer, PlacePledge],
        WishStatus.Funded => [.. Until(WishStatus.Funding), PayPledge, GrantTheRest],
        WishStatus.Fulfilling => [.. Until(WishStatus.Funded), OrderStove, DeliverStove, OrderBed],
        WishStatus.Delivered => [.. Until(WishStatus.Fulfilling), DeliverBed, OrderBlanket, DeliverBlanket],
        WishStatus.Fulfilled => [.. Until(WishStatus.Delivered), .. Items.Select(Confirm)],
        WishStatus.Rejected => [.. Until(WishStatus.InReview), Reject],
        WishStatus.Withdrawn => [.. Until(WishStatus.Submitted), Withdraw],
        WishStatus.Cancelled => [.. Until(WishStatus.Funded), .. Items.Select(Cancel)],
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "The story never gets there."),
    };

    /// <summary>A wish that collects and has no pledge yet.</summary>
    public static IEnumerable<Step> Collecting => [.. Until(WishStatus.Approved), AcceptOffer];

    public static StreamId OwnerOf(Command command) => command switch
    {
        CreateProject or ChangeProject or OpenProject or CloseProject or DepositToProject => Project.Stream,
        ShowDonorName => new StreamId(StreamKind.Donor, Cast.Donor.Id.Value),
        _ => Wish.Stream,
    };

    private static Step AsOwner(Command command, Actor by) => new(command, by, OwnerOf(command));
}
