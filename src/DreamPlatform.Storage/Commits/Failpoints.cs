namespace DreamPlatform.Storage.Commits;

/// <summary>The steps of a commit at which a test can make something go wrong.</summary>
public enum CommitStep
{
    BeforeBegin,
    AfterLoad,
    AfterWrite,
    CommitSentNotDone,
    CommitSentDone,
}

/// <summary>What a test makes go wrong; does nothing unless it is set.</summary>
public sealed class Failpoints
{
    /// <summary>Called at each step; throws to make the step fail.</summary>
    public Action<CommitStep>? OnStep { get; set; }

    internal void Reach(CommitStep step) => OnStep?.Invoke(step);
}

/// <summary>What a failpoint throws to cut the connection around COMMIT.</summary>
public sealed class ConnectionCutException() : Exception("A connection cut by a test.");

/// <summary>What a failpoint throws where a database would report a fault that may pass.</summary>
public sealed class TransientFaultException() : Exception("A fault made by a test.");
