using System.Numerics;
using CsCheck;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests.Shared;

public sealed class MoneyTests
{
    private static readonly Gen<(long[] Parts, long Total)> Rescaling =
        Gen.Select(
            Gen.OneOf(Gen.Long[0, 20], Gen.Long[0, Money.MaxAmountMinor], Gen.Long[0, long.MaxValue]).Array[1, 20],
            Gen.OneOf(Gen.Long[0, 50], Gen.Long[0, Money.MaxAmountMinor], Gen.Long[0, long.MaxValue]))
        .Where(pair => pair.Item1.Any(part => part > 0));

    [Fact]
    public void Rescaled_parts_add_up_exactly_and_each_is_within_one_of_its_share() =>
        Rescaling.Sample(
            given =>
            {
                var (parts, total) = given;
                var scaled = Money.Rescale(parts, total);
                Assert.Equal(parts.Length, scaled.Count);
                Assert.Equal(total, Sum(scaled));

                var sum = Sum(parts);
                for (var i = 0; i < parts.Length; i++)
                {
                    // |scaled - part * total / sum| < 1, without a division.
                    var off = ((BigInteger)scaled[i] * sum) - ((BigInteger)parts[i] * total);
                    Assert.True(BigInteger.Abs(off) < sum);
                    Assert.True(scaled[i] >= 0);
                }
            },
            iter: 5_000);

    [Fact]
    public void A_larger_part_never_gets_less_and_of_equal_parts_the_earlier_gets_no_less() =>
        Rescaling.Sample(
            given =>
            {
                var scaled = Money.Rescale(given.Parts, given.Total);
                for (var i = 0; i < scaled.Count; i++)
                    for (var j = 0; j < scaled.Count; j++)
                        if (given.Parts[i] > given.Parts[j] || (given.Parts[i] == given.Parts[j] && i < j))
                            Assert.True(scaled[i] >= scaled[j]);
            },
            iter: 2_000);

    [Fact]
    public void Rescaling_to_the_same_sum_changes_nothing() =>
        Gen.Long[1, Money.MaxAmountMinor].Array[1, 20].Sample(
            parts => Assert.Equal(parts, Money.Rescale(parts, parts.Sum())), iter: 1_000);

    [Theory]
    [InlineData(new long[] { 1, 1, 1 }, 100, new long[] { 34, 33, 33 })]
    [InlineData(new long[] { 1, 1, 1 }, 2, new long[] { 1, 1, 0 })]
    [InlineData(new long[] { 600, 300, 100 }, 800, new long[] { 480, 240, 80 })]
    [InlineData(new long[] { 1, 2, 4 }, 10, new long[] { 1, 3, 6 })]
    [InlineData(new long[] { 0, 5 }, 3, new long[] { 0, 3 })]
    [InlineData(new long[] { 7 }, 0, new long[] { 0 })]
    public void What_rounding_leaves_goes_to_who_lost_most_the_earlier_first(long[] parts, long total, long[] scaled) =>
        Assert.Equal(scaled, Money.Rescale(parts, total));

    [Fact]
    public void Nothing_cannot_be_rescaled()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.Rescale([], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.Rescale([0, 0], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.Rescale([1], -1));
    }

    [Theory]
    [InlineData(long.MinValue, false)]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_000_000_000, true)]
    [InlineData(1_000_000_001, false)]
    [InlineData(long.MaxValue, false)]
    public void An_amount_is_from_one_to_a_thousand_million(long amountMinor, bool isAmount) =>
        Assert.Equal(isAmount, Money.IsAmount(amountMinor));

    private static Int128 Sum(IEnumerable<long> parts) => parts.Aggregate((Int128)0, (sum, part) => sum + part);
}
