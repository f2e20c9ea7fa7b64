using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Shared;

/// <summary>What a stream's events add up to.</summary>
public abstract record StreamState
{
    public abstract StreamId Stream { get; }

    /// <summary>What falls due later because of this state, if anything.</summary>
    public virtual Due? Due => null;

    /// <summary>Folds one more event in. Decides nothing.</summary>
    /// <exception cref="UnknownEventException">This release does not know the event.</exception>
    public abstract StreamState Evolve(Event @event);
}

/// <summary>A state whose stream decides commands: a wish, a project, a donor, a gateway.</summary>
public abstract record Owner : StreamState
{
    /// <summary>What a command's rule will look at, so that it can be locked and read beforehand.</summary>
    public abstract Reads Reads(Command command);

    /// <summary>
    /// Why the actor may not even write what the command would refer to; null when the rule has to be asked.
    /// </summary>
    public virtual Rejection? RefusesToHear(Actor actor, Command command) => null;

    /// <summary>Whose data key seals a dossier of this owner: a person's, or the foundation's for receipts.</summary>
    public virtual Guid HolderOf(string dossier) =>
        throw new NotSupportedException($"{Stream} has no dossiers.");

    /// <summary>Whether an entry of a dossier is referred to by an event, or may still come to be.</summary>
    public virtual bool Keeps(string dossier, DossierEntry entry, DateTimeOffset now) => true;

    /// <summary>What the command does, or why it is refused. Pure.</summary>
    public Decision Decide(Envelope envelope, Facts facts, DateTimeOffset now) =>
        envelope.Command is IRefersToDossier { DossierVersion: 0 }
            ? RefusesToHear(envelope.Actor, envelope.Command) ?? new TextNotKept()
            : Rule(envelope, facts, now);

    /// <summary>The rule for commands whose text, if they bring any, is kept.</summary>
    protected abstract Decision Rule(Envelope envelope, Facts facts, DateTimeOffset now);
}

/// <summary>An owner as it is now.</summary>
public sealed record OwnerSnapshot(Owner Owner, long Version);

/// <summary>Something that falls due at a time: the sweeper then sends <see cref="Kind"/> to the owner.</summary>
public sealed record Due(DueKind Kind, DateTimeOffset At, StreamId Subject, StreamId Owner);

/// <summary>The kinds of due rows. The numbers are stored; never renumber.</summary>
public enum DueKind : short
{
    PledgeLapse = 1,
}

/// <summary>An event that this release cannot fold: written by a newer one, or corrupt.</summary>
public sealed class UnknownEventException(StreamState state, Event? @event)
    : Exception($"Stream {state.Stream} holds an event that this release cannot read: {@event?.GetType().Name}.");
