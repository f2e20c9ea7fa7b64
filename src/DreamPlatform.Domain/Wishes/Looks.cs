using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>What somebody looked at.</summary>
public enum LookAt
{
    /// <summary>The case, with who the applicant is masked.</summary>
    [JsonStringEnumMemberName("case")] Case = 1,

    /// <summary>Who the applicant is.</summary>
    [JsonStringEnumMemberName("identity")] Identity,

    /// <summary>A file of the case.</summary>
    [JsonStringEnumMemberName("file")] File,
}

/// <summary>That somebody looked at the private part of a case, and why; the applicant can see it.</summary>
/// <param name="Subject">The file, where it was one.</param>
/// <param name="Reason">In their words; empty for the daily look at a case that is theirs to decide.</param>
/// <param name="Times">How often, for the same reason, from <paramref name="At"/> to <paramref name="LastAt"/>.</param>
public sealed record Look(
    AccountId By, Viewer As, LookAt What, Guid? Subject, string Reason, DateTimeOffset At, DateTimeOffset LastAt,
    int Times)
{
    /// <summary>Their reason; for the ordinary look, what it is for by their capacity. Never empty.</summary>
    public string Why => Reason.Length > 0 ? Reason : As switch
    {
        Viewer.Helper => "To help with the application.",
        Viewer.Reviewer => "To review the case.",
        Viewer.Approver => "To decide on the recommendation.",
        Viewer.Finance => "To pay and to prove the delivery.",
        _ => "To oversee the case.",
    };
}

/// <summary>Who looked at the private part of a case. Nothing is ever dropped from it.</summary>
[StoredAs("looks.v1")]
public sealed record LookLog : IPrivate
{
    /// <summary>
    /// The most entries of one person, so that nobody's looks can stop another's. Beyond that looks of one kind become
    /// one entry over more than a day; who looks for ever new reasons is not shown anything more.
    /// </summary>
    public const int MaxEntriesEach = 200;

    /// <summary>The most characters of a reason.</summary>
    public const int MaxReason = 300;

    public Guid Holder { get; init; }

    public ImmutableArray<Look> Entries { get; init; } = [];

    /// <summary>
    /// The log with one more look, where those of one kind, by the same person and for the same reason, are one entry
    /// for a day. Null when there is no room for it.
    /// </summary>
    public LookLog? Add(Look look)
    {
        var last = Entries.LastOrDefault(entry => KindOf(entry) == KindOf(look));
        if (last is not null && PlatformCalendar.DayOf(last.LastAt) == PlatformCalendar.DayOf(look.At))
            return AsOne(last, look);
        var more = this with { Entries = Entries.Add(look) };
        var own = more.Entries.Where(entry => entry.By == look.By).ToArray();
        if (own.Length <= MaxEntriesEach) return more;
        var oldest = own.GroupBy(KindOf).FirstOrDefault(kind => kind.Count() > 1)?.Take(2).ToArray();
        return oldest is [var first, var second] ? more.AsOne(first, second) : null;
    }

    private static (AccountId, Viewer, LookAt, Guid?, string) KindOf(Look look) =>
        (look.By, look.As, look.What, look.Subject, look.Reason);

    /// <summary>The log with two looks, the later of which may be in it, as one.</summary>
    private LookLog AsOne(Look earlier, Look later) => this with
    {
        Entries = Entries.Remove(later).Replace(
            earlier, earlier with { LastAt = later.LastAt, Times = earlier.Times + later.Times }),
    };
}

[StoredAs("look-log-full")]
public sealed record LookLogFull() : Rejection(
    RejectionKind.Conflict,
    "You looked at this case for too many reasons. Give one that you gave before, or leave the case to another.");
