using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>Where the money of a pledge is as a whole.</summary>
public enum PledgePlace
{
    /// <summary>It has not been paid.</summary>
    NotPaid,

    /// <summary>With its wish, or where that spent it.</summary>
    Wish,

    /// <summary>In the pool of a project.</summary>
    Project,

    /// <summary>Gone back to the donor, or on its way.</summary>
    Donor,
}

/// <summary>A donor's share of one item, and what shows that it was spent on it.</summary>
/// <param name="Money">The share, by where it is.</param>
/// <param name="ActualMinor">What was paid for the item, by everybody together; 0 before.</param>
/// <param name="HasProof">Whether the foundation keeps files or a statement that prove the delivery.</param>
public sealed record GivenItem(
    ItemMoney Money, string? Name, DateTimeOffset? OrderedAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ConfirmedAt,
    long ActualMinor, bool HasProof);

/// <summary>How far the wish is that somebody gave to.</summary>
/// <param name="IsCollecting">Whether it takes money now.</param>
public sealed record GivenWish(WishStatus Status, long RaisedMinor, long GoalMinor, bool IsCollecting);

/// <summary>Where the money of a pledge is.</summary>
/// <param name="Wish">Null unless it is with a wish.</param>
/// <param name="Items">The donor's share of each item; adds up to the pledge. Empty unless it is with a wish.</param>
public sealed record GivenMoney(
    PledgePlace Place, string? TargetTitle, GivenWish? Wish, IReadOnlyList<GivenItem> Items);

/// <summary>Where everything is that somebody has paid.</summary>
/// <param name="ArrivedMinor">Paid for what was delivered.</param>
/// <param name="OrderedMinor">Held for what is ordered.</param>
/// <param name="WaitingMinor">In the accounts of wishes, or in the pools of projects.</param>
public sealed record GivenSums(long ArrivedMinor, long OrderedMinor, long WaitingMinor);

/// <summary>What somebody gave in a year of the platform's calendar.</summary>
/// <param name="Payments">How many payments that were.</param>
public sealed record GivenYear(int Year, long GivenMinor, long Payments);

/// <summary>Follows what donors gave.</summary>
public sealed class GivingQueries(JournalReader reader, TextQueries texts, TimeProvider time)
{
    /// <summary>Of how many gifts it is added up where they are: each is shared out over the items of its wish.</summary>
    public const int MaxSummed = 200;

    /// <summary>Where the money of each of some pledges is; at most a page of them.</summary>
    public async Task<IReadOnlyDictionary<PledgeId, GivenMoney>> Of(IReadOnlyCollection<Pledge> pledges)
    {
        var spent = pledges.Where(pledge => PlaceOf(pledge) == PledgePlace.Wish).ToArray();
        var wishes = await Wishes([.. spent.Select(pledge => pledge.Target.Value).Distinct()]);
        var times = await Times([.. wishes.Keys]);
        var names = await texts.Of(
        [
            .. pledges.Select(pledge => pledge.Target.Value)
                .Concat(wishes.Values.SelectMany(it => it.Wish.Items.Select(item => item.Id.Value))).Distinct(),
        ]);
        return pledges.ToDictionary(pledge => pledge.Id, pledge =>
        {
            var (place, title) = (PlaceOf(pledge), names.GetValueOrDefault((pledge.Target.Value, TextField.Title)));
            if (place != PledgePlace.Wish) return new GivenMoney(place, title, null, []);
            var (wish, raisedMinor) = wishes[pledge.Target.Value];
            return new GivenMoney(
                place, title,
                new GivenWish(wish.Status, raisedMinor, wish.GoalMinor, wish.IsCollecting(time.GetUtcNow())),
                Items(wish, pledge.AmountMinor, times, names));
        });
    }

