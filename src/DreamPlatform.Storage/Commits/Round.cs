using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// All commands that were queued in one owner, in order, with the state and version that the owner believes in.
/// </summary>
/// <param name="LastAt">The time of the owner's last event; no later event is before it.</param>
public sealed record Round(Owner Owner, long Version, DateTimeOffset LastAt, IReadOnlyList<Envelope> Commands);

/// <summary>What became of a round.</summary>
public abstract record RoundResult
{
    /// <summary>The owner believed in an old version; nothing of the round was decided.</summary>
    public sealed record Stale : RoundResult;

    /// <summary>Every command has its outcome, and this is the owner now.</summary>
    public sealed record Decided(
        Owner Owner, long Version, DateTimeOffset LastAt, IReadOnlyList<Outcome> Outcomes) : RoundResult;

    /// <summary>Nothing was done; try again later.</summary>
    public sealed record Busy : RoundResult;

    /// <summary>Nobody knows whether it was done; the same command id finds out.</summary>
    public sealed record Unknown : RoundResult;
}
