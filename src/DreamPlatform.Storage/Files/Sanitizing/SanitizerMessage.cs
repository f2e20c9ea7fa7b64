using System.Buffers.Binary;
using System.Text.Json;
using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// What the child tells its parent: a length, a head in JSON, the content that is left, and its small version.
/// </summary>
/// <param name="Refused">The code of the rejection; null when it is clean.</param>
internal sealed record SanitizerMessage(
    string? Refused, string? ContentType = null, int? Pages = null, int? Width = null, int? Height = null,
    SmallPicture? Small = null)
{
    /// <summary>The most bytes that a child may answer.</summary>
    public const int MaxBytes = MaxHeadBytes + FileLimits.MaxKeptBytes + FileLimits.MaxSmallBytes;

    private const int LengthBytes = 4, MaxHeadBytes = 1_024;

    private static readonly Dictionary<string, Rejection> Rejections = new Rejection[]
    {
        new FileTooLarge(), new FileKindNotSupported(), new FileDamaged(), new FileEncrypted(),
        new FileContentNotSupported(), new FileTooManyPixels(), new FileTooManyPages(), new FileTooComplex(),
    }.ToDictionary(rejection => rejection.Code);

    public static void Write(Stream output, FileAnswer answer)
    {
        var cleaned = answer as FileCleaned;
        var head = JsonSerializer.SerializeToUtf8Bytes(new SanitizerMessage(
            (answer as FileRefused)?.Rejection.Code, cleaned?.Description.ContentType, cleaned?.Description.Pages,
            cleaned?.Description.Width, cleaned?.Description.Height, cleaned?.Description.Small));
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt32BigEndian(length, head.Length);
        output.Write(length);
        output.Write(head);
        if (cleaned is not null)
        {
            output.Write(cleaned.Content.Span);
            output.Write(cleaned.Small.Span);
        }

        output.Flush();
    }

    /// <summary>Reads an answer with as little trust as any other input; null if it is none.</summary>
    public static FileAnswer? Read(ReadOnlyMemory<byte> answer)
    {
        if (answer.Length < LengthBytes) return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(answer.Span);
        if (length is < 0 or > MaxHeadBytes || length > answer.Length - LengthBytes) return null;
        try
        {
            var head = JsonSerializer.Deserialize<SanitizerMessage>(answer.Span.Slice(LengthBytes, length));
            return head?.ToAnswer(answer[(LengthBytes + length)..]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private FileAnswer? ToAnswer(ReadOnlyMemory<byte> content)
    {
        if (Refused is not null) return Rejections.GetValueOrDefault(Refused) is { } it ? new FileRefused(it) : null;
        if (Small is { Bytes: <= 0 or > FileLimits.MaxSmallBytes }) return null;
        var bytes = content.Length - (Small?.Bytes ?? 0);
        if (bytes is <= 0 or > FileLimits.MaxKeptBytes || !IsOfKind(content[..bytes])
            || (Small is not null && !IsOfKind(content[bytes..]))) return null;
        return new FileCleaned(
            new FileDescription(ContentType!, bytes, Pages, Width, Height) { Small = Small }, content[..bytes])
        {
            Small = content[bytes..],
        };
    }

    private bool IsOfKind(ReadOnlyMemory<byte> content) =>
        FileKinds.Of(content.Span) is { } kind && FileKinds.ContentTypeOf(kind) == ContentType;
}
