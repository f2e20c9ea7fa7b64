using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DreamPlatform.Domain.Shared;

/// <summary>Ids and hashes that follow from what they are about, so that a repeat comes to the same.</summary>
public static class Derived
{
    /// <summary>
    /// A UUID that sorts by time like any UUIDv7 (RFC 9562, 5.7) but whose random part is a hash of its source.
    /// </summary>
    public static Guid TimeOrderedId(DateTimeOffset at, params ReadOnlySpan<Guid> source)
    {
        Span<byte> bytes = stackalloc byte[16 * source.Length];
        for (var i = 0; i < source.Length; i++)
            source[i].TryWriteBytes(bytes[(16 * i)..], bigEndian: true, out _);
        return Stamp(at.ToUnixTimeMilliseconds(), SHA256.HashData(bytes));
    }

    /// <summary>The time in a UUIDv7: its first 48 bits (RFC 9562, 5.7), which reach beyond our calendar.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(
            BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }

    /// <summary>A UUID that is a hash of a text alone (version 8, RFC 9562, 5.8).</summary>
    public static Guid Id(string source)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(source));
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>The hash by which an event refers to texts that were published with it.</summary>
    public static string HashOf(IEnumerable<PublishedText> texts)
    {
        var canonical = string.Join('\u001e', texts.Select(
            t => $"{t.Subject}\u001f{(short)t.Field}\u001f{t.Text?.Length ?? -1}\u001f{t.Text}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static Guid Stamp(long unixMs, byte[] hash)
    {
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, unixMs);
        time[2..].CopyTo(hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x70);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
