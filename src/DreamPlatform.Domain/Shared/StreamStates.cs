using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Shared;

/// <summary>The states that streams start from.</summary>
public static class StreamStates
{
    public static StreamState Empty(StreamId id) => id.Kind switch
    {
        StreamKind.Wish => new Wish(new WishId(id.Value)),
        StreamKind.Project => new Project(new ProjectId(id.Value)),
        StreamKind.Donor => new Donor(new AccountId(id.Value)),
        StreamKind.Gateway => new Gateway(id.Value),
        StreamKind.Pledge => new Pledge(new PledgeId(id.Value)),
        StreamKind.Grant or StreamKind.Deposit or StreamKind.Payment => new SingleFact(id),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such kind of stream."),
    };
}

/// <summary>A stream of exactly one event: a grant, a deposit, a payment in suspense.</summary>
[StoredAs("single-fact")]
public sealed record SingleFact(StreamId Id) : StreamState
{
    public Event? Fact { get; init; }

    public override StreamId Stream => Id;

    public override StreamState Evolve(Event @event) => (Id.Kind, @event, Fact) switch
    {
        (StreamKind.Grant, GrantGiven, null) => this with { Fact = @event },
        (StreamKind.Deposit, DepositReceived, null) => this with { Fact = @event },
        (StreamKind.Payment, PaymentSuspended, null) => this with { Fact = @event },
        _ => throw new UnknownEventException(this, @event),
    };
}

/// <summary>
/// Stands in where an id already names a stream of another kind: nothing can be done or created there.
/// </summary>
[StoredAs("taken-id")]
public sealed record TakenId(StreamId Id) : Owner
{
    public override StreamId Stream => Id;

    public override Reads Reads(Command command) => Shared.Reads.Nothing;

    public override Rejection RefusesToHear(Actor actor, Command command) =>
        command is DraftWish or CreateProject ? new IdTaken() : new NotFound();

    public override StreamState Evolve(Event @event) => throw new UnknownEventException(this, @event);

    protected override Decision Rule(Envelope envelope, Facts facts, DateTimeOffset now) =>
        RefusesToHear(envelope.Actor, envelope.Command);
}
