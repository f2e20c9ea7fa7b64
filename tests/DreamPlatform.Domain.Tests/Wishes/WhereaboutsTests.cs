using CsCheck;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>Whose share of a wish's money is where.</summary>
public sealed class WhereaboutsTests
{
    private static readonly Gen<WishItem> Item =
        from status in Gen.Int[1, 5].Select(value => (ItemStatus)value)
        from amount in Gen.Frequency((9, Gen.Long[1, 2_000]), (1, Gen.Long[1, Money.MaxAmountMinor]))
        from ordered in Gen.Long[1, amount]
        from actual in Gen.Long[1, ordered]
        select new WishItem(
            new ItemId(Guid.CreateVersion7()), 1, amount, status, status == ItemStatus.Ordered ? ordered : 0,
            status is ItemStatus.Delivered or ItemStatus.Confirmed ? actual : 0);

    [Fact]
    public void Every_share_adds_up_exactly_and_is_in_proportion_to_within_one_minor_unit() =>
        Gen.Select(Item.Array[1, 20], Gen.Long[1, Money.MaxAmountMinor]).Sample((items, given) =>
        {
            var wish = new Wish(new WishId(Guid.Empty)) { Items = [.. items] };
            var goal = items.Sum(item => item.AmountMinor);
            var amount = Math.Min(given, goal);
            var (whole, share) = (Parts(Whereabouts.Of(wish)), Parts(Whereabouts.ShareOf(wish, amount)));

            Assert.Equal(goal, whole.Sum());
            Assert.Equal(amount, share.Sum());
            foreach (var (part, mine) in whole.Zip(share))
                Assert.True(Int128.Abs(((Int128)mine * goal) - ((Int128)part * amount)) < goal, $"{mine} of {part}");
            Assert.Equal(whole, Parts(Whereabouts.ShareOf(wish, goal)));
        });

    [Fact]
    public void Several_givers_together_differ_from_the_whole_by_less_than_a_unit_for_each() =>
        Gen.Select(Item.Array[1, 5], Gen.Long[1, 500].Array[1, 20]).Sample((items, gifts) =>
        {
            var wish = new Wish(new WishId(Guid.Empty)) { Items = [.. items] };
            var goal = items.Sum(item => item.AmountMinor);
            var shares = gifts.Select(gift => Parts(Whereabouts.ShareOf(wish, gift))).ToArray();

            foreach (var (part, i) in Parts(Whereabouts.Of(wish)).Select((part, i) => (part, i)))
            {
                var exact = (Int128)part * gifts.Sum();
                Assert.True(
                    Int128.Abs(((Int128)shares.Sum(share => share[i]) * goal) - exact) < (Int128)gifts.Length * goal);
            }
        });

    [Fact]
    public void A_wish_without_items_has_nothing_to_share() =>
        Assert.Empty(Whereabouts.ShareOf(new Wish(new WishId(Guid.Empty)), 100));

    private static long[] Parts(IEnumerable<ItemMoney> items) =>
    [
        .. items.SelectMany(item =>
            new[] { item.WaitingMinor, item.OrderedMinor, item.PaidMinor, item.LeftOverMinor }),
    ];
}
