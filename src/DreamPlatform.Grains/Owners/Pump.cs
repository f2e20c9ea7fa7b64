using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Owners;

/// <summary>
/// Sends the commands of one owner to the commit log: one round at a time, and what arrives meanwhile is the next.
/// Runs inside its grain, so it needs no locks.
/// </summary>
internal sealed partial class Pump(
    StreamId id, CommitLog log, JournalReader reader, ILogger<Pump> logger, Action deactivate)
{
    private const int MaxQueued = 5_000, MaxRoundCommands = 512, MaxReloads = 3;

    private readonly Queue<Waiting> queue = new();
    private StoredStream? stream;
    private bool isPumping;

    public Task<Outcome> Run(Envelope envelope)
    {
        if (queue.Count >= MaxQueued) return Task.FromResult<Outcome>(new CommandBusy());
        var waiting = new Waiting(envelope);
        queue.Enqueue(waiting);
        if (!isPumping) _ = PumpAll();
        return waiting.Done.Task;
    }

    public async Task<OwnerSnapshot> Get()
    {
        var known = stream ??= await Load();
        return new OwnerSnapshot((Owner)known.State, known.Version);
    }

    private async Task PumpAll()
    {
        isPumping = true;
        while (queue.Count > 0)
        {
            var round = TakeRound();
            var outcomes = await Decide([.. round.Select(waiting => waiting.Envelope)]);
            for (var i = 0; i < round.Count; i++) round[i].Done.SetResult(outcomes[i]);
        }

        isPumping = false;
    }

    private List<Waiting> TakeRound()
    {
        var round = new List<Waiting>(Math.Min(queue.Count, MaxRoundCommands));
        while (round.Count < MaxRoundCommands && queue.TryDequeue(out var waiting)) round.Add(waiting);
        return round;
    }

    private async Task<IReadOnlyList<Outcome>> Decide(IReadOnlyList<Envelope> commands)
    {
        try
        {
            for (var reloads = 0; reloads <= MaxReloads; reloads++)
            {
                var known = stream ??= await Load();
                switch (await log.Commit(new Round((Owner)known.State, known.Version, known.LastAt, commands)))
                {
                    case RoundResult.Decided decided:
                        stream = new StoredStream(decided.Owner, decided.Version, decided.LastAt, known.RowsRead);
                        return decided.Outcomes;
                    case RoundResult.Stale:
                        Log.Stale(logger, id, known.Version);
                        stream = null;
                        break;
                    case RoundResult.Unknown:
                        return GiveUp(commands, new CommandOutcomeUnknown());
                    case RoundResult.Busy:
                        return Fill(commands, new CommandBusy());
                }
            }

            return GiveUp(commands, new CommandBusy());
        }
        catch (JournalUnreadableException)
        {
            return GiveUp(commands, new CommandUnreadable());
        }
        catch (System.Data.Common.DbException exception)
        {
            Log.CannotLoad(logger, id, exception);
            return GiveUp(commands, new CommandBusy());
        }
        catch (Exception exception)
        {
            Log.CannotLoad(logger, id, exception);
            return GiveUp(commands, new CommandFailed());
        }
    }

    private async Task<StoredStream> Load()
    {
        try
        {
            return await reader.Load(id);
        }
        catch (PoisonEventException exception)
        {
            Log.CannotLoad(logger, id, exception);
            throw new JournalUnreadableException(id.ToString());
        }
    }

    private Outcome[] GiveUp(IReadOnlyList<Envelope> commands, Outcome outcome)
    {
        stream = null;
        deactivate();
        return Fill(commands, outcome);
    }

    private static Outcome[] Fill(IReadOnlyList<Envelope> commands, Outcome outcome) =>
        [.. commands.Select(_ => outcome)];

    private sealed record Waiting(Envelope Envelope)
    {
        public TaskCompletionSource<Outcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Stream} could not be read or decided.")]
        public static partial void CannotLoad(ILogger logger, StreamId stream, Exception exception);

        [LoggerMessage(
            2, LogLevel.Information, "{Stream} is past version {Version}: what was decided on that was not written.")]
        public static partial void Stale(ILogger logger, StreamId stream, long version);
    }
}
