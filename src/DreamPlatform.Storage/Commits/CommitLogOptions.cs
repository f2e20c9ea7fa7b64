namespace DreamPlatform.Storage.Commits;

/// <summary>The bounds of a commit log.</summary>
public sealed class CommitLogOptions
{
    /// <summary>The most commands in one transaction; a single round is never split. 1 to 10,000.</summary>
    public int MaxBatchCommands { get; init; } = 512;

    /// <summary>The most rounds that may wait; one more is answered busy. 1 to 1,000,000.</summary>
    public int MaxQueuedRounds { get; init; } = 10_000;

    /// <summary>How often a batch is tried when its locks or its connection fail before COMMIT is sent.</summary>
    public int MaxAttempts { get; init; } = 3;
}
