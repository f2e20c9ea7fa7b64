using System.Text.Json.Serialization;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Pledges;

/// <summary>Where a pledge is on its way.</summary>
public enum PledgeStatus
{
    [JsonStringEnumMemberName("Reserved")] Reserved = 1,
    [JsonStringEnumMemberName("Paid")] Paid,
    [JsonStringEnumMemberName("Refunding")] Refunding,
    [JsonStringEnumMemberName("Refunded")] Refunded,
    [JsonStringEnumMemberName("Moved")] Moved,
    [JsonStringEnumMemberName("Lapsed")] Lapsed,
    [JsonStringEnumMemberName("Cancelled")] Cancelled,
}

/// <summary>What the donor wants done with the money if the wish fails.</summary>
public enum IfWishFails
{
    [JsonStringEnumMemberName("refund")] Refund = 1,
    [JsonStringEnumMemberName("move")] Move,
}

/// <summary>A donor's promise of an amount to a wish or to a project. Its target's owner decides for it.</summary>
[StoredAs("pledge")]
public sealed record Pledge(PledgeId Id) : StreamState
{
    public PledgeStatus Status { get; init; }

    /// <summary>The wish or project that the money is for.</summary>
    public StreamId Target { get; init; }

    public AccountId Donor { get; init; }

    public long AmountMinor { get; init; }

    public long MatchMinor { get; init; }

    public bool Anonymous { get; init; }

    public IfWishFails IfWishFails { get; init; }

    /// <summary>The payment provider that is to bring the money.</summary>
    public string Gateway { get; init; } = "";

    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>Unpaid at this time, it lapses.</summary>
    public DateTimeOffset PayBy { get; init; }

    public override StreamId Stream => Id.Stream;

    public override Due? Due =>
        Status == PledgeStatus.Reserved ? new Due(DueKind.PledgeLapse, PayBy, Id.Value, Target) : null;

    public override IReadOnlyList<Telling> Tells(Event @event) => @event switch
    {
        PledgePaid => [new Telling(Donor, Topic.PledgePaid)],
        PledgeLapsed => [new Telling(Donor, Topic.PledgeLapsed)],
        _ => [],
    };

    /// <summary>Whether it still holds or has brought money for its target, and so counts there.</summary>
    public bool Stands => Status is PledgeStatus.Reserved or PledgeStatus.Paid;

    /// <summary>The transfer that reserves its amount; it has the pledge's own id.</summary>
    public Transfer Hold => new(
        new TransferId(Id.Value), TransferKind.Pending, TransferCode.Pledge,
        LedgerAccount.Clearing(Gateway), new LedgerAccount(Target.ToString()), AmountMinor);

    public override StreamState Evolve(Event @event) => @event switch
    {
        PledgePlaced e => this with
        {
            Status = PledgeStatus.Reserved,
            Target = e.Target,
            Donor = e.Donor,
            AmountMinor = e.AmountMinor,
            MatchMinor = e.MatchMinor,
            Anonymous = e.Anonymous,
            IfWishFails = e.IfWishFails,
            Gateway = e.Gateway,
            PlacedAt = e.PlacedAt,
            PayBy = e.PayBy,
        },
        PledgePaid => this with { Status = PledgeStatus.Paid },
        PledgeLapsed => this with { Status = PledgeStatus.Lapsed },
        PledgeCancelled => this with { Status = PledgeStatus.Cancelled },
        PledgeMessageWithdrawn => this,
        _ => throw new UnknownEventException(this, @event),
    };
}
