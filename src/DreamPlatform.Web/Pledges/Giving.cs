using DreamPlatform.Domain.Pledges;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Payments;

namespace DreamPlatform.Web.Pledges;

/// <summary>Where the money of a pledge is now.</summary>
/// <param name="Place">not-paid, wish, project (its pool) or donor (gone back).</param>
/// <param name="TargetTitle">The title of the wish, or the name of the project; null when it is not published.</param>
/// <param name="Wish">How far the wish is; null elsewhere.</param>
/// <param name="Items">My share of each item of the wish; together they are the pledge. Empty elsewhere.</param>
public sealed record WhereView(
    string Place, string? TargetTitle, GivenWishView? Wish, IReadOnlyList<GivenItemView> Items)
{
    internal static WhereView Of(GivenMoney money) => new(
        money.Place switch
        {
            PledgePlace.NotPaid => "not-paid",
            PledgePlace.Wish => "wish",
            PledgePlace.Project => "project",
            PledgePlace.Donor => "donor",
            _ => throw new ArgumentOutOfRangeException(nameof(money), money.Place, null),
        },
        money.TargetTitle, money.Wish is { } wish ? GivenWishView.Of(wish) : null,
        [.. money.Items.Select(GivenItemView.Of)]);
}

/// <summary>How far a wish is.</summary>
/// <param name="PaidMinor">Received, grants included.</param>
/// <param name="IsCollecting">Whether it takes money now.</param>
public sealed record GivenWishView(string Status, long PaidMinor, long GoalMinor, bool IsCollecting)
{
    internal static GivenWishView Of(GivenWish wish) =>
        new(Names.Of(wish.Status), wish.RaisedMinor, wish.GoalMinor, wish.IsCollecting);
}

/// <summary>My share of one item: in proportion to what I gave, and exact to the minor unit in all.</summary>
/// <param name="WaitingMinor">Waits in the account of the wish.</param>
/// <param name="OrderedMinor">Held for the payee.</param>
/// <param name="PaidMinor">Paid for what was delivered.</param>
/// <param name="LeftOverMinor">Not needed, or of a cancelled item: went back to the pool of the project.</param>
/// <param name="ActualAmountMinor">What was paid for the item, by everybody together; 0 before it is delivered.</param>
/// <param name="HasProof">Whether the foundation keeps what proves the delivery.</param>
public sealed record GivenItemView(
    Guid ItemId, string? Name, string Status, long AmountMinor, long WaitingMinor, long OrderedMinor, long PaidMinor,
    long LeftOverMinor, DateTimeOffset? OrderedAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ConfirmedAt,
    long ActualAmountMinor, bool HasProof)
{
    internal static GivenItemView Of(GivenItem item) => new(
        item.Money.Item.Value, item.Name, Names.Of(item.Money.Status), item.Money.TotalMinor, item.Money.WaitingMinor,
        item.Money.OrderedMinor, item.Money.PaidMinor, item.Money.LeftOverMinor, item.OrderedAt, item.DeliveredAt,
        item.ConfirmedAt, item.ActualMinor, item.HasProof);
}

/// <summary>What I gave, by year, and where all of it is now; that only for who pledged at most 200 times.</summary>
/// <param name="ArrivedMinor">Paid for what was delivered.</param>
/// <param name="OrderedMinor">Held for what is ordered.</param>
/// <param name="WaitingMinor">In the accounts of wishes, or in the pools of projects.</param>
public sealed record GivingView(
    string Currency, IReadOnlyList<GivenYearView> Years, long? ArrivedMinor, long? OrderedMinor, long? WaitingMinor);

/// <param name="Year">In China's time zone.</param>
/// <param name="GivenMinor">Paid in it.</param>
public sealed record GivenYearView(int Year, long GivenMinor, long Payments);

/// <summary>Follows a donor's money for them.</summary>
public sealed class Giving(GivingQueries giving, JournalOptions journal, PaymentGateways gateways)
{
    /// <summary>Pledges with where their money is.</summary>
    public async Task<IReadOnlyList<PledgeView>> Show(IReadOnlyCollection<Pledge> pledges)
    {
        var money = await giving.Of(pledges);
        return
        [
            .. pledges.Select(pledge => PledgeView.Of(pledge, journal.Currency, gateways) with
            {
                Where = WhereView.Of(money[pledge.Id]),
            }),
        ];
    }

    /// <summary>What I have paid, by year, newest first, and where all of it is now.</summary>
    internal static async Task<IResult> Years(Caller caller, GivingQueries giving, JournalOptions journal)
    {
        var sums = await giving.Sums(caller.Id);
        return TypedResults.Ok(new GivingView(
            journal.Currency,
            [
                .. (await giving.Years(caller.Id))
                    .Select(year => new GivenYearView(year.Year, year.GivenMinor, year.Payments)),
            ],
            sums?.ArrivedMinor, sums?.OrderedMinor, sums?.WaitingMinor));
    }
}
