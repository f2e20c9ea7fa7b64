using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

[StoredAs("draft-wish")]
public sealed record DraftWish(ProjectId Project) : Command;

/// <param name="DossierVersion">The version of the private part that holds what was written.</param>
[StoredAs("edit-draft")]
public sealed record EditDraft(ProjectId Project, int DossierVersion = 0) : Command, IRefersToDossier
{
    public Command At(int version) => this with { DossierVersion = version };
}

/// <param name="Missing">The fields that the private part still lacks, as callers name them.</param>
[StoredAs("submit-wish")]
public sealed record SubmitWish(
    int DossierVersion, IReadOnlyList<string> Missing, string Category, string Region,
    IReadOnlyList<WishItem> Items) : Command;

[StoredAs("withdraw-wish")]
public sealed record WithdrawWish : Command;

[StoredAs("claim-wish")]
public sealed record ClaimWish : Command;

[StoredAs("release-wish")]
public sealed record ReleaseWish : Command;

/// <param name="Amounts">The items' amounts when they do not add up to the amount by themselves.</param>
/// <param name="Checks">What everybody may know of the claims that were checked; null where nothing may be known.</param>
[StoredAs("recommend-wish")]
public sealed record RecommendWish(
    long AmountMinor, IReadOnlyList<ItemAmount>? Amounts, bool HasPublicText, int DossierVersion = 0,
    IReadOnlyList<ClaimCheck>? Checks = null) : Command, IRefersToDossier
{
    public Command At(int version) => this with { DossierVersion = version };
}

/// <summary>What the reviewer recommends for one item.</summary>
public sealed record ItemAmount(ItemId Item, long AmountMinor);

[StoredAs("reject-wish")]
public sealed record RejectWish(string ReasonCode, int DossierVersion = 0) : Command, IRefersToDossier
{
    public Command At(int version) => this with { DossierVersion = version };
}

[StoredAs("approve-wish")]
public sealed record ApproveWish(long AmountMinor) : Command;

/// <param name="ShownVersion">The version of the public text that the applicant was shown, if they say so.</param>
/// <param name="TextVersion">The version that <paramref name="Texts"/> were taken from.</param>
/// <param name="Texts">What becomes public.</param>
[StoredAs("accept-wish")]
public sealed record AcceptWish(
    bool PublishStory, int? ShownVersion, int TextVersion, IReadOnlyList<PublishedText> Texts) : Command;

[StoredAs("revoke-consent")]
public sealed record RevokeConsent : Command;

/// <summary>Part of erasing a person: withdraws the wish if that is still possible, and what is published of it.</summary>
[StoredAs("erase-applicant")]
public sealed record EraseApplicant : Command;

/// <param name="Grant">The id of the grant's own stream.</param>
[StoredAs("grant-to-wish")]
public sealed record GrantToWish(Guid Grant, ProjectId Project, long AmountMinor) : Command;

/// <param name="Payee">Who is to be paid, as the id of their ledger account.</param>
[StoredAs("order-item")]
public sealed record OrderItem(ItemId Item, Guid Payee, long AmountMinor, int DossierVersion = 0)
    : Command, IRefersToDossier
{
    public Command At(int version) => this with { DossierVersion = version };
}

[StoredAs("deliver-item")]
public sealed record DeliverItem(ItemId Item, long ActualAmountMinor, int DossierVersion = 0)
    : Command, IRefersToDossier
{
    public Command At(int version) => this with { DossierVersion = version };
}

[StoredAs("confirm-receipt")]
public sealed record ConfirmReceipt(ItemId Item) : Command;

[StoredAs("cancel-item")]
public sealed record CancelItem(ItemId Item) : Command;
