using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>Where money of a wish comes from.</summary>
public enum FlowSourceKind
{
    /// <summary>One donor, or one gift of somebody who shows no name.</summary>
    Donor,

    /// <summary>All other donors together.</summary>
    OtherDonors,
    Grant,
    Match,
}

/// <summary>One source of a wish's money, as everybody may see it.</summary>
/// <param name="Name">The name a donor shows; null for all else.</param>
/// <param name="Gifts">How many paid pledges, grants or matches it stands for.</param>
public sealed record FlowSource(FlowSourceKind Kind, string? Name, long AmountMinor, long Gifts);

/// <summary>An item that money flows into.</summary>
public sealed record FlowItem(ItemMoney Money, string? Name, int Quantity);

/// <summary>
/// The way of money through a wish. What came in, by source, is what went back to who gave it, is in its account, is
/// held for payees, was paid to them, or was left over for the project.
/// </summary>
/// <param name="PromisedMinor">Pledged and not paid yet; no part of the rest.</param>
public sealed record WishFlow(
    WishId Wish, ProjectId Project, long GoalMinor, IReadOnlyList<FlowSource> Sources, long PromisedMinor,
    long ReceivedMinor, long ReturnedMinor, long WaitingMinor, long HeldMinor, long PaidMinor, long LeftOverMinor,
    IReadOnlyList<FlowItem> Items);

/// <summary>Reads the way of money through a wish off its account.</summary>
public sealed class FlowQueries(JournalReader reader, WishQueries wishes, TextQueries texts)
{
    /// <summary>The largest gifts are shown by themselves, the others together.</summary>
    private const int MaxGifts = 20;

    /// <summary>Null for a wish that is not published.</summary>
    public async Task<WishFlow?> Of(Guid id)
    {
        if (await wishes.Find(id) is not { Wish.IsPublished: true } row) return null;
        var (wish, balance) = (row.Wish, row.Balance);
        var sums = await Sums(wish.Account);
        var names = await texts.Of([.. wish.Items.Select(item => item.Id.Value)]);
        var leftOver = sums.Where(sum => sum.IsOut && sum.Code == TransferCode.Leftover).Sum(sum => sum.AmountMinor);
        return new WishFlow(
            wish.Id, wish.Project, wish.GoalMinor,
            [.. await Donors(wish.Account, sums), .. Others(sums)],
            balance.CreditsPendingMinor, balance.CreditsPostedMinor, balance.ReturnedMinor, balance.AvailableMinor,
            balance.DebitsPendingMinor, balance.DebitsPostedMinor - balance.ReturnedMinor - leftOver, leftOver,
            [
                .. Whereabouts.Of(wish).Zip(wish.Items, (money, item) => new FlowItem(
                    money, names.GetValueOrDefault((item.Id.Value, TextField.ItemName)), item.Quantity)),
            ]);
    }

    private Task<IReadOnlyList<Sum>> Sums(LedgerAccount account) => reader.Query(
        """
        SELECT code, 0, COUNT(*), CAST(SUM(amount_minor) AS bigint) FROM transfers
        WHERE credit = @account AND kind IN (1, 3) GROUP BY code
        UNION ALL
        SELECT code, 1, COUNT(*), CAST(SUM(amount_minor) AS bigint) FROM transfers
        WHERE debit = @account AND kind IN (1, 3) GROUP BY code
        """,
        row => new Sum((TransferCode)row.Code(0), row.Code(1) == 1, row.Number(2), row.Number(3)),
        ("account", account.Value));

    private static IEnumerable<FlowSource> Others(IEnumerable<Sum> sums) =>
        from sum in sums
        where !sum.IsOut && sum.Code is (TransferCode.Grant or TransferCode.Match)
        select new FlowSource(
            sum.Code == TransferCode.Grant ? FlowSourceKind.Grant : FlowSourceKind.Match, null, sum.AmountMinor,
            sum.Count);

    private async Task<IReadOnlyList<FlowSource>> Donors(LedgerAccount account, IEnumerable<Sum> sums)
    {
        var gifts = await reader.Query(
            """
            SELECT t.amount_minor, e.data FROM (
              SELECT id, resolves, amount_minor FROM transfers
              WHERE credit = @account AND kind = 3 AND code = 1 ORDER BY amount_minor DESC, id LIMIT @limit) t
            JOIN events e ON e.stream_id = t.resolves AND e.version = 1
            ORDER BY t.amount_minor DESC, t.id
            """,
            row => (AmountMinor: row.Number(0), Placed: JournalJson.Read<PledgePlaced>(row.Text(1))),
            ("account", account.Value), ("limit", MaxGifts));
        var named = await texts.Of(
            [.. gifts.Where(gift => !gift.Placed.Anonymous).Select(gift => gift.Placed.Donor.Value).Distinct()]);
        string? NameOf(PledgePlaced placed) =>
            placed.Anonymous ? null : named.GetValueOrDefault((placed.Donor.Value, TextField.DisplayName));

        var shown = gifts.Select((gift, i) => (gift.AmountMinor, gift.Placed.Donor, Name: NameOf(gift.Placed), i))
            // Gifts without a name stay apart: that several are of one person is nobody's business.
            .GroupBy(gift => gift.Name is null ? (default, gift.i) : (gift.Donor, -1))
            .Select(donor => new FlowSource(
                FlowSourceKind.Donor, donor.First().Name, donor.Sum(gift => gift.AmountMinor), donor.Count()))
            .OrderByDescending(source => source.AmountMinor).ToList();
        var all = sums.SingleOrDefault(sum => !sum.IsOut && sum.Code == TransferCode.Pledge);
        if (all.Count > gifts.Count)
            shown.Add(new FlowSource(
                FlowSourceKind.OtherDonors, null, all.AmountMinor - gifts.Sum(gift => gift.AmountMinor),
                all.Count - gifts.Count));
        return shown;
    }

    private readonly record struct Sum(TransferCode Code, bool IsOut, long Count, long AmountMinor);
}
