using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Pledges;

/// <summary>Keeps what a payment provider sends that fits no pledge at all.</summary>
[StoredAs("gateway")]
public sealed record Gateway(Guid Id) : Owner
{
    public override StreamId Stream => new(StreamKind.Gateway, Id);

    /// <summary>The gateway of a provider's name.</summary>
    public static Gateway Named(string name) => new(Derived.Id($"gateway/{name}"));

    public override Reads Reads(Command command) => Shared.Reads.Nothing;

    public override StreamState Evolve(Event @event) => throw new UnknownEventException(this, @event);

    protected override Decision Rule(Envelope envelope, Facts facts, DateTimeOffset now) => envelope.Command switch
    {
        _ when !envelope.Actor.IsPlatform => new NotFound(),
        RecordPayment { AmountMinor: < 1 } => new AmountOutOfRange(Money.MaxAmountMinor),
        RecordPayment c => PledgeRules.Suspend(c, envelope.Id, SuspenseReason.UnknownPledge, now),
        _ => throw new ArgumentException($"A gateway does not know {envelope.Command.GetType().Name}."),
    };
}
