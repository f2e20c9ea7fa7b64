using System.Collections.Frozen;
using System.Text.Json.Serialization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>In what capacity somebody looks at a case.</summary>
public enum Viewer
{
    [JsonStringEnumMemberName("applicant")] Applicant,
    [JsonStringEnumMemberName("helper")] Helper,
    [JsonStringEnumMemberName("reviewer")] Reviewer,
    [JsonStringEnumMemberName("approver")] Approver,
    [JsonStringEnumMemberName("finance")] Finance,
    [JsonStringEnumMemberName("administrator")] Administrator,
    [JsonStringEnumMemberName("auditor")] Auditor,
    [JsonStringEnumMemberName("sponsor")] Sponsor,
}

/// <summary>What of a case is private.</summary>
public enum PrivateField
{
    Name,
    Phone,
    IdNumber,
    Address,

    /// <summary>Title, story and items as the applicant wrote them, and the files they gave.</summary>
    Application,

    /// <summary>What the reviewer found, each claim that was checked, and the files that show it.</summary>
    Findings,

    /// <summary>What would become public: the title, the story and the names of items.</summary>
    PublicText,

    /// <summary>Why it was rejected, in words.</summary>
    Rejection,

    /// <summary>Who was paid for an item, what proves the delivery, and the files that show it.</summary>
    Receipts,

    /// <summary>Who looked.</summary>
    Looks,
}

/// <summary>How much of a private field somebody sees.</summary>
public enum Shown
{
    No,

    /// <summary>Enough to recognise it, not enough to use it.</summary>
    Masked,

    /// <summary>Masked, until they say for what reason they need it.</summary>
    OnRequest,

    Full,
}

/// <summary>
/// Who sees what of a case: the one table of it. What it does not name is seen by nobody; so a donor, the public, the
/// operator, a reviewer who has not claimed the case, and another foundation's staff see nothing. What is public of
/// findings is no part of them: <see cref="ClaimCheck"/>.
/// </summary>
public static class Disclosure
{
    /// <summary>The states of a case in the order of the table's columns.</summary>
    private static readonly FrozenDictionary<WishStatus, int> Columns = new Dictionary<WishStatus, int>
    {
        [WishStatus.Draft] = 0,
        [WishStatus.Submitted] = 1,
        [WishStatus.InReview] = 2,
        [WishStatus.Approved] = 3,
        [WishStatus.Funding] = 4,
        [WishStatus.Funded] = 4,
        [WishStatus.Fulfilling] = 5,
        [WishStatus.Delivered] = 5,
        [WishStatus.Fulfilled] = 6,
        [WishStatus.Rejected] = 6,
        [WishStatus.Withdrawn] = 6,
        [WishStatus.Cancelled] = 6,
    }.ToFrozenDictionary();

