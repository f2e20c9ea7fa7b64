using System.Text.Json.Serialization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>The wish is in a state that forbids the command.</summary>
public abstract record WishStateForbids(WishStatus WishStatus, [property: JsonIgnore] string Why)
    : Rejection(RejectionKind.Conflict, Why);

[StoredAs("wish-not-draft")]
public sealed record WishNotDraft(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "Only a draft can be changed or submitted.");

[StoredAs("draft-superseded")]
public sealed record DraftSuperseded()
    : Rejection(RejectionKind.Conflict, "A newer version of this draft was saved meanwhile. Read it and change that.");

[StoredAs("wish-incomplete")]
public sealed record WishIncomplete(IReadOnlyList<string> Missing)
    : Rejection(RejectionKind.Conflict, "Some things are still missing. Fill them in and submit again.");

[StoredAs("wish-not-withdrawable")]
public sealed record WishNotWithdrawable(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "A wish can be withdrawn only before it collects money.");

[StoredAs("wish-not-submitted")]
public sealed record WishNotSubmitted(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "Only a submitted wish that nobody has claimed can be claimed.");

[StoredAs("wish-not-in-review")]
public sealed record WishNotInReview(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "This wish is not in review.");

[StoredAs("wish-not-recommended")]
public sealed record WishNotRecommended()
    : Rejection(RejectionKind.Conflict, "A reviewer has to recommend this wish first.");

[StoredAs("wish-not-approved")]
public sealed record WishNotApproved(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "There is no approval to accept.");

[StoredAs("wish-not-published")]
public sealed record WishNotPublished(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "Nothing of this wish is published.");

[StoredAs("wish-not-open-for-pledges")]
public sealed record WishNotOpenForPledges(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "This wish is not collecting money.");

[StoredAs("wish-not-in-fulfilment")]
public sealed record WishNotInFulfilment(WishStatus WishStatus)
    : WishStateForbids(WishStatus, "This is possible only after a wish is funded and before all of it is delivered.");

[StoredAs("reviewer-may-not-review-own-case")]
public sealed record ReviewerMayNotReviewOwnCase()
    : Rejection(RejectionKind.Conflict, "You may not decide a wish that you applied for, or whose applicant you help.");

[StoredAs("only-the-applicant-may")]
public sealed record OnlyTheApplicantMay()
    : Rejection(RejectionKind.Forbidden, "A helper cannot consent for the applicant, who has to do this themselves.");

[StoredAs("case-claimed-by-another")]
public sealed record CaseClaimedByAnother()
    : Rejection(RejectionKind.Conflict, "Another reviewer has claimed this case.");

[StoredAs("approver-must-differ")]
public sealed record ApproverMustDiffer()
    : Rejection(RejectionKind.Conflict, "Who recommended or approved a wish may not approve it as well.");

[StoredAs("amount-differs-from-recommendation")]
public sealed record AmountDiffersFromRecommendation(long RecommendedMinor)
    : Rejection(RejectionKind.Conflict, "Only the recommended amount can be approved.");

[StoredAs("item-amounts-do-not-add-up")]
public sealed record ItemAmountsDoNotAddUp(long SumMinor)
    : Rejection(
        RejectionKind.Unprocessable, "The items must be those of the wish, once each, and add up to the amount.");

[StoredAs("amount-exceeds-cap")]
public sealed record AmountExceedsCap(long CapMinor)
    : Rejection(RejectionKind.Conflict, "The amount is more than the project gives to one wish.");

[StoredAs("category-not-eligible")]
public sealed record CategoryNotEligible(IReadOnlyList<string> Eligible)
    : Rejection(RejectionKind.Conflict, "The project does not support this category.");

[StoredAs("region-not-eligible")]
public sealed record RegionNotEligible(IReadOnlyList<string> Eligible)
    : Rejection(RejectionKind.Conflict, "The project does not support this region.");

[StoredAs("public-text-changed")]
public sealed record PublicTextChanged(int CurrentVersion)
    : Rejection(RejectionKind.Conflict, "The text has changed since it was shown to you. Read it again.");

[StoredAs("grant-exceeds-project-balance")]
public sealed record GrantExceedsProjectBalance(long AvailableMinor)
    : Rejection(RejectionKind.Conflict, "The project does not have this much money left.");

[StoredAs("wish-of-another-project")]
public sealed record WishOfAnotherProject()
    : Rejection(RejectionKind.Conflict, "A project can give its money only to its own wishes.");

[StoredAs("item-not-planned")]
public sealed record ItemNotPlanned(ItemStatus ItemStatus)
    : Rejection(RejectionKind.Conflict, "Only a planned item can be ordered.");

[StoredAs("order-exceeds-item")]
public sealed record OrderExceedsItem(long ItemMinor)
    : Rejection(RejectionKind.Conflict, "The order is more than the item has.");

[StoredAs("item-not-ordered")]
public sealed record ItemNotOrdered(ItemStatus ItemStatus)
    : Rejection(RejectionKind.Conflict, "Only an ordered item can be delivered.");

[StoredAs("delivery-exceeds-order")]
public sealed record DeliveryExceedsOrder(long OrderedMinor)
    : Rejection(RejectionKind.Conflict, "The actual amount is more than what was ordered.");

[StoredAs("item-not-delivered")]
public sealed record ItemNotDelivered(ItemStatus ItemStatus)
    : Rejection(RejectionKind.Conflict, "Only a delivered item can be confirmed.");

[StoredAs("item-not-open")]
public sealed record ItemNotOpen(ItemStatus ItemStatus)
    : Rejection(RejectionKind.Conflict, "Only an item that is not delivered yet can be cancelled.");
