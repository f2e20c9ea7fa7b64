using System.Diagnostics;

namespace DreamPlatform.Benchmarks.Load;

/// <summary>When pledges arrive.</summary>
internal abstract class Arrivals
{
    /// <summary>Takes the next arrival if it is due, with the time at which it was.</summary>
    public abstract bool TryTake(long now, out long at);

    /// <summary>When the next one is due.</summary>
    public abstract long NextAt { get; }
}

/// <summary>A new one whenever a connection is free, up to a number.</summary>
internal sealed class ClosedLoop(long tries = long.MaxValue) : Arrivals
{
    private long left = tries;

    public bool IsOver => left == 0;

    public override long NextAt => long.MaxValue;

    public override bool TryTake(long now, out long at)
    {
        at = now;
        if (left == 0) return false;
        left--;
        return true;
    }
}

/// <summary>
/// At a fixed mean rate with random gaps, whether or not the server keeps up: what waits for a free connection has
/// been waiting since it was due.
/// </summary>
internal sealed class OpenLoop(double perSecond, Random random) : Arrivals
{
    private readonly double meanGap = Stopwatch.Frequency / perSecond;
    private double next = Stopwatch.GetTimestamp();

    public override long NextAt => (long)next;

    public override bool TryTake(long now, out long at)
    {
        at = (long)next;
        if (next > now) return false;
        next -= Math.Log(1 - random.NextDouble()) * meanGap;
        return true;
    }
}
