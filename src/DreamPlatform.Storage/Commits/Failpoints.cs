using System.Diagnostics;
using System.Globalization;

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
    /// <summary>
    /// The environment variable that makes a process kill itself: at which step, and the how manieth time that it comes
    /// there, such as <c>AfterWrite:3</c>.
    /// </summary>
    public const string Variable = "DREAMPLATFORM_FAILPOINT";

    private const int MaxTimes = 1_000_000;

    /// <summary>Called at each step; throws to make the step fail.</summary>
    public Action<CommitStep>? OnStep { get; set; }

    /// <summary>What the text of the variable asks for: nothing without one; null when it is malformed.</summary>
    /// <param name="text">The step and the number, with a colon between.</param>
    /// <param name="kill">Ends this process at once, without cleaning up.</param>
    public static Failpoints? Parse(string? text, Action? kill = null)
    {
        if (text is null) return new Failpoints();
        if (text.Split(':') is not [var name, var number]
            || !Enum.GetNames<CommitStep>().Contains(name)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            || times is < 1 or > MaxTimes) return null;
        var (deadly, left) = (Enum.Parse<CommitStep>(name), times);
        return new Failpoints
        {
            OnStep = step =>
            {
                if (step == deadly && --left == 0) (kill ?? Process.GetCurrentProcess().Kill)();
            },
        };
    }

    internal void Reach(CommitStep step) => OnStep?.Invoke(step);
}

/// <summary>What a failpoint throws to cut the connection around COMMIT.</summary>
public sealed class ConnectionCutException() : Exception("A connection cut by a test.");

/// <summary>What a failpoint throws where a database would report a fault that may pass.</summary>
public sealed class TransientFaultException() : Exception("A fault made by a test.");
