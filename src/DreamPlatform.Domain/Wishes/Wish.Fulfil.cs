using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>From a funded wish to a fulfilled one, item by item.</summary>
public sealed partial record Wish
{
    private Reads ReadsOf(ItemId id) => new()
    {
        Accounts = [Account, LedgerAccount.Project(Project)],
        Holds = Find(id) is { Status: ItemStatus.Ordered } item ? [item.Order] : [],
    };

    private WishItem? Find(ItemId id) => Items.FirstOrDefault(item => item.Id == id);

    /// <summary>What somebody can do next about an item, by the names of the API's routes.</summary>
    public IReadOnlyList<string> NextFor(ItemId id, Actor actor) =>
        InFulfilment(actor, id) is not null ? [] : Find(id)!.Status switch
        {
            ItemStatus.Planned => ["order", "cancel"],
            ItemStatus.Ordered => ["deliver", "cancel"],
            _ => [],
        };

    /// <summary>Whether a finance officer has to order an item next.</summary>
    public bool AwaitsOrder => IsInFulfilment && Items.Any(item => item.Status == ItemStatus.Planned);

    /// <summary>Whether an item is ordered and not delivered yet.</summary>
    public bool AwaitsDelivery => IsInFulfilment && Items.Any(item => item.Status == ItemStatus.Ordered);

    private bool IsInFulfilment => Status is WishStatus.Funded or WishStatus.Fulfilling;

    private Rejection? InFulfilment(Actor actor, ItemId id)
    {
        if (By(Role.Finance, actor) is { } refused) return refused;
        if (actor.IsPartyWith(Applicant)) return new ReviewerMayNotReviewOwnCase();
        if (Find(id) is null) return new NotFound();
        return IsInFulfilment ? null : new WishNotInFulfilment(Status);
    }

    private Decision Order(OrderItem c, Envelope envelope, DateTimeOffset now)
    {
        if (InFulfilment(envelope.Actor, c.Item) is { } refused) return refused;
        var item = Find(c.Item)!;
        if (item.Status != ItemStatus.Planned) return new ItemNotPlanned(item.Status);
        if (!Money.IsAmount(c.AmountMinor)) return new AmountOutOfRange(Money.MaxAmountMinor);
        if (c.AmountMinor > item.AmountMinor) return new OrderExceedsItem(item.AmountMinor);

        var hold = HoldOf(item with
        {
            Order = PledgeRules.NewTransfer(now, envelope.Id, c.Item.Value),
            Payee = c.Payee,
            OrderedMinor = c.AmountMinor,
        });
        return Accept(new ItemOrdered(c.Item, c.Payee, c.AmountMinor, hold.Id, c.DossierVersion)) with
        {
            Transfers = [hold],
        };
    }

    private Decision Deliver(DeliverItem c, Envelope envelope, DateTimeOffset now)
    {
        if (InFulfilment(envelope.Actor, c.Item) is { } refused) return refused;
        var item = Find(c.Item)!;
        if (item.Status != ItemStatus.Ordered) return new ItemNotOrdered(item.Status);
        if (!Money.IsAmount(c.ActualAmountMinor)) return new AmountOutOfRange(Money.MaxAmountMinor);
        if (c.ActualAmountMinor > item.OrderedMinor) return new DeliveryExceedsOrder(item.OrderedMinor);

        var posted = HoldOf(item).Post(
            PledgeRules.NewTransfer(now, envelope.Id, item.Order.Value), c.ActualAmountMinor);
        return AndDone(new ItemDelivered(c.Item, c.ActualAmountMinor, c.DossierVersion)) with
        {
            Transfers = [posted, .. Leftover(item, item.AmountMinor - c.ActualAmountMinor, envelope.Id, now)],
        };
    }

    private Decision Cancel(CancelItem c, Envelope envelope, DateTimeOffset now)
    {
        if (InFulfilment(envelope.Actor, c.Item) is { } refused) return refused;
        var item = Find(c.Item)!;
        if (!item.IsOpen) return new ItemNotOpen(item.Status);

        Transfer[] released = item.Status == ItemStatus.Ordered
            ? [HoldOf(item).Void(PledgeRules.NewTransfer(now, envelope.Id, item.Order.Value))]
            : [];
        return AndDone(new ItemCancelled(c.Item)) with
        {
            Transfers = [.. released, .. Leftover(item, item.AmountMinor, envelope.Id, now)],
        };
    }

    private Decision Confirm(ConfirmReceipt c, Actor actor)
    {
        if (actor.Principal != Applicant || Find(c.Item) is not { } item) return new NotFound();
        if (Status is not (WishStatus.Fulfilling or WishStatus.Delivered)) return new WishNotInFulfilment(Status);
        if (item.Status != ItemStatus.Delivered) return new ItemNotDelivered(item.Status);
        return AndDone(new ItemConfirmed(c.Item));
    }

    /// <summary>
    /// Adds that the wish is delivered or fulfilled, or that nothing of it is left, when the event makes it so.
    /// </summary>
    private Accepted AndDone(ItemEvent @event)
    {
        var after = (Wish)Evolve(@event);
        if (after.Items.Any(item => item.IsOpen)) return Accept(@event);
        if (after.Items.All(item => item.Status == ItemStatus.Cancelled)) return Accept(@event, new WishCancelled());

        var confirmed = after.Items.All(item => item.Status is ItemStatus.Confirmed or ItemStatus.Cancelled);
        return (confirmed, Status) switch
        {
            (true, WishStatus.Delivered) => Accept(@event, new WishFulfilled()),
            (true, _) => Accept(@event, new WishDelivered(), new WishFulfilled()),
            (false, WishStatus.Delivered) => Accept(@event),
            (false, _) => Accept(@event, new WishDelivered()),
        };
    }

    private Transfer HoldOf(WishItem item) => new(
        item.Order, TransferKind.Pending, TransferCode.Disbursement,
        Account, LedgerAccount.Payee(item.Payee), item.OrderedMinor);

    /// <summary>What an item did not need goes back to the project.</summary>
    private Transfer[] Leftover(WishItem item, long amountMinor, CommandId id, DateTimeOffset now) =>
        amountMinor == 0 ? [] :
        [Direct(TransferCode.Leftover, Account, LedgerAccount.Project(Project), amountMinor, now, id, item.Id.Value)];
}
