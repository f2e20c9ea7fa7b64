using System.Security.Cryptography;
using DreamPlatform.Storage.Files;

namespace DreamPlatform.Storage.Tests.Files;

public sealed class FileSealTests
{
    private readonly byte[] key = FileSeal.NewKey();
    private readonly Guid id = Guid.NewGuid();
    private readonly byte[] content = RandomNumberGenerator.GetBytes(5_000);

    [Fact]
    public void What_was_sealed_opens_again() =>
        Assert.Equal(content, FileSeal.Open(key, id, FileSeal.Close(key, id, content)));

    [Fact]
    public void Nothing_of_it_can_be_read_and_no_two_seals_are_alike()
    {
        var text = "a text that is easily found"u8.ToArray();
        var closed = FileSeal.Close(key, id, text);
        Assert.Equal(-1, closed.AsSpan().IndexOf(text.AsSpan(0, 8)));
        Assert.NotEqual(closed, FileSeal.Close(key, id, text));
    }

    [Fact]
    public void Another_key_another_file_or_a_changed_bit_do_not_open()
    {
        var closed = FileSeal.Close(key, id, content);
        Assert.ThrowsAny<CryptographicException>(() => FileSeal.Open(FileSeal.NewKey(), id, closed));
        Assert.ThrowsAny<CryptographicException>(() => FileSeal.Open(key, Guid.NewGuid(), closed));
        foreach (var at in (int[])[0, 1, 13, 29, closed.Length - 1])
        {
            var changed = (byte[])closed.Clone();
            changed[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => FileSeal.Open(key, id, changed));
        }

        Assert.ThrowsAny<CryptographicException>(() => FileSeal.Open(key, id, closed[..20]));
    }
}
