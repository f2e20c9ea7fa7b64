using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>
/// What the platform should do, said again in the simplest way: whole numbers in dictionaries, no events, no ledger,
/// no database. Answers each command with the code of its outcome.
/// </summary>
internal sealed class Model
{
    public const string Accepted = "accepted", Failed = "failed";

    public Dictionary<StreamId, WishModel> Wishes { get; } = [];

    public Dictionary<StreamId, ProjectModel> Projects { get; } = [];

    public Dictionary<PledgeId, PledgeModel> Pledges { get; } = [];

    public long SuspenseMinor { get; private set; }

    public string Decide(StreamId owner, Actor actor, Command command, DateTimeOffset now) => command switch
    {
        PlacePledge c => Place(owner, actor, c, now),
        RecordPayment c => Pay(owner, c),
        CancelPledge c => Release(owner, c.Pledge, pledge => pledge.Donor == actor.Id ? null : "not-found"),
        LapsePledge c => Release(owner, c.Pledge, pledge => now < pledge.PayBy ? "pledge-not-due" : null),
        GrantToWish c => Grant(Wishes[owner], c),
        DepositToProject c => Deposit(Projects[owner], c),
        CloseProject when Projects.TryGetValue(owner, out var project) => Close(project),
        OrderItem c => Order(Wishes[owner], c),
        DeliverItem c => Deliver(Wishes[owner], c),
        CancelItem c => Cancel(Wishes[owner], c),
        ConfirmReceipt c => Confirm(Wishes[owner], c),
        ShowDonorName => Accepted,
        _ => Failed,
    };

    private string Place(StreamId owner, Actor donor, PlacePledge c, DateTimeOffset now)
    {
        if (Wishes.TryGetValue(owner, out var wish))
        {
            if (wish.Status != WishStatus.Funding) return "wish-not-open-for-pledges";
            if (c.AmountMinor > wish.RoomMinor) return "amount-exceeds-remaining";
            wish.HeldMinor += c.AmountMinor;
        }
        else if (!Projects[owner].IsOpen) return "project-not-open";
        else Projects[owner].HeldMinor += c.AmountMinor;

        Pledges[c.Pledge] = new PledgeModel(owner, donor.Id, c.AmountMinor, now + c.PayWithin);
        return Accepted;
    }

    private string Pay(StreamId owner, RecordPayment c)
    {
        if (owner.Kind == StreamKind.Gateway) return Suspend(c);
        if (!Pledges.TryGetValue(c.Pledge, out var pledge) || pledge.Target != owner) return "not-found";
        if (pledge.Status != PledgeStatus.Reserved || pledge.AmountMinor != c.AmountMinor || c.Gateway != "sandbox")
            return Suspend(c);

        pledge.Status = PledgeStatus.Paid;
        Hold(owner, -c.AmountMinor);
        if (Wishes.TryGetValue(owner, out var wish)) wish.Raise(c.AmountMinor);
        else Projects[owner].AvailableMinor += c.AmountMinor;
        return Accepted;
    }

    private string Suspend(RecordPayment c)
    {
        SuspenseMinor += c.AmountMinor;
        return Accepted;
    }

    private string Release(StreamId owner, PledgeId id, Func<PledgeModel, string?> refuses)
    {
        if (!Pledges.TryGetValue(id, out var pledge) || pledge.Target != owner) return "not-found";
        if (refuses(pledge) is { } code) return code;
        if (pledge.Status != PledgeStatus.Reserved) return "pledge-not-reserved";
        pledge.Status = PledgeStatus.Cancelled;
        Hold(owner, -pledge.AmountMinor);
        return Accepted;
    }

    private void Hold(StreamId owner, long amountMinor)
    {
        if (Wishes.TryGetValue(owner, out var wish)) wish.HeldMinor += amountMinor;
        else Projects[owner].HeldMinor += amountMinor;
    }

    private string Grant(WishModel wish, GrantToWish c)
    {
        if (c.Project != wish.Project) return "wish-of-another-project";
        var project = Projects[c.Project.Stream];
        if (wish.Status != WishStatus.Funding) return "wish-not-open-for-pledges";
        if (c.AmountMinor > wish.RoomMinor) return "amount-exceeds-remaining";
        if (c.AmountMinor > project.AvailableMinor) return "grant-exceeds-project-balance";
        project.AvailableMinor -= c.AmountMinor;
        wish.Raise(c.AmountMinor);
        return Accepted;
    }

    private static string Deposit(ProjectModel project, DepositToProject c)
    {
        project.AvailableMinor += c.AmountMinor;
        return Accepted;
    }