    /// <summary>
    /// By state: draft, submitted, in review, approved, collecting, being fulfilled, over. F full, r masked and revealed
    /// for a reason, m masked, . nothing.
    /// </summary>
    private static readonly FrozenDictionary<(Viewer, PrivateField), string> Rows =
        new Dictionary<(Viewer, PrivateField), string>
        {
            [(Viewer.Applicant, PrivateField.Name)] = "FFFFFFF",
            [(Viewer.Applicant, PrivateField.Phone)] = "FFFFFFF",
            [(Viewer.Applicant, PrivateField.IdNumber)] = "FFFFFFF",
            [(Viewer.Applicant, PrivateField.Address)] = "FFFFFFF",
            [(Viewer.Applicant, PrivateField.Application)] = "FFFFFFF",
            [(Viewer.Applicant, PrivateField.PublicText)] = "..FFFFF",
            [(Viewer.Applicant, PrivateField.Rejection)] = "......F",
            [(Viewer.Applicant, PrivateField.Receipts)] = ".....FF",
            [(Viewer.Applicant, PrivateField.Looks)] = "FFFFFFF",

            // A helper writes it all down with the applicant; once it is handed in there is no need to see it whole.
            [(Viewer.Helper, PrivateField.Name)] = "Fmmmmmm",
            [(Viewer.Helper, PrivateField.Phone)] = "Fmmmmmm",
            [(Viewer.Helper, PrivateField.IdNumber)] = "Fmmmmmm",
            [(Viewer.Helper, PrivateField.Address)] = "Fmmmmmm",
            [(Viewer.Helper, PrivateField.Application)] = "FFFFFFF",
            [(Viewer.Helper, PrivateField.PublicText)] = "..FFFFF",
            [(Viewer.Helper, PrivateField.Rejection)] = "......F",

            // Who claimed the case; after the review they are whom the applicant can be reached through.
            [(Viewer.Reviewer, PrivateField.Name)] = "..rrrr.",
            [(Viewer.Reviewer, PrivateField.Phone)] = "..rrrr.",
            [(Viewer.Reviewer, PrivateField.IdNumber)] = "..r....",
            [(Viewer.Reviewer, PrivateField.Address)] = "..rrrr.",
            [(Viewer.Reviewer, PrivateField.Application)] = "..FFFF.",
            [(Viewer.Reviewer, PrivateField.Findings)] = "..FFFF.",
            [(Viewer.Reviewer, PrivateField.PublicText)] = "..FFFFF",
            [(Viewer.Reviewer, PrivateField.Rejection)] = "......F",
            [(Viewer.Reviewer, PrivateField.Receipts)] = ".....FF",

            // An approver decides on what was found, without needing to know about whom.
            [(Viewer.Approver, PrivateField.Findings)] = "..FF...",
            [(Viewer.Approver, PrivateField.PublicText)] = "..FFFFF",

            [(Viewer.Finance, PrivateField.Receipts)] = ".....FF",
            [(Viewer.Administrator, PrivateField.Receipts)] = ".....FF",
            [(Viewer.Auditor, PrivateField.Receipts)] = ".....FF",
        }.ToFrozenDictionary();

    /// <summary>How much of a field is shown to somebody in one capacity.</summary>
    public static Shown Of(Viewer viewer, PrivateField field, WishStatus status) =>
        Rows.TryGetValue((viewer, field), out var row) && Columns.TryGetValue(status, out var column)
            ? row[column] switch
            {
                'F' => Shown.Full,
                'r' => Shown.OnRequest,
                'm' => Shown.Masked,
                _ => Shown.No,
            }
            : Shown.No;

    /// <summary>How much of a field is shown to somebody in all their capacities together.</summary>
    public static Shown Of(IReadOnlyCollection<Viewer> viewers, PrivateField field, WishStatus status) =>
        viewers.Select(viewer => Of(viewer, field, status)).DefaultIfEmpty(Shown.No).Max();
}

public sealed partial record Wish
{
    /// <summary>
    /// In what capacities an actor may look at this case. Whoever lends money or sells things to applicants must not
    /// find them here: a sponsor's account is nothing but that, whatever else it holds, except in its own case.
    /// </summary>
    public IReadOnlyList<Viewer> ViewersOf(Actor actor)
    {
        if (actor.Id == Applicant) return [Viewer.Applicant];
        if (actor.Roles.Any(held => held.Role == Role.Sponsor)) return [Viewer.Sponsor];
        if (actor.Principal == Applicant) return [Viewer.Helper];
        // A draft is its applicant's own, and nobody reviews whom they help.
        return ReviewDueAt is null || actor.IsPartyWith(Applicant) ? [] : [.. StaffViews(actor)];
    }

    /// <summary>Whether a field is shown to an actor whole.</summary>
    public bool Shows(PrivateField field, Actor actor) =>
        Disclosure.Of(ViewersOf(actor), field, Status) == Shown.Full;

    private IEnumerable<Viewer> StaffViews(Actor actor)
    {
        if (IsReviewer(actor)) yield return Viewer.Reviewer;
        if (actor.Is(Role.Approver, Foundation)) yield return Viewer.Approver;
        if (actor.Is(Role.Finance, Foundation)) yield return Viewer.Finance;
        if (actor.Is(Role.Foundation, Foundation)) yield return Viewer.Administrator;
        if (actor.Roles.Any(held => held.Role == Role.Auditor && (held.Foundation ?? Foundation) == Foundation))
            yield return Viewer.Auditor;
    }
}