    /// <summary>
    /// Where everything is that a donor has paid: the sum of what each pledge by itself would say. Null for who pledged
    /// more than <see cref="MaxSummed"/> times.
    /// </summary>
    public async Task<GivenSums?> Sums(AccountId donor)
    {
        var pledges = (await reader.Query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM pledges_by_donor WHERE donor_id = @donor LIMIT @limit) gifts",
            row => row.Number(0), ("donor", donor.Value), ("limit", MaxSummed + 1L)))[0];
        if (pledges > MaxSummed) return null;

        var paid = await reader.Query(
            """
            SELECT t.credit, t.amount_minor, COUNT(*)
            FROM pledges_by_donor p JOIN transfers t ON t.resolves = p.pledge_id
            WHERE p.donor_id = @donor AND t.kind = 3 AND t.code = 1 GROUP BY t.credit, t.amount_minor
            """,
            row => (Account: new LedgerAccount(row.Text(0)), AmountMinor: row.Number(1), Times: row.Number(2)),
            ("donor", donor.Value));
        var byTarget = paid.ToLookup(sum => sum.Account.WishId);
        var (arrived, ordered) = (0L, 0L);
        foreach (var (wish, _) in (await Wishes([.. byTarget.Select(sums => sums.Key?.Value).OfType<Guid>()])).Values)
        {
            foreach (var (_, amountMinor, times) in byTarget[wish.Id])
            {
                var shares = Whereabouts.ShareOf(wish, amountMinor);
                arrived += times * shares.Sum(share => share.PaidMinor);
                ordered += times * shares.Sum(share => share.OrderedMinor);
            }
        }

        return new GivenSums(
            arrived, ordered, paid.Sum(sum => sum.Times * sum.AmountMinor) - arrived - ordered);
    }

    /// <summary>What a donor has paid, by year, newest first.</summary>
    public async Task<IReadOnlyList<GivenYear>> Years(AccountId donor)
    {
        // Every year of the calendar begins with an hour, so that there are few rows however much somebody gave.
        var hours = await reader.Query(
            """
            SELECT MIN(t.at_ms), CAST(SUM(t.amount_minor) AS bigint), COUNT(*)
            FROM pledges_by_donor p JOIN transfers t ON t.resolves = p.pledge_id
            WHERE p.donor_id = @donor AND t.kind = 3 AND t.code = 1 GROUP BY t.at_ms / 3600000
            """,
            row => (PlatformCalendar.DayOf(row.Time(0)).Year, AmountMinor: row.Number(1), Payments: row.Number(2)),
            ("donor", donor.Value));
        return
        [
            .. hours.GroupBy(hour => hour.Year)
                .Select(year => new GivenYear(
                    year.Key, year.Sum(hour => hour.AmountMinor), year.Sum(hour => hour.Payments)))
                .OrderByDescending(year => year.Year),
        ];
    }

    private static PledgePlace PlaceOf(Pledge pledge) => pledge.Status switch
    {
        PledgeStatus.Paid => pledge.Target.Kind == StreamKind.Wish ? PledgePlace.Wish : PledgePlace.Project,
        PledgeStatus.Moved => PledgePlace.Project,
        PledgeStatus.Refunding or PledgeStatus.Refunded => PledgePlace.Donor,
        _ => PledgePlace.NotPaid,
    };

    private static IReadOnlyList<GivenItem> Items(
        Wish wish, long amountMinor, IReadOnlyDictionary<(Guid, Type), DateTimeOffset> times,
        IReadOnlyDictionary<(Guid, TextField), string> names)
    {
        DateTimeOffset? At<T>(ItemMoney item) =>
            times.TryGetValue((item.Item.Value, typeof(T)), out var at) ? at : null;
        return
        [
            .. Whereabouts.ShareOf(wish, amountMinor).Zip(wish.Items, (share, item) => new GivenItem(
                share, names.GetValueOrDefault((item.Id.Value, TextField.ItemName)), At<ItemOrdered>(share),
                At<ItemDelivered>(share), At<ItemConfirmed>(share), item.ActualMinor,
                item.DeliveryVersion is not null)),
        ];
    }

    private async Task<IReadOnlyDictionary<Guid, (Wish Wish, long RaisedMinor)>> Wishes(Guid[] ids)
    {
        if (ids.Length == 0) return new Dictionary<Guid, (Wish, long)>();
        var (list, parameters) = In(ids);
        var rows = await reader.Query(
            $"""
            SELECT w.state, COALESCE(a.credits_posted_minor - a.returned_minor, 0)
            FROM wishes w LEFT JOIN accounts a ON a.name = w.account AND a.lane = 0 WHERE w.id IN ({list})
            """,
            row => (Wish: JournalJson.Read<Wish>(row.Text(0)), RaisedMinor: row.Number(1)), parameters);
        return rows.ToDictionary(row => row.Wish.Id.Value);
    }

    /// <summary>When something happened to each item of some wishes, by item and kind of event.</summary>
    private async Task<IReadOnlyDictionary<(Guid, Type), DateTimeOffset>> Times(Guid[] wishes)
    {
        if (wishes.Length == 0) return new Dictionary<(Guid, Type), DateTimeOffset>();
        var (list, parameters) = In(wishes);
        var rows = await reader.Query(
            $"""
            SELECT stream_id, version, name, data, at_ms FROM events
            WHERE stream_id IN ({list}) AND name IN ('item-ordered.v1', 'item-delivered.v1', 'item-confirmed.v1')
            """,
            row => (At: row.Time(4), Event: (ItemEvent)JournalJson.Read(
                new StreamId(StreamKind.Wish, row.Uuid(0)), row.Number(1), row.Text(2), row.Text(3))),
            parameters);
        return rows.ToDictionary(row => (row.Event.Item.Value, row.Event.GetType()), row => row.At);
    }

    private static (string List, (string, object?)[] Parameters) In(Guid[] ids) => (
        string.Join(", ", ids.Select((_, i) => $"@id{i}")), [.. ids.Select((id, i) => ($"id{i}", (object?)id))]);
}
