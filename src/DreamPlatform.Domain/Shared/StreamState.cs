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

    /// <summary>The rule: what the command does, or why it is refused. Pure.</summary>
    public abstract Decision Decide(Envelope envelope, Facts facts, DateTimeOffset now);
}

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
