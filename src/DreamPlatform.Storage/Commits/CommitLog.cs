using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// The one way anything gets into the journal: whatever rounds queued while the previous batch ran are the next
/// batch, which is one SQL transaction. One thread, one connection, no timer.
/// </summary>
public sealed partial class CommitLog : IDisposable
{
    private readonly BlockingCollection<QueuedRound> queue;
    private readonly CommitLogOptions options;
    private readonly Lane lane;
    private readonly Thread thread;
    private bool isDisposed;

    internal CommitLog(
        Func<JournalSession> connect, CommitLogOptions options, TimeProvider time, Failpoints failpoints,
        ILogger<CommitLog> logger)
    {
        this.options = options;
        queue = new BlockingCollection<QueuedRound>(options.MaxQueuedRounds);
        lane = new Lane(connect, options, time, failpoints, logger);
        thread = new Thread(Run) { IsBackground = true, Name = "commit-log" };
        thread.Start();
        Metrics.Observe(this, () => queue.Count);
    }

    /// <summary>
    /// Commits a round. The answer comes after its batch is durable, or says that it is not.
    /// </summary>
    public Task<RoundResult> Commit(Round round)
    {
        var queued = new QueuedRound(round);
        try
        {
            return queue.TryAdd(queued) ? queued.Result.Task : Task.FromResult<RoundResult>(new RoundResult.Busy());
        }
        catch (InvalidOperationException)
        {
            return Task.FromResult<RoundResult>(new RoundResult.Busy());
        }
    }

    /// <summary>Takes no more rounds, finishes those it has, and closes its connection.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, true)) return;
        Metrics.Forget(this);
        queue.CompleteAdding();
        if (thread != Thread.CurrentThread) thread.Join();
    }

    private void Run()
    {
        var batch = new List<QueuedRound>();
        while (Take(batch))
        {
            var results = lane.Process([.. batch.Select(queued => queued.Round)]);
            for (var i = 0; i < batch.Count; i++) batch[i].Result.SetResult(results[i]);
        }

        lane.Dispose();
        queue.Dispose();
    }

    /// <summary>Waits for a round, then takes all that are there, up to the bound.</summary>
    private bool Take(List<QueuedRound> batch)
    {
        batch.Clear();
        if (!queue.TryTake(out var round, Timeout.Infinite)) return false;
        batch.Add(round);
        var commands = round.Round.Commands.Count;
        while (commands < options.MaxBatchCommands && queue.TryTake(out round))
        {
            batch.Add(round);
            commands += round.Round.Commands.Count;
        }

        return true;
    }

    private sealed record QueuedRound(Round Round)
    {
        public TaskCompletionSource<RoundResult> Result { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
