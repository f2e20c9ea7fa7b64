using CsCheck;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests.Shared;

public sealed class DerivedTests
{
    private static readonly Guid A = Cast.Named("a");
    private static readonly Guid B = Cast.Named("b");

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Long[0, 4_000_000_000_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    [Fact]
    public void A_time_ordered_id_is_a_UUIDv7_of_its_time() =>
        Gen.Select(Instants, Gen.Guid).Sample((at, source) =>
        {
            var id = Derived.TimeOrderedId(at, source);
            Assert.Equal(7, id.Version);
            Assert.Equal(0b10, id.Variant >> 2);
            Assert.Equal(at.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
        });

    [Fact]
    public void Time_ordered_ids_sort_by_time() =>
        Gen.Select(Instants, Gen.Long[1, 1_000_000], Gen.Guid, Gen.Guid).Sample((at, later, one, other) =>
            Assert.True(string.CompareOrdinal(
                Derived.TimeOrderedId(at, one).ToString(),
                Derived.TimeOrderedId(at.AddMilliseconds(later), other).ToString()) < 0));

    [Fact]
    public void The_same_source_gives_the_same_id_and_another_source_another()
    {
        var at = Story.Start;
        Assert.Equal(Derived.TimeOrderedId(at, A, B), Derived.TimeOrderedId(at, A, B));
        Guid[] ids =
        [
            Derived.TimeOrderedId(at, A, B), Derived.TimeOrderedId(at, B, A), Derived.TimeOrderedId(at, A),
            Derived.TimeOrderedId(at, A, A), Derived.TimeOrderedId(at.AddMilliseconds(1), A, B),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void These_ids_are_stored_and_never_change()
    {
        Assert.Equal("019cac0f-2680-7eba-b290-dafb553fb79b", Derived.TimeOrderedId(Story.Start, A, B).ToString());
        Assert.Equal("10e37103-384c-8e99-b3dd-b079461dc0ae", Derived.Id("gateway/sandbox").ToString());
    }

    [Fact]
    public void An_id_of_a_text_is_a_UUIDv8_and_follows_from_the_text() =>
        Gen.String.Sample(text =>
        {
            var id = Derived.Id(text);
            Assert.Equal(8, id.Version);
            Assert.Equal(0b10, id.Variant >> 2);
            Assert.Equal(id, Derived.Id(text));
            Assert.NotEqual(id, Derived.Id(text + "x"));
        });

    [Fact]
    public void A_hash_of_texts_changes_with_every_part_of_them()
    {
        PublishedText text = new(A, TextField.Title, "t");
        string[] hashes =
        [
            Derived.HashOf([]), Derived.HashOf([text]), Derived.HashOf([text with { Subject = B }]),
            Derived.HashOf([text with { Field = TextField.Story }]), Derived.HashOf([text with { Text = "u" }]),
            Derived.HashOf([text, text with { Subject = B }]), Derived.HashOf([text with { Subject = B }, text]),
            Derived.HashOf([text with { Text = "" }]), Derived.HashOf([text with { Text = null }]),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[1], Derived.HashOf([text with { }]));
    }
}
