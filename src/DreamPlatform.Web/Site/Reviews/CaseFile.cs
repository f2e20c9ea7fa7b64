using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Wishes;

namespace DreamPlatform.Web.Site.Reviews;

/// <summary>A case as it lies on somebody's desk.</summary>
/// <param name="Shown">As much of it as they may see.</param>
/// <param name="Next">What they can do next.</param>
/// <param name="Refusal">Why they may not approve it; null when they may.</param>
public sealed record CaseFile(
    WishCase Shown, WishRow Row, ProjectRow Project, IReadOnlyList<HistoryRow> History, IReadOnlyList<string> Next,
    Rejection? Refusal)
{
    /// <summary>The form in which a reviewer works.</summary>
    public const string Form = "case";

    public Wish Wish => Row.Wish;

    /// <summary>Whether it is not decided yet.</summary>
    public bool IsPending => Wish.Status is WishStatus.Submitted or WishStatus.InReview;

    /// <summary>Whether checks are shown, or that there are none yet: once it is decided they are closed to most.</summary>
    public bool HasChecks => IsPending || Shown.Review?.Checks is { Count: > 0 };

    internal static CaseFile Of(
        WishCase shown, WishRow row, ProjectRow project, IReadOnlyList<HistoryRow> history, Actor actor) =>
        new(shown, row, project, history, row.Wish.NextForStaff(actor), row.Wish.RefusesApprovalBy(actor));

    /// <summary>The names of items that everybody may read.</summary>
    internal IReadOnlyDictionary<(Guid Subject, TextField Field), string> Published { get; init; } =
        new Dictionary<(Guid, TextField), string>();

    /// <summary>The name of an item; null for who may not read it.</summary>
    internal string? NameOf(WishItem item) =>
        Written(item)?.Name ?? Shown.ToPublish?.Items.FirstOrDefault(it => it.ItemId == item.Id.Value)?.Name
        ?? Published.GetValueOrDefault((item.Id.Value, TextField.ItemName));

    /// <summary>An item as the applicant wrote it, for who may read it.</summary>
    internal PublicItem? Written(WishItem item) =>
        Shown.Application?.Items.FirstOrDefault(it => it.Id == item.Id.Value);

    /// <summary>What was asked for; the reviewer's amounts replace it in the journal's items.</summary>
    public long AskedMinor => Shown.Application?.Items.Sum(item => item.AmountMinor)
        ?? Wish.Items.Sum(item => item.AmountMinor);

    /// <summary>Whether that is what was asked for, and not what the reviewer made of it.</summary>
    public bool IsAskedKnown => Shown.Application is not null || Wish.RecommendedMinor is null;

    public int ApprovalsFor(long amountMinor) => Project.Project.Rules.ApprovalsFor(amountMinor);
}