    private static string Close(ProjectModel project)
    {
        if (!project.IsOpen) return "project-closed";
        project.IsOpen = false;
        return Accepted;
    }

    private static string Order(WishModel wish, OrderItem c)
    {
        if (wish.Status is not (WishStatus.Funded or WishStatus.Fulfilling)) return "wish-not-in-fulfilment";
        var item = wish.Items[c.Item];
        if (item.Status != ItemStatus.Planned) return "item-not-planned";
        if (c.AmountMinor > item.AmountMinor) return "order-exceeds-item";
        (item.Status, item.OrderedMinor, wish.Status) = (ItemStatus.Ordered, c.AmountMinor, WishStatus.Fulfilling);
        return Accepted;
    }

    private string Deliver(WishModel wish, DeliverItem c)
    {
        if (wish.Status is not (WishStatus.Funded or WishStatus.Fulfilling)) return "wish-not-in-fulfilment";
        var item = wish.Items[c.Item];
        if (item.Status != ItemStatus.Ordered) return "item-not-ordered";
        if (c.ActualAmountMinor > item.OrderedMinor) return "delivery-exceeds-order";
        item.Status = ItemStatus.Delivered;
        Projects[wish.Project.Stream].AvailableMinor += item.AmountMinor - c.ActualAmountMinor;
        wish.PaidOutMinor += item.AmountMinor;
        wish.Settle();
        return Accepted;
    }

    private string Cancel(WishModel wish, CancelItem c)
    {
        if (wish.Status is not (WishStatus.Funded or WishStatus.Fulfilling)) return "wish-not-in-fulfilment";
        var item = wish.Items[c.Item];
        if (item.Status is not (ItemStatus.Planned or ItemStatus.Ordered)) return "item-not-open";
        (item.Status, wish.Status) = (ItemStatus.Cancelled, WishStatus.Fulfilling);
        Projects[wish.Project.Stream].AvailableMinor += item.AmountMinor;
        wish.PaidOutMinor += item.AmountMinor;
        wish.Settle();
        return Accepted;
    }

    private static string Confirm(WishModel wish, ConfirmReceipt c)
    {
        if (wish.Status is not (WishStatus.Fulfilling or WishStatus.Delivered)) return "wish-not-in-fulfilment";
        var item = wish.Items[c.Item];
        if (item.Status != ItemStatus.Delivered) return "item-not-delivered";
        item.Status = ItemStatus.Confirmed;
        wish.Settle();
        return Accepted;
    }
}

internal sealed class WishModel(ProjectId project, long goalMinor, IEnumerable<ItemId> items)
{
    public ProjectId Project { get; } = project;

    public WishStatus Status { get; set; } = WishStatus.Funding;

    public long RaisedMinor { get; private set; }

    public long HeldMinor { get; set; }

    public long PaidOutMinor { get; set; }

    public long RoomMinor => goalMinor - RaisedMinor - HeldMinor;

    public Dictionary<ItemId, ItemModel> Items { get; } =
        items.ToDictionary(id => id, _ => new ItemModel(goalMinor / items.Count()));

    public void Raise(long amountMinor)
    {
        RaisedMinor += amountMinor;
        if (RaisedMinor == goalMinor) Status = WishStatus.Funded;
    }

    public void Settle()
    {
        var left = Items.Values.Select(item => item.Status).Where(status => status != ItemStatus.Cancelled).ToArray();
        if (left.Any(status => status is ItemStatus.Planned or ItemStatus.Ordered)) return;
        Status = left.Length == 0 ? WishStatus.Cancelled
            : left.All(status => status == ItemStatus.Confirmed) ? WishStatus.Fulfilled
            : WishStatus.Delivered;
    }
}

internal sealed class ItemModel(long amountMinor)
{
    public long AmountMinor { get; } = amountMinor;

    public long OrderedMinor { get; set; }

    public ItemStatus Status { get; set; } = ItemStatus.Planned;
}

internal sealed class ProjectModel(long availableMinor)
{
    public bool IsOpen { get; set; } = true;

    public long AvailableMinor { get; set; } = availableMinor;

    public long HeldMinor { get; set; }
}

internal sealed class PledgeModel(StreamId target, AccountId donor, long amountMinor, DateTimeOffset payBy)
{
    public StreamId Target { get; } = target;

    public AccountId Donor { get; } = donor;

    public long AmountMinor { get; } = amountMinor;

    public DateTimeOffset PayBy { get; } = payBy;

    public PledgeStatus Status { get; set; } = PledgeStatus.Reserved;
}
