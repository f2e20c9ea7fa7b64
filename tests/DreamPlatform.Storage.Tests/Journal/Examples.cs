using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Tests.Journal;

/// <summary>One value of everything that is stored, with every field set to something of its own.</summary>
internal static class Examples
{
    private const string Hash = "0f1e2d3c";

    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 30, 15, 250, TimeSpan.Zero);

    private static readonly ProjectId Project = new(Id(1));

    private static readonly FoundationId Foundation = new(Id(2));

    private static readonly AccountId Account = new(Id(3));

    private static readonly WishId Wish = new(Id(4));

    private static readonly ItemId Item = new(Id(5));

    private static readonly WishItem[] Items = [new(Item, 2, 1_200), new(new ItemId(Id(6)), 1, 800)];

    private static readonly ProjectRules Rules = new(
        ["housing", "health"], ["sichuan"], new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), 500_000, 200_000,
        new MatchRule(50, 10_000, 90_000));

    public static IReadOnlyList<Event> Events { get; } =
    [
        new DonorNameShown(Hash),
        new DonorNameHidden(),
        new PledgePlaced(
            Wish.Stream, Account, 10_000, 500, true, IfWishFails.Move, "sandbox", At, At.AddMinutes(30)),
        new PledgePaid("pay-1"),
        new PledgeLapsed(),
        new PledgeCancelled(),
        new PledgeMessageWithdrawn(),
        new PaymentSuspended("sandbox", "pay-2", Id(7), 10_000, SuspenseReason.AmountDiffers),
        new ProjectCreated(Foundation, Rules, Hash),
        new ProjectChanged(Rules with { Match = null }, Hash),
        new ProjectOpened(),
        new ProjectClosed(),
        new DepositReceived(Project, Account, 1_000_000, 3),
        new WishDrafted(Project, Foundation, Account),
        new WishDraftEdited(Project, Foundation, 1),
        new WishSubmitted("housing", "sichuan", Items, At),
        new WishClaimed(Account),
        new WishReleased(),
        new WishRecommended(2_000, Items, 4, 5),
        new WishRejected("not-eligible", 4),
        new WishApprovalGiven(Account, 2_000),
        new WishApproved(2_000),
        new WishAccepted(true, 5, Hash, new DateOnly(2026, 12, 31), At),
        new WishConsentRevoked(),
        new WishApplicantErased(),
        new WishWithdrawn(),
        new WishFunded(),
        new WishDelivered(),
        new WishFulfilled(),
        new WishCancelled(),
        new ItemOrdered(Item, Id(8), 1_100, new TransferId(Id(9)), 6),
        new ItemDelivered(Item, 1_050, 7),
        new ItemConfirmed(Item),
        new ItemCancelled(Item),
        new GrantGiven(Project, Wish, Account, 700),
    ];

    /// <summary>A dossier for each kind of thing that is written in one, by the kind's stored name.</summary>
    public static IReadOnlyDictionary<string, Dossier> Dossiers { get; } = new DossierContent[]
    {
        new Application(
            Project, "一台洗衣机", "冬天用手洗衣服太冷。", "housing", "sichuan", [new ApplicationItem(Item, "洗衣机", 1, 1_200)],
            new ApplicantDetails("王芳", "+86 13800000000", "510100199001010000", "成都市")),
        new Review("Visited on 1 March.", [new ReviewCheck("income", "true", Evidence.Of("pay slip"))], new PublicText("一台洗衣机", "冬天")),
        new Note("Paid by bank transfer."),
    }.ToDictionary(StoredNames.Of, content => new Dossier
    {
        Holder = Account.Value,
        LastVersion = 3,
        Entries = [new DossierEntry(3, new CommandId(Id(10)), Account, At, content)],
    });

    /// <summary>A state of each kind that the vault keeps.</summary>
    public static IReadOnlyList<IPrivate> States { get; } =
    [
        Dossiers["note.v1"],
        new StoredFile
        {
            Holder = Account.Value,
            Uploader = Account,
            UploadedAt = At,
            Description = new FileDescription("application/pdf", 12_345, Pages: 2),
            Key = new byte[] { 1, 2, 3, 4 },
            Attachment = new Attachment(new WishId(Id(12)), "wish-01950000-0000-7000-8000-000000000012", At.AddMinutes(1)),
        },
        new Shelf { Holder = Account.Value, Files = [new ShelvedFile(Id(11), 12_345)] },
        new LookLog
        {
            Holder = Account.Value,
            Entries = [new Look(Account, Viewer.Reviewer, LookAt.File, Id(11), "To see the slip.", At, At.AddMinutes(1), 2)],
        },
        new StoredProfile
        {
            Account = new AccountId(new Guid("019d0000-0000-7000-8000-000000000003")),
            Name = "王芳",
            Phone = "+86 130 0000 0000",
            Language = Language.English,
            ByMail = false,
            BySms = true,
            Unwanted = [Topic.WishFunded, Topic.PledgePaid],
        },
    ];

    private static Guid Id(int number) => new($"01950000-0000-7000-8000-{number:d12}");
}
