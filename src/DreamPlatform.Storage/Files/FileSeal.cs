using System.Security.Cryptography;

namespace DreamPlatform.Storage.Files;

/// <summary>
/// Seals the bytes of a file under a key of its own, bound to its id: what was sealed for one file does not open as
/// another.
/// </summary>
public static class FileSeal
{
    private const byte Version = 1;

    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16, Overhead = 1 + NonceBytes + TagBytes;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    public static byte[] Close(ReadOnlySpan<byte> key, Guid id, ReadOnlySpan<byte> content)
    {
        var sealedContent = new byte[Overhead + content.Length];
        sealedContent[0] = Version;
        var (nonce, tag, body) = Parts(sealedContent);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce.Span, content, body.Span, tag.Span, id.ToByteArray(bigEndian: true));
        return sealedContent;
    }

    /// <exception cref="CryptographicException">
    /// It was sealed with another key, for another file, or changed.
    /// </exception>
    public static byte[] Open(ReadOnlySpan<byte> key, Guid id, byte[] sealedContent)
    {
        if (sealedContent.Length < Overhead || sealedContent[0] != Version)
            throw new CryptographicException("This is no sealed file that this release can open.");
        var (nonce, tag, body) = Parts(sealedContent);
        var content = new byte[body.Length];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(nonce.Span, body.Span, tag.Span, content, id.ToByteArray(bigEndian: true));
        return content;
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Body) Parts(byte[] content) => (
        content.AsMemory(1, NonceBytes), content.AsMemory(1 + NonceBytes, TagBytes), content.AsMemory(Overhead));
}
