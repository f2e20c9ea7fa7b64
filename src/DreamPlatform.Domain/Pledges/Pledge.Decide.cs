using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Pledges;

/// <summary>What every target does with its pledges; the target itself decides whether it is open for them.</summary>
public static class PledgeRules
{
    public static Reads Reads(LedgerAccount target, PledgeId pledge) => new()
    {
        Streams = [pledge.Stream],
        Accounts = [target],
        Holds = [new TransferId(pledge.Value)],
    };

    public static Decision Place(
        StreamId target, LedgerAccount account, PlacePledge c, Actor donor, Facts facts, DateTimeOffset now)
    {
        if (!Money.IsAmount(c.AmountMinor)) return new AmountOutOfRange(Money.MaxAmountMinor);
        var room = facts.BalanceOf(account).RoomMinor;
        if (c.AmountMinor > room) return new AmountExceedsRemaining(room);

        var placed = new PledgePlaced(
            target, donor.Id, c.AmountMinor, 0, c.Anonymous, c.IfWishFails, c.Gateway, now, now + c.PayWithin);
        var pledge = (Pledge)new Pledge(c.Pledge).Evolve(placed);
        return new Accepted(new Appended(pledge.Stream, placed))
        {
            Transfers = [pledge.Hold],
            Texts = c.Message is { } message ? [new(c.Pledge.Value, TextField.Message, message)] : [],
        };
    }

    /// <summary>Takes the money for the pledge, or keeps it in suspense: it never vanishes.</summary>
    public static Decision Pay(StreamId target, RecordPayment c, Envelope envelope, Facts facts, DateTimeOffset now)
    {
        if (!envelope.Actor.IsPlatform) return new NotFound();
        if (c.AmountMinor < 1) return new AmountOutOfRange(Money.MaxAmountMinor);
        if (facts.Find<Pledge>(c.Pledge.Stream) is not { } pledge || pledge.Target != target) return new NotFound();

        SuspenseReason? misfit =
            pledge.Status != PledgeStatus.Reserved ? SuspenseReason.PledgeNotOpen
            : pledge.AmountMinor != c.AmountMinor ? SuspenseReason.AmountDiffers
            : pledge.Gateway != c.Gateway ? SuspenseReason.GatewayDiffers
            : null;
        if (misfit is { } reason) return Suspend(c, envelope.Id, reason, now);

        return new Accepted(new Appended(pledge.Stream, new PledgePaid(c.PaymentId)))
        {
            Transfers = [pledge.Hold.Post(NewTransfer(now, envelope.Id, c.Pledge.Value), c.AmountMinor)],
        };
    }

    public static Decision Suspend(RecordPayment c, CommandId id, SuspenseReason reason, DateTimeOffset now) =>
        new Accepted(new Appended(
            c.SuspenseStream, new PaymentSuspended(c.Gateway, c.PaymentId, c.Pledge.Value, c.AmountMinor, reason)))
        {
            Transfers =
            [
                new Transfer(
                    NewTransfer(now, id, c.Pledge.Value), TransferKind.Direct, TransferCode.Suspense,
                    LedgerAccount.Clearing(c.Gateway), LedgerAccount.Suspense, c.AmountMinor),
            ],
        };

    public static Decision Cancel(StreamId target, CancelPledge c, Envelope envelope, Facts facts, DateTimeOffset now)
    {
        if (facts.Find<Pledge>(c.Pledge.Stream) is not { } pledge || pledge.Target != target) return new NotFound();
        if (pledge.Donor != envelope.Actor.Id) return new NotFound();
        return Release(pledge, new PledgeCancelled(), envelope.Id, now);
    }

    /// <summary>What the donor wrote beside a pledge is theirs to take back at any time.</summary>
    public static Decision WithdrawMessage(StreamId target, WithdrawMessage c, Actor actor, Facts facts)
    {
        if (facts.Find<Pledge>(c.Pledge.Stream) is not { } pledge || pledge.Target != target) return new NotFound();
        if (pledge.Donor != actor.Id) return new NotFound();
        return new Accepted(new Appended(pledge.Stream, new PledgeMessageWithdrawn()))
        {
            Texts = [new(pledge.Id.Value, TextField.Message, null)],
        };
    }

    public static Decision Lapse(StreamId target, LapsePledge c, Envelope envelope, Facts facts, DateTimeOffset now)
    {
        if (!envelope.Actor.IsPlatform) return new NotFound();
        if (facts.Find<Pledge>(c.Pledge.Stream) is not { } pledge || pledge.Target != target) return new NotFound();
        if (now < pledge.PayBy) return new PledgeNotDue(pledge.PayBy);
        return Release(pledge, new PledgeLapsed(), envelope.Id, now);
    }

    private static Decision Release(Pledge pledge, Event @event, CommandId id, DateTimeOffset now)
    {
        if (pledge.Status != PledgeStatus.Reserved) return new PledgeNotReserved(pledge.Status);
        return new Accepted(new Appended(pledge.Stream, @event))
        {
            Transfers = [pledge.Hold.Void(NewTransfer(now, id, pledge.Id.Value))],
        };
    }

    /// <summary>A transfer id that sorts by time and follows from the command.</summary>
    public static TransferId NewTransfer(DateTimeOffset now, CommandId id, Guid about) =>
        new(Derived.TimeOrderedId(now, id.Value, about));
}
