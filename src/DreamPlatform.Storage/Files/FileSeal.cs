using System.Security.Cryptography;
using DreamPlatform.Domain.Files;

namespace DreamPlatform.Storage.Files;

/// <summary>
/// Seals the bytes of a file under a key of its own, bound to its id: what was sealed for one file does not open as
/// another, nor a small version as the full one. The small version comes after the full one.
/// </summary>
public static class FileSeal
{
    private const byte Version = 1;

    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16, Overhead = 1 + NonceBytes + TagBytes;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>A clean file with its small version, if it has one.</summary>
    public static byte[] Close(ReadOnlySpan<byte> key, Guid id, FileCleaned clean)
    {
        var full = Close(key, id, clean.Content.Span);
        return clean.Small.IsEmpty ? full : [.. full, .. Close(key, id, clean.Small.Span, FileSize.Small)];
    }

    /// <summary>Where a version is in what is sealed; null for all of it.</summary>
    public static (int Start, int Bytes)? PartOf(FileDescription description, FileSize size) =>
        description.Small is not { } small ? null
        : size == FileSize.Small ? (Overhead + description.Bytes, Overhead + small.Bytes)
        : (0, Overhead + description.Bytes);

    public static byte[] Close(
        ReadOnlySpan<byte> key, Guid id, ReadOnlySpan<byte> content, FileSize size = FileSize.Full)
    {
        var sealedContent = new byte[Overhead + content.Length];
        sealedContent[0] = Version;
        var (nonce, tag, body) = Parts(sealedContent);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce.Span, content, body.Span, tag.Span, BoundTo(id, size));
        return sealedContent;
    }

    /// <exception cref="CryptographicException">
    /// It was sealed with another key, for another file, for another version of it, or changed.
    /// </exception>
    public static byte[] Open(ReadOnlySpan<byte> key, Guid id, byte[] sealedContent, FileSize size = FileSize.Full)
    {
        if (sealedContent.Length < Overhead || sealedContent[0] != Version)
            throw new CryptographicException("This is no sealed file that this release can open.");
        var (nonce, tag, body) = Parts(sealedContent);
        var content = new byte[body.Length];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(nonce.Span, body.Span, tag.Span, content, BoundTo(id, size));
        return content;
    }

    private static byte[] BoundTo(Guid id, FileSize size) =>
        size == FileSize.Full ? id.ToByteArray(bigEndian: true) : [.. id.ToByteArray(bigEndian: true), (byte)size];

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Body) Parts(byte[] content) => (
        content.AsMemory(1, NonceBytes), content.AsMemory(1 + NonceBytes, TagBytes), content.AsMemory(Overhead));
}
