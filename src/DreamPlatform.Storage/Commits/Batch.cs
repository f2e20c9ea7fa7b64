using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// Decides rounds one after another on one image of the database, and collects what is to be written. Pure: does no
/// I/O and reads no clock.
/// </summary>
internal sealed class Batch(Image image, DateTimeOffset clock, Action<Envelope, Exception> onBug)
{
    public Writes Writes { get; } = new();

    public IReadOnlyList<RoundResult> Decide(IReadOnlyList<Round> rounds)
    {
        RoundResult[] results = [.. rounds.Select(Decide)];
        Writes.EmptyHeads.UnionWith(image.CreatedHeads);
        Writes.EmptyHeads.ExceptWith(Writes.Streams.Keys.Select(stream => stream.Value));
        return results;
    }

    private RoundResult Decide(Round round)
    {
        var id = round.Owner.Stream;
        if (!image.IsLoaded(id))
        {
            if (image.Heads.GetValueOrDefault(id.Value).Version != round.Version) return new RoundResult.Stale();
            image.Put(id, new Loaded(round.Owner, round.Version, round.LastAt));
        }
        else if (image.Stream(id).Version != round.Version)
        {
            return new RoundResult.Stale();
        }

        var outcomes = round.Commands.Select(envelope => Decide(id, envelope)).ToArray();
        var after = image.Stream(id);
        if (round.Owner is Wish before) Place(before, (Wish)after.State);
        return new RoundResult.Decided((Owner)after.State, after.Version, after.LastAt, outcomes);
    }

    private void Place(Wish before, Wish after) => Writes.Placed(
        WallPlace.Of(before, image.Before.GetValueOrDefault(before.Account)),
        WallPlace.Of(after, image.Book.BalanceOf(after.Account)));

    private Outcome Decide(StreamId owner, Envelope envelope)
    {
        var key = (envelope.Id, envelope.Actor.Id);
        if (image.Known.TryGetValue(key, out var known))
            return known.Fingerprint == envelope.Fingerprint
                ? new CommandAccepted(known.State!, known.Version, IsRepeat: true)
                : new CommandRefused(new IdempotencyKeyReused());
        try
        {
            return Apply(owner, envelope);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            onBug(envelope, exception);
            return new CommandFailed();
        }
    }

    private Outcome Apply(StreamId owner, Envelope envelope)
    {
        var current = image.Stream(owner);
        if (envelope.ExpectedVersion is { } expected && expected != current.Version)
            return new CommandRefused(new VersionStale(current.Version));

        var state = (Owner)current.State;
        var now = NotBefore(current, state.Reads(envelope.Command));
        var facts = new Facts(id => image.Stream(id) is { Version: > 0 } found ? found.State : null, image.Book);
        var decision = state.Decide(envelope, facts, now);
        if (decision is Refused refused) return new CommandRefused(refused.Rejection);

        var accepted = (Accepted)decision;
        var moved = Fold(accepted, now);
        if (image.Book.Apply(accepted.Openings, accepted.Transfers) is var refusal and not LedgerRefusal.None)
            return new CommandRefused(new LedgerRefused(refusal));
        return Keep(envelope, accepted, moved, now);
    }

    private DateTimeOffset NotBefore(Loaded owner, Reads reads) =>
        reads.Streams.Select(id => image.Stream(id).LastAt).Append(owner.LastAt).Append(clock).Max();

    /// <summary>
    /// The streams as the events leave them; nothing is kept yet, so a throwing fold changes nothing.
    /// </summary>
    private Dictionary<StreamId, Loaded> Fold(Accepted accepted, DateTimeOffset now)
    {
        var moved = new Dictionary<StreamId, Loaded>(accepted.Events.Count);
        foreach (var (stream, @event) in accepted.Events)
            moved[stream] = moved.GetValueOrDefault(stream, image.Stream(stream)).Append(@event, now);
        return moved;
    }

    private CommandAccepted Keep(
        Envelope envelope, Accepted accepted, Dictionary<StreamId, Loaded> moved, DateTimeOffset now)
    {
        var versions = moved.Keys.ToDictionary(id => id, id => image.Stream(id).Version);
        foreach (var (stream, @event) in accepted.Events)
        {
            Writes.Events.Add(new EventRow(stream, ++versions[stream], @event, now, envelope));
            foreach (var telling in moved[stream].State.Tells(@event))
                Writes.Messages.Add(telling.Of(stream, versions[stream], now));
        }

        foreach (var (id, loaded) in moved)
        {
            Writes.Changed(image.Stream(id), loaded);
            image.Put(id, loaded);
        }

        foreach (var transfer in accepted.Transfers) Writes.Transfers.Add((transfer, now));
        foreach (var text in accepted.Texts) Writes.Texts[(text.Subject, text.Field)] = text.Text;
        Writes.Touch(accepted, image);

        var about = accepted.Events[0].Stream;
        var known = new KnownCommand(envelope.Fingerprint, about, moved[about].Version, moved[about].State);
        image.Known[(envelope.Id, envelope.Actor.Id)] = known;
        Writes.Commands.Add((envelope, known));
        return new CommandAccepted(known.State!, known.Version, IsRepeat: false);
    }
}
