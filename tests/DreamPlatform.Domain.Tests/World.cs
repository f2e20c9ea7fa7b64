using System.Text.Json;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests;

/// <summary>What became of a command.</summary>
/// <param name="IsTaken">A stream that the command would have created exists already; the store refuses that.</param>
public sealed record Answer(Decision Decision, LedgerRefusal Ledger = LedgerRefusal.None, bool IsTaken = false)
{
    public Accepted? Accepted => Ledger == LedgerRefusal.None && !IsTaken ? Decision as Accepted : null;

    /// <summary>The names of the events, or the code of the rejection.</summary>
    public string Name => Decision switch
    {
        Refused refused => refused.Rejection.Code,
        _ when IsTaken => "taken",
        _ when Ledger != LedgerRefusal.None => $"ledger:{Ledger}",
        Accepted accepted => string.Join(' ', accepted.Events.Select(appended => StoredNames.Of(appended.Event))),
        _ => throw new InvalidOperationException("There is no third kind of decision."),
    };
}

/// <summary>
/// A platform in memory. It runs a command as the commit log does: what the rule says it will read is all that the
/// rule gets to see, the ledger judges the transfers, and then all of it becomes true or nothing does.
/// </summary>
public sealed class World
{
    private readonly Dictionary<StreamId, StreamState> streams = [];
    private readonly List<Transfer> transfers = [];
    private readonly Book book = new();
    private int commandCount;

    public DateTimeOffset Now { get; set; } = Story.Start;

    public IEnumerable<Transfer> Transfers => transfers;

    public StreamState StateOf(StreamId id) => streams.GetValueOrDefault(id) ?? StreamStates.Empty(id);

    public T StateOf<T>(StreamId id) where T : StreamState => (T)StateOf(id);

    public Balance BalanceOf(LedgerAccount account) => book.BalanceOf(account);

    /// <summary>Puts a state in that no command of this release leads to.</summary>
    public void Put(StreamState state) => streams[state.Stream] = state;

    public Answer Send(StreamId owner, Command command, Actor by)
    {
        var id = new CommandId(Derived.Id($"command-{commandCount++}"));
        var envelope = new Envelope(id, by, new Fingerprint(id.Value), command);
        var state = StateOf<Owner>(owner);
        var reads = state.Reads(command);

        var seen = Seen(reads);
        var facts = new Facts(id => Look(id, owner, reads), seen);
        var decision = state.Decide(envelope, facts, Now);
        Assert.Equal(Print(decision), Print(state.Decide(envelope, facts, Now)));
        if (state.RefusesToHear(by, command) is { } unheard)
            Assert.Equal(Print(new Refused(unheard)), Print(decision));
        if (decision is not Accepted accepted) return new Answer(decision);

        Assert.All(accepted.Openings, opening => Assert.Contains(opening.Account, reads.Accounts));
        var created = accepted.Events.Select(e => e.Stream).Where(s => s != owner && !reads.Streams.Contains(s));
        if (created.Any(streams.ContainsKey)) return new Answer(decision, IsTaken: true);

        var refusal = book.Apply(accepted.Openings, accepted.Transfers);
        Assert.Equal(refusal, seen.Apply(accepted.Openings, accepted.Transfers));
        if (refusal != LedgerRefusal.None) return new Answer(decision, refusal);

        transfers.AddRange(accepted.Transfers);
        foreach (var (stream, @event) in accepted.Events) streams[stream] = StateOf(stream).Evolve(@event);
        return new Answer(decision);
    }

    /// <summary>A text that is equal when two values are, lists and all.</summary>
    public static string Print(object? value) => value switch
    {
        Refused refused => $"{refused.Rejection.Code} {JsonSerializer.Serialize<object>(refused.Rejection)}",
        Accepted accepted => string.Join(
            '\n',
            [
                .. accepted.Events.Select(e => $"{e.Stream} {Print(e.Event)}"),
                .. accepted.Transfers.Select(Print),
                .. accepted.Openings.Select(Print),
                .. accepted.Texts.Select(Print),
            ]),
        Event @event => $"{StoredNames.Of(@event)} {JsonSerializer.Serialize<object>(@event)}",
        _ => JsonSerializer.Serialize(value),
    };

    private StreamState? Look(StreamId id, StreamId owner, Reads reads) =>
        id == owner || reads.Streams.Contains(id)
            ? streams.GetValueOrDefault(id)
            : throw new InvalidOperationException($"The rule looked at {id}, which it had not said it would.");

    private Book Seen(Reads reads)
    {
        var seen = new Book();
        foreach (var account in reads.Accounts) seen.Load(account, book.BalanceOf(account));
        foreach (var transfer in transfers)
            if (reads.Holds.Contains(transfer.Id) || (transfer.Resolves is { } hold && reads.Holds.Contains(hold)))
                seen.Load(transfer);
        return seen;
    }
}
