using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

[StoredAs("wish-drafted.v1")]
public sealed record WishDrafted(ProjectId Project, FoundationId Foundation, AccountId Applicant) : Event;

[StoredAs("wish-draft-edited.v1")]
public sealed record WishDraftEdited(ProjectId Project, FoundationId Foundation, int DossierVersion) : Event;

[StoredAs("wish-submitted.v1")]
public sealed record WishSubmitted(
    string Category, string Region, IReadOnlyList<WishItem> Items, DateTimeOffset ReviewDueAt) : Event;

[StoredAs("wish-claimed.v1")]
public sealed record WishClaimed(AccountId Reviewer) : Event;

[StoredAs("wish-released.v1")]
public sealed record WishReleased : Event;

/// <param name="Checks">What everybody may know of the claims that were checked; null where nothing may be known.</param>
[StoredAs("wish-recommended.v1")]
public sealed record WishRecommended(
    long AmountMinor, IReadOnlyList<WishItem> Items, int DossierVersion, int? PublicTextVersion,
    IReadOnlyList<ClaimCheck>? Checks = null) : Event;

[StoredAs("wish-rejected.v1")]
public sealed record WishRejected(string ReasonCode, int DossierVersion) : Event;

[StoredAs("wish-approval-given.v1")]
public sealed record WishApprovalGiven(AccountId Approver, long AmountMinor) : Event;

[StoredAs("wish-approved.v1")]
public sealed record WishApproved(long GoalMinor) : Event;

[StoredAs("wish-accepted.v1")]
public sealed record WishAccepted(
    bool PublishStory, int TextVersion, string TextHash, DateOnly ClosesOn, DateTimeOffset PublishedAt) : Event;

/// <summary>The applicant took their consent back: what was published of what they wrote is gone.</summary>
[StoredAs("wish-consent-revoked.v1")]
public sealed record WishConsentRevoked : Event;

/// <summary>The applicant was erased; see docs/operations.md for what is kept.</summary>
[StoredAs("wish-applicant-erased.v1")]
public sealed record WishApplicantErased : Event;

[StoredAs("wish-withdrawn.v1")]
public sealed record WishWithdrawn : Event;

[StoredAs("wish-funded.v1")]
public sealed record WishFunded : Event;

[StoredAs("wish-delivered.v1")]
public sealed record WishDelivered : Event;

[StoredAs("wish-fulfilled.v1")]
public sealed record WishFulfilled : Event;

[StoredAs("wish-cancelled.v1")]
public sealed record WishCancelled : Event;

/// <summary>Something that happened to one budget line.</summary>
public abstract record ItemEvent(ItemId Item) : Event;

[StoredAs("item-ordered.v1")]
public sealed record ItemOrdered(ItemId Item, Guid Payee, long AmountMinor, TransferId Hold, int DossierVersion)
    : ItemEvent(Item);

[StoredAs("item-delivered.v1")]
public sealed record ItemDelivered(ItemId Item, long ActualAmountMinor, int DossierVersion) : ItemEvent(Item);

[StoredAs("item-confirmed.v1")]
public sealed record ItemConfirmed(ItemId Item) : ItemEvent(Item);

[StoredAs("item-cancelled.v1")]
public sealed record ItemCancelled(ItemId Item) : ItemEvent(Item);

/// <summary>A project's own money was given to a wish; a stream of its own.</summary>
[StoredAs("grant-given.v1")]
public sealed record GrantGiven(ProjectId Project, WishId Wish, AccountId Approver, long AmountMinor) : Event;
