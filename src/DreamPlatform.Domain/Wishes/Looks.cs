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
    int Times);

/// <summary>Who looked at the private part of a case. Nothing is ever dropped from it.</summary>
[StoredAs("looks.v1")]
public sealed record LookLog : IPrivate
{
    /// <summary>The most entries; who would need one more is not shown anything.</summary>
    public const int MaxEntries = 1_000;

    /// <summary>The most characters of a reason.</summary>
    public const int MaxReason = 300;

    /// <summary>Looks of one kind by the same person and for the same reason become one entry for so long.</summary>
    private static readonly TimeSpan OneSitting = TimeSpan.FromHours(1);

    public Guid Holder { get; init; }

    public ImmutableArray<Look> Entries { get; init; } = [];

    /// <summary>The log with one more look, or null when it is full.</summary>
    public LookLog? Add(Look look)
    {
        var same = Entries.LastOrDefault(entry => (entry.By, entry.As, entry.What, entry.Subject, entry.Reason)
            == (look.By, look.As, look.What, look.Subject, look.Reason));
        if (same is not null && look.At - same.At < OneSitting)
            return this with { Entries = Entries.Replace(same, same with { LastAt = look.At, Times = same.Times + 1 }) };
        return Entries.Length < MaxEntries ? this with { Entries = Entries.Add(look) } : null;
    }
}

[StoredAs("look-log-full")]
public sealed record LookLogFull()
    : Rejection(RejectionKind.Conflict, "This case was looked at too often. Ask the operator.");
