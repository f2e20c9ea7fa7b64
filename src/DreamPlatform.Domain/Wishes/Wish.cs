using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>Where a wish is on its way. <see cref="None"/> is a wish that does not exist.</summary>
public enum WishStatus
{
    [JsonStringEnumMemberName("None")] None = 0,
    [JsonStringEnumMemberName("Draft")] Draft,
    [JsonStringEnumMemberName("Submitted")] Submitted,
    [JsonStringEnumMemberName("InReview")] InReview,
    [JsonStringEnumMemberName("Approved")] Approved,
    [JsonStringEnumMemberName("Funding")] Funding,
    [JsonStringEnumMemberName("Funded")] Funded,
    [JsonStringEnumMemberName("Fulfilling")] Fulfilling,
    [JsonStringEnumMemberName("Delivered")] Delivered,
    [JsonStringEnumMemberName("Fulfilled")] Fulfilled,
    [JsonStringEnumMemberName("Rejected")] Rejected,
    [JsonStringEnumMemberName("Withdrawn")] Withdrawn,
    [JsonStringEnumMemberName("Cancelled")] Cancelled,
}

/// <summary>Where a budget line is on its way.</summary>
public enum ItemStatus
{
    [JsonStringEnumMemberName("Planned")] Planned = 1,
    [JsonStringEnumMemberName("Ordered")] Ordered,
    [JsonStringEnumMemberName("Delivered")] Delivered,
    [JsonStringEnumMemberName("Confirmed")] Confirmed,
    [JsonStringEnumMemberName("Cancelled")] Cancelled,
}

/// <summary>A budget line: what it costs and where it is. Its name is text, and so not here.</summary>
/// <param name="AmountMinor">What the item has; after approval all items add up to the goal.</param>
/// <param name="OrderedMinor">What its order holds.</param>
/// <param name="ActualMinor">What was paid for it.</param>
public sealed record WishItem(
    ItemId Id, int Quantity, long AmountMinor, ItemStatus Status = ItemStatus.Planned,
    long OrderedMinor = 0, long ActualMinor = 0, Guid Payee = default, TransferId Order = default)
{
    /// <summary>The version of its receipts with whom the order is to pay; null before.</summary>
    public int? OrderVersion { get; init; }

    /// <summary>The version of its receipts with what proves the delivery; null before.</summary>
    public int? DeliveryVersion { get; init; }

    public bool IsOpen => Status is ItemStatus.Planned or ItemStatus.Ordered;
}

/// <summary>
/// One applicant's application for support: its status, its money figures and the ids of who acts. O(1) in the number
/// of its pledges, and without a word that anybody wrote.
/// </summary>
[StoredAs("wish")]
public sealed partial record Wish(WishId Id) : Owner
{
    public WishStatus Status { get; init; }

    public ProjectId Project { get; init; }

    public FoundationId Foundation { get; init; }

    public AccountId Applicant { get; init; }

    /// <summary>Whether the applicant was erased: nothing is known of them any more, and it collects no money.</summary>
    public bool IsApplicantErased { get; init; }

    /// <summary>The dossier version of the application; 0 while nothing is written.</summary>
    public int DraftVersion { get; init; }

    /// <summary>The dossier version of the reviewer's last findings; null before.</summary>
    public int? ReviewVersion { get; init; }

    /// <summary>The code of why it was rejected; null when it was not.</summary>
    public string? RejectedFor { get; init; }

    /// <summary>The dossier version of the explanation; null when it was not rejected.</summary>
    public int? RejectionVersion { get; init; }

    public string Category { get; init; } = "";

    public string Region { get; init; } = "";

    public ImmutableArray<WishItem> Items { get; init; } = [];

    public DateTimeOffset? ReviewDueAt { get; init; }

    public AccountId? Reviewer { get; init; }

    /// <summary>What the reviewer recommends; null before.</summary>
    public long? RecommendedMinor { get; init; }

    /// <summary>The dossier version with the reviewer's public text; null when there is none.</summary>
    public int? PublicTextVersion { get; init; }

    public ImmutableArray<AccountId> Approvers { get; init; } = [];

    /// <summary>The approved amount; 0 before approval.</summary>
    public long GoalMinor { get; init; }

