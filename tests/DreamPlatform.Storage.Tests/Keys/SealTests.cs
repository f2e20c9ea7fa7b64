using System.Security.Cryptography;
using DreamPlatform.Storage.Keys;

namespace DreamPlatform.Storage.Tests.Keys;

public sealed class SealTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(Seal.KeyBytes);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void What_is_sealed_opens_with_its_key_in_its_place(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        var closed = Seal.Close(content, Key, "here");

        Assert.Equal(length + Seal.OverheadBytes, closed.Length);
        Assert.Equal(content, Seal.Open(closed, Key, "here"));
    }

    [Fact]
    public void It_opens_with_no_other_key_and_in_no_other_place()
    {
        var closed = Seal.Close("secret"u8, Key, "here");

        Assert.ThrowsAny<CryptographicException>(() => Seal.Open(closed, Key, "there"));
        Assert.ThrowsAny<CryptographicException>(
            () => Seal.Open(closed, RandomNumberGenerator.GetBytes(Seal.KeyBytes), "here"));
    }

    [Fact]
    public void No_bit_of_it_can_be_changed_and_no_byte_left_out()
    {
        var closed = Seal.Close("secret"u8, Key, "here");
        for (var bit = 0; bit < closed.Length * 8; bit++)
        {
            var changed = (byte[])closed.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => Seal.Open(changed, Key, "here"));
        }

        for (var length = 0; length < closed.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => Seal.Open(closed.AsSpan(0, length), Key, "here"));
    }

    [Fact]
    public void The_same_content_is_never_sealed_the_same_way_twice() =>
        Assert.Equal(
            1_000, Enumerable.Range(0, 1_000).Select(_ => Convert.ToHexString(Seal.Close("x"u8, Key, ""))).Distinct().Count());
}
