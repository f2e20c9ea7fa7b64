using System.Diagnostics;
using System.Net;

namespace DreamPlatform.Benchmarks.Load;

/// <summary>What came back in a window.</summary>
internal sealed class Tally
{
    public long Accepted { get; set; }

    public long Refused { get; set; }

    public long Failed { get; set; }

    /// <summary>When the last pledge was accepted.</summary>
    public long LastAcceptedAt { get; set; }

    /// <summary>An answer that was neither accepted nor refused, to show what went wrong.</summary>
    public string? Failure { get; set; }

    public List<long> Latencies { get; } = [];

    /// <summary>A percentile of the latencies in milliseconds.</summary>
    public double Percentile(double share)
    {
        if (Latencies.Count == 0) return double.NaN;
        Latencies.Sort();
        return Latencies[(int)Math.Min(Latencies.Count - 1, share * Latencies.Count)] * 1000.0 / Stopwatch.Frequency;
    }
}

/// <summary>Sends pledges over a fixed set of connections from the calling thread alone.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(100);

    private readonly Epoll epoll = new();
    private readonly Connection[] connections;
    private readonly Stack<int> idle = new();

    /// <param name="authorizations">A header line for each donor; connections take them in turn.</param>
    public LoadGenerator(EndPoint server, IReadOnlyList<string> authorizations, int connections, long amountMinor)
    {
        this.connections = new Connection[connections];
        for (var i = 0; i < connections; i++)
        {
            this.connections[i] = new Connection(server, authorizations[i % authorizations.Count], amountMinor);
            epoll.Watch(this.connections[i].Socket, i);
            idle.Push(i);
        }
    }

    /// <summary>Sends for a time and tells what was answered in it; what is under way then counts for the next run.</summary>
    public Tally Run(Arrivals arrivals, Targets targets, TimeSpan duration)
    {
        var tally = new Tally();
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        for (var now = Stopwatch.GetTimestamp(); now < end; now = Stopwatch.GetTimestamp())
            Turn(arrivals, targets, Math.Min(end, arrivals.NextAt), now, tally);
        return tally;
    }

    /// <summary>Sends this many, waits for all answers, and tells what they were.</summary>
    public Tally Run(long tries, Targets targets)
    {
        var tally = new Tally();
        var arrivals = new ClosedLoop(tries);
        while (!arrivals.IsOver || idle.Count < connections.Length)
            Turn(arrivals, targets, long.MaxValue, Stopwatch.GetTimestamp(), tally);
        return tally;
    }

    /// <summary>Waits for what is under way.</summary>
    public void Drain() => Run(0, new OneWish(Guid.Empty));

    public void Dispose()
    {
        foreach (var connection in connections) connection.Dispose();
        epoll.Dispose();
    }

    private void Turn(Arrivals arrivals, Targets targets, long until, long now, Tally tally)
    {
        while (idle.Count > 0 && arrivals.TryTake(now, out var at)) connections[idle.Pop()].Send(targets.Next(), at);
        var wait = until == long.MaxValue || idle.Count == 0 ? MaxWait : Stopwatch.GetElapsedTime(now, Math.Max(now, until));
        var ready = epoll.Wait(wait < MaxWait ? wait : MaxWait);
        for (var i = 0; i < ready.Count; i++)
        {
            var connection = connections[ready[i]];
            var status = connection.Receive();
            if (status == 0) continue;
            idle.Push(ready[i]);
            Count(connection, status, tally);
        }
    }

    private static void Count(Connection connection, int status, Tally tally)
    {
        var now = Stopwatch.GetTimestamp();
        tally.Latencies.Add(now - connection.StartedAt);
        switch (status)
        {
            case 201:
                tally.Accepted++;
                tally.LastAcceptedAt = now;
                break;
            case 409:
                tally.Refused++;
                break;
            default:
                tally.Failed++;
                tally.Failure ??= connection.Response;
                break;
        }
    }
}