    /// <summary>The last day on which it collects.</summary>
    public DateOnly? ClosesOn { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Whether its title and items may be seen by everybody.</summary>
    public bool IsPublished => PublishedAt is not null;

    public override StreamId Stream => Id.Stream;

    public LedgerAccount Account => LedgerAccount.Wish(Id);

    public override IReadOnlyList<Telling> Tells(Event @event) => @event switch
    {
        WishSubmitted => [new Telling(Applicant, Topic.WishSubmitted)],
        WishApproved => [new Telling(Applicant, Topic.WishApproved)],
        WishRejected => [new Telling(Applicant, Topic.WishRejected)],
        WishAccepted => [new Telling(Applicant, Topic.WishPublished)],
        WishFunded => [new Telling(Applicant, Topic.WishFunded)],
        ItemDelivered => [new Telling(Applicant, Topic.ItemDelivered)],
        WishFulfilled => [new Telling(Applicant, Topic.WishFulfilled)],
        WishCancelled => [new Telling(Applicant, Topic.WishCancelled)],
        _ => [],
    };

    public override StreamState Evolve(Event @event) => @event switch
    {
        WishDrafted e => this with
        {
            Status = WishStatus.Draft,
            Project = e.Project,
            Foundation = e.Foundation,
            Applicant = e.Applicant,
        },
        WishDraftEdited e => this with
        {
            Project = e.Project,
            Foundation = e.Foundation,
            DraftVersion = e.DossierVersion,
        },
        WishSubmitted e => this with
        {
            Status = WishStatus.Submitted,
            Category = e.Category,
            Region = e.Region,
            Items = [.. e.Items],
            ReviewDueAt = e.ReviewDueAt,
        },
        WishClaimed e => this with { Status = WishStatus.InReview, Reviewer = e.Reviewer },
        WishReleased => this with
        {
            Status = WishStatus.Submitted,
            Reviewer = null,
            RecommendedMinor = null,
            PublicTextVersion = null,
            Approvers = [],
        },
        WishRecommended e => this with
        {
            RecommendedMinor = e.AmountMinor,
            Items = [.. e.Items],
            PublicTextVersion = e.PublicTextVersion,
            ReviewVersion = e.DossierVersion,
            Approvers = [],
        },
        WishRejected e => this with
        {
            Status = WishStatus.Rejected,
            RejectedFor = e.ReasonCode,
            RejectionVersion = e.DossierVersion,
        },
        WishApprovalGiven e => this with { Approvers = Approvers.Add(e.Approver) },
        WishApproved e => this with { Status = WishStatus.Approved, GoalMinor = e.GoalMinor },
        WishAccepted e => this with { Status = WishStatus.Funding, ClosesOn = e.ClosesOn, PublishedAt = e.PublishedAt },
        WishWithdrawn => this with { Status = WishStatus.Withdrawn },
        WishFunded => this with { Status = WishStatus.Funded },
        WishDelivered => this with { Status = WishStatus.Delivered },
        WishFulfilled => this with { Status = WishStatus.Fulfilled },
        WishCancelled => this with { Status = WishStatus.Cancelled },
        WishConsentRevoked => this,
        WishApplicantErased => this with { IsApplicantErased = true },
        ItemEvent e => EvolveItem(e),
        _ => throw new UnknownEventException(this, @event),
    };

    private Wish EvolveItem(ItemEvent @event) => @event switch
    {
        ItemOrdered e => With(e, item => item with
        {
            Status = ItemStatus.Ordered,
            OrderedMinor = e.AmountMinor,
            Payee = e.Payee,
            Order = e.Hold,
            OrderVersion = e.DossierVersion,
        }) with
        {
            Status = WishStatus.Fulfilling,
        },
        ItemDelivered e => With(e, item => item with
        {
            Status = ItemStatus.Delivered,
            ActualMinor = e.ActualAmountMinor,
            DeliveryVersion = e.DossierVersion,
        }),
        ItemConfirmed e => With(e, item => item with { Status = ItemStatus.Confirmed }),
        ItemCancelled e => With(e, item => item with { Status = ItemStatus.Cancelled, OrderedMinor = 0 }) with
        {
            Status = WishStatus.Fulfilling,
        },
        _ => throw new UnknownEventException(this, @event),
    };

    private Wish With(ItemEvent @event, Func<WishItem, WishItem> change) =>
        this with { Items = [.. Items.Select(item => item.Id == @event.Item ? change(item) : item)] };
}
