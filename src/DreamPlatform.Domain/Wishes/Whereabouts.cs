using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>
/// Where money that is for one item is. Adds up to what the item has, or to somebody's share of that.
/// </summary>
/// <param name="WaitingMinor">In the account of the wish, not ordered for.</param>
/// <param name="OrderedMinor">Held for the payee.</param>
/// <param name="PaidMinor">Paid for what was delivered.</param>
/// <param name="LeftOverMinor">Not needed; gone to the pool of the project.</param>
public sealed record ItemMoney(
    ItemId Item, ItemStatus Status, long WaitingMinor, long OrderedMinor, long PaidMinor, long LeftOverMinor)
{
    public long TotalMinor => WaitingMinor + OrderedMinor + PaidMinor + LeftOverMinor;
}

/// <summary>
/// Where the money of a wish is, and which part of it is whose. Money has no marks: everybody who gave has a share of
/// everything, in proportion to what they gave, by largest remainder. A share adds up exactly; what several givers have
/// in one item may differ from what it has by a minor unit for each of them.
/// </summary>
public static class Whereabouts
{
    /// <summary>By item, in the order of the wish: what each has, once the wish is funded.</summary>
    public static IReadOnlyList<ItemMoney> Of(Wish wish) => [.. wish.Items.Select(Of)];

    /// <summary>The part of it that an amount makes, which was given to the wish.</summary>
    public static IReadOnlyList<ItemMoney> ShareOf(Wish wish, long amountMinor)
    {
        var whole = Of(wish);
        if (whole.All(item => item.TotalMinor == 0)) return [];
        var parts = Money.Rescale(
            [
                .. whole.SelectMany(item =>
                    new[] { item.WaitingMinor, item.OrderedMinor, item.PaidMinor, item.LeftOverMinor }),
            ],
            amountMinor);
        return
        [
            .. whole.Select((item, i) => item with
            {
                WaitingMinor = parts[4 * i],
                OrderedMinor = parts[(4 * i) + 1],
                PaidMinor = parts[(4 * i) + 2],
                LeftOverMinor = parts[(4 * i) + 3],
            }),
        ];
    }

    private static ItemMoney Of(WishItem item) => item.Status switch
    {
        ItemStatus.Planned => new(item.Id, item.Status, item.AmountMinor, 0, 0, 0),
        ItemStatus.Ordered =>
            new(item.Id, item.Status, item.AmountMinor - item.OrderedMinor, item.OrderedMinor, 0, 0),
        ItemStatus.Delivered or ItemStatus.Confirmed =>
            new(item.Id, item.Status, 0, 0, item.ActualMinor, item.AmountMinor - item.ActualMinor),
        ItemStatus.Cancelled => new(item.Id, item.Status, 0, 0, 0, item.AmountMinor),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Status, null),
    };
}
