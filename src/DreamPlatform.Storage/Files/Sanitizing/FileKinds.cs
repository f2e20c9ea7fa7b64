namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>The kinds of files that are taken.</summary>
internal enum FileKind
{
    Jpeg,
    Png,
    WebP,
    Pdf,
}

/// <summary>Tells a file's kind by how its content begins; names and declared types are not asked.</summary>
internal static class FileKinds
{
    public static FileKind? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileKind.Jpeg
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]) ? FileKind.Png
        : content.StartsWith("RIFF"u8) && content.Length >= 12 && content[8..].StartsWith("WEBP"u8) ? FileKind.WebP
        : content.StartsWith("%PDF-"u8) ? FileKind.Pdf
        : null;

    public static string ContentTypeOf(FileKind kind) => kind switch
    {
        FileKind.Jpeg => "image/jpeg",
        FileKind.Png => "image/png",
        FileKind.WebP => "image/webp",
        _ => "application/pdf",
    };
}
