using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Shared;

/// <summary>What a stream's events add up to.</summary>
public abstract record StreamState
{
    public abstract StreamId Stream { get; }

    /// <summary>What falls due later because of this state, if anything.</summary>
    public virtual Due? Due => null;

    /// <summary>Who must be told of an event that has just become part of this state. Pure.</summary>
    public virtual IReadOnlyList<Telling> Tells(Event @event) => [];

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

/// <summary>Something that falls due at a time: whoever sees to its kind then does so.</summary>
/// <param name="Subject">What it is about; unique among the rows of its kind and time.</param>
/// <param name="Owner">The stream that has a say in it, or that it comes from.</param>
public sealed record Due(DueKind Kind, DateTimeOffset At, Guid Subject, StreamId Owner)
{
    /// <summary>For a message: who is told, and of what.</summary>
    public Telling? Telling { get; init; }

    /// <summary>For a message: the version of the owner's event that it tells of.</summary>
    public long Version { get; init; }

    /// <summary>How often seeing to it has failed.</summary>
    public int Attempts { get; init; }
}

/// <summary>The kinds of due rows. The numbers are stored; never renumber.</summary>
public enum DueKind : short
{
    /// <summary>An unpaid pledge's time is over. Follows from the pledge's state.</summary>
    PledgeLapse = 1,

    /// <summary>Somebody is to be told of an event.</summary>
    Message = 2,

    /// <summary>A file that nobody attached is to go.</summary>
    FileSweep = 3,

    /// <summary>A person is to be erased, or somebody looks once more whether they are.</summary>
    Erasure = 4,
}

/// <summary>What sets some kinds of due rows apart.</summary>
public static class DueKinds
{
    /// <summary>
    /// The kinds whose rows follow from states, and so can be made anew from the journal. All others are kept once and
    /// are not to be lost.
    /// </summary>
    public static readonly IReadOnlyList<DueKind> OfStates = [DueKind.PledgeLapse];
}

/// <summary>An event that this release cannot fold: written by a newer one, or corrupt.</summary>
public sealed class UnknownEventException(StreamState state, Event? @event)
    : Exception($"Stream {state.Stream} holds an event that this release cannot read: {@event?.GetType().Name}.");
