using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Commits;

/// <summary>What the commit log tells about itself, under the meter of its name.</summary>
public static class Metrics
{
    public const string MeterName = "DreamPlatform.CommitLog";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "dreamplatform.commitlog.batch.size", "{command}", "Commands decided in one transaction.");

    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>(
        "dreamplatform.commitlog.batch.duration", "ms", "From the start of a batch to its answer.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "dreamplatform.commitlog.refusals", "{command}", "Commands refused, by code.");

    private static readonly ConcurrentDictionary<CommitLog, Func<int>> Queues = [];

    static Metrics() => Meter.CreateObservableGauge(
        "dreamplatform.commitlog.queue.length", () => Queues.Values.Sum(length => length()), "{round}",
        "Rounds waiting for a batch.");

    internal static void Observe(CommitLog log, Func<int> length) => Queues[log] = length;

    internal static void Forget(CommitLog log) => Queues.TryRemove(log, out _);

    internal static void Record(IReadOnlyList<RoundResult> results, TimeSpan elapsed)
    {
        var commands = 0;
        foreach (var outcome in results.OfType<RoundResult.Decided>().SelectMany(decided => decided.Outcomes))
        {
            commands++;
            if (outcome is CommandRefused refused)
                Refusals.Add(1, new KeyValuePair<string, object?>("code", refused.Rejection.Code));
        }

        BatchSize.Record(commands);
        CommitTime.Record(elapsed.TotalMilliseconds);
    }
}
