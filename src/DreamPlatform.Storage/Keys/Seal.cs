using System.Security.Cryptography;
using System.Text;

namespace DreamPlatform.Storage.Keys;

/// <summary>
/// AES-256-GCM with a random nonce (NIST SP 800-38D, 8.2.2: at most 2^32 messages under one key, which no person and no
/// platform comes near). What is sealed opens only with the same key, in the place it was sealed for.
/// </summary>
public static class Seal
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Bytes by which sealing makes a content longer.</summary>
    public const int OverheadBytes = NonceBytes + TagBytes;

    private const int NonceBytes = 12, TagBytes = 16;

    /// <param name="place">Where the content belongs; sealed in, so that it cannot be moved.</param>
    public static byte[] Close(ReadOnlySpan<byte> content, ReadOnlySpan<byte> key, string place)
    {
        var closed = new byte[OverheadBytes + content.Length];
        var nonce = closed.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            nonce, content, closed.AsSpan(OverheadBytes), closed.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(place));
        return closed;
    }

    /// <exception cref="CryptographicException">Another key, another place, or the content was changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> closed, ReadOnlySpan<byte> key, string place)
    {
        if (closed.Length < OverheadBytes) throw new CryptographicException("Too short to have been sealed.");
        var content = new byte[closed.Length - OverheadBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(
            closed[..NonceBytes], closed[OverheadBytes..], closed[NonceBytes..OverheadBytes], content,
            Encoding.UTF8.GetBytes(place));
        return content;
    }
}
