using System.Diagnostics;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Search;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// Runs batches one after another on one connection, and knows what each failure means: nothing was done and it may
/// be tried again, one command is poison, or nobody knows.
/// </summary>
internal sealed partial class Lane(
    Func<JournalSession> connect, CommitLogOptions options, TimeProvider time, Failpoints failpoints, ILogger logger)
    : IDisposable
{
    private JournalSession? session;

    /// <summary>Decides and commits rounds in one transaction; each gets its result. Never throws.</summary>
    public IReadOnlyList<RoundResult> Process(IReadOnlyList<Round> rounds)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return RunOnce(rounds);
            }
            catch (CommitUnknownException exception)
            {
                Log.CommitUnknown(logger, exception);
                if (WasCommitted(rounds, exception) is not { } results) return Fill(rounds, new RoundResult.Unknown());
                if (results.Count > 0) return results;
            }
            catch (Exception exception) when (IsTransient(exception))
            {
                Log.Transient(logger, attempt, exception);
                Reset(exception);
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
                Reset(exception);
                Drop(); // A driver that stumbled over what it had to send may have lost track of its connection.
                return OneByOne(rounds, exception);
            }

            if (attempt >= options.MaxAttempts) return Fill(rounds, new RoundResult.Busy());
        }
    }

    public void Dispose() => session?.Dispose();

    private IReadOnlyList<RoundResult> RunOnce(IReadOnlyList<Round> rounds)
    {
        failpoints.Reach(CommitStep.BeforeBegin);
        var started = Stopwatch.GetTimestamp();
        session ??= connect();
        session.Begin();
        var image = BatchReads.Load(session, rounds);
        failpoints.Reach(CommitStep.AfterLoad);
        var batch = new Batch(
            image, Now(), (envelope, bug) => Log.RuleFailed(logger, StoredNames.Of(envelope.Command), bug));
        var results = batch.Decide(rounds);
        if (batch.Writes.IsEmpty) session.Rollback();
        else Commit(batch.Writes, results);
        Metrics.Record(results, Stopwatch.GetElapsedTime(started));
        return results;
    }

    private void Commit(Writes writes, IReadOnlyList<RoundResult> results)
    {
        session!.Run(BatchWrites.Of(writes, session.Lane));
        SearchIndex.Update(session, writes);
        failpoints.Reach(CommitStep.AfterWrite);
        try
        {
            failpoints.Reach(CommitStep.CommitSentNotDone);
            session.Commit();
            failpoints.Reach(CommitStep.CommitSentDone);
        }
        catch (Exception exception) when (exception is CommitUnknownException or ConnectionCutException)
        {
            throw new CommitUnknownException(exception, results, writes.Commands);
        }
    }

    /// <summary>
    /// After an unknown COMMIT: on a new connection, with the same head locks held, a missing command is proof that
    /// nothing was done. The results when it was done, none when it was not, null when that cannot be found out.
    /// </summary>
    private IReadOnlyList<RoundResult>? WasCommitted(IReadOnlyList<Round> rounds, CommitUnknownException unknown)
    {
        for (var attempt = 1; attempt <= options.MaxAttempts; attempt++)
        {
            try
            {
                Drop();
                session = connect();
                session.Begin();
                var image = BatchReads.Load(session, rounds);
                session.Rollback();
                return unknown.Accepted.All(command => IsStored(image, command)) ? unknown.Results : [];
            }
            catch (Exception exception)
            {
                Log.StillUnknown(logger, attempt, exception);
            }
        }

        Drop();
        return null;
    }

    /// <summary>
    /// Whether a command is stored as it was decided; another lane may have done it too, and differently.
    /// </summary>
    private static bool IsStored(Image image, (Envelope Envelope, KnownCommand Known) command) =>
        image.Known.TryGetValue((command.Envelope.Id, command.Envelope.Actor.Id), out var stored)
        && stored.Version == command.Known.Version
        && JournalJson.Write(stored.State!) == JournalJson.Write(command.Known.State!);

    /// <summary>Something other than the database's state is wrong: find the command that is poison.</summary>
    private IReadOnlyList<RoundResult> OneByOne(IReadOnlyList<Round> rounds, Exception failure)
    {
        if (rounds is [{ Commands.Count: 1 } single])
        {
            Outcome outcome = failure is PoisonEventException ? new CommandUnreadable() : new CommandFailed();
            return [new RoundResult.Decided(single.Owner, single.Version, single.LastAt, [outcome])];
        }

        return [.. rounds.Select(round => OneByOne(round))];
    }

    private RoundResult OneByOne(Round round)
    {
        var outcomes = new List<Outcome>(round.Commands.Count);
        var current = round;
        foreach (var envelope in round.Commands)
        {
            var result = Process([current with { Commands = [envelope] }])[0];
            if (result is not RoundResult.Decided decided)
            {
                if (outcomes.Count == 0) return result;
                outcomes.Add(result is RoundResult.Unknown ? new CommandOutcomeUnknown() : new CommandBusy());
                continue;
            }

            outcomes.Add(decided.Outcomes[0]);
            current = current with { Owner = decided.Owner, Version = decided.Version, LastAt = decided.LastAt };
        }

        return new RoundResult.Decided(current.Owner, current.Version, current.LastAt, outcomes);
    }

    private bool IsTransient(Exception exception) =>
        exception is TransientFaultException
        || (session?.IsTransient(exception) ?? exception is System.Data.Common.DbException);

    private void Reset(Exception exception)
    {
        session?.Rollback();
        if (exception is System.Data.Common.DbException or IOException or InvalidOperationException) Drop();
    }

    private void Drop()
    {
        try
        {
            session?.Dispose();
        }
        catch (Exception exception)
        {
            Log.DropFailed(logger, exception);
        }

        session = null;
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private static RoundResult[] Fill(IReadOnlyList<Round> rounds, RoundResult result) =>
        [.. rounds.Select(_ => result)];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "COMMIT was sent and its outcome is not known; finding out.")]
        public static partial void CommitUnknown(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "A batch could not run (attempt {Attempt}); nothing was done.")]
        public static partial void Transient(ILogger logger, int attempt, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "A batch failed; its commands are tried one by one.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "The rule for {Command} failed; this is a bug.")]
        public static partial void RuleFailed(ILogger logger, string command, Exception exception);

        [LoggerMessage(5, LogLevel.Error, "The outcome of a COMMIT is still not known (attempt {Attempt}).")]
        public static partial void StillUnknown(ILogger logger, int attempt, Exception exception);

        [LoggerMessage(6, LogLevel.Warning, "A broken connection could not be closed.")]
        public static partial void DropFailed(ILogger logger, Exception exception);
    }
}
