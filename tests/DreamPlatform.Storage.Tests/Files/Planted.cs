using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace DreamPlatform.Storage.Tests.Files;

/// <summary>Pictures with hidden data planted wherever their formats have room for it.</summary>
public static class Planted
{
    /// <summary>What must never come out again.</summary>
    public const string Secret = "PLANTED-SECRET";

    /// <summary>The kinds of pictures that are taken, as their content types.</summary>
    public static readonly string[] Pictures = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>A picture with red, green, blue and white quarters, in reading order, and nothing hidden.</summary>
    public static byte[] Clean(string contentType, int width = 96, int height = 64)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            Fill(canvas, SKColors.Red, 0, 0, width, height);
            Fill(canvas, SKColors.Lime, width / 2, 0, width, height);
            Fill(canvas, SKColors.Blue, 0, height / 2, width, height);
            Fill(canvas, SKColors.White, width / 2, height / 2, width, height);
        }

        using var pixels = bitmap.PeekPixels()!;
        using var encoded = contentType switch
        {
            "image/jpeg" => pixels.Encode(new SKJpegEncoderOptions(95)),
            "image/png" => pixels.Encode(SKPngEncoderOptions.Default),
            _ => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50)),
        };
        return encoded!.ToArray();
    }

    /// <summary>The same picture with EXIF, GPS, XMP, comments and whatever else the format has room for.</summary>
    public static byte[] With(string contentType, byte[] picture, int orientation = 1) => contentType switch
    {
        "image/jpeg" => Jpeg(picture, orientation),
        "image/png" => Png(picture, orientation),
        _ => WebP(picture, orientation),
    };

    public static byte[] Of(string contentType) => With(contentType, Clean(contentType));

    public static bool IsIn(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> secret = Encoding.ASCII.GetBytes(Secret);
        return content.IndexOf(secret) >= 0 || content.IndexOf(Encoding.BigEndianUnicode.GetBytes(Secret)) >= 0;
    }

    /// <summary>Makes the checksum of a PNG's head right after it was changed.</summary>
    public static void MendPngHead(byte[] png) =>
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));

    private static void Fill(SKCanvas canvas, SKColor colour, int left, int top, int right, int bottom)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = false };
        canvas.DrawRect(SKRect.Create(left, top, right - left, bottom - top), paint);
    }

    private static byte[] Jpeg(byte[] picture, int orientation)
    {
        using var output = new MemoryStream();
        output.Write(picture.AsSpan(0, 2));
        Segment(output, 0xE1, [.. "Exif\0\0"u8, .. Exif(orientation)]);
        Segment(output, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Xmp]);
        Segment(output, 0xED, Encoding.ASCII.GetBytes($"Photoshop 3.0\u00008BIM\u0004\u0004\0\0\0\0\0 {Secret}"));
        Segment(output, 0xEC, Encoding.ASCII.GetBytes(Secret));
        Segment(output, 0xFE, Encoding.ASCII.GetBytes(Secret));
        output.Write(picture.AsSpan(2));
        output.Write(Encoding.ASCII.GetBytes($"<html><script>{Secret}</script>"));
        return output.ToArray();
    }

    private static void Segment(Stream output, byte marker, byte[] data)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(data.Length + 2));
        output.Write(head);
        output.Write(data);
    }

    private static byte[] Png(byte[] picture, int orientation)
    {
        const int AfterHeader = 8 + 25;
        using var output = new MemoryStream();
        output.Write(picture.AsSpan(0, AfterHeader));
        Chunk(output, "tEXt", Encoding.ASCII.GetBytes($"Author\0{Secret}"));
        Chunk(output, "iTXt", Encoding.ASCII.GetBytes($"XML:com.adobe.xmp\0\0\0\0\0{Secret}"));
        Chunk(output, "eXIf", Exif(orientation));
        Chunk(output, "tIME", [7, 234, 1, 2, 3, 4, 5]);
        Chunk(output, "prVt", Encoding.ASCII.GetBytes(Secret));
        output.Write(picture.AsSpan(AfterHeader));
        output.Write(Encoding.ASCII.GetBytes(Secret));
        return output.ToArray();
    }

    private static void Chunk(Stream output, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        output.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var it in data)
        {
            crc ^= it;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }

    /// <summary>The extended form of WebP: a head that announces what is there, and chunks.</summary>
    private static byte[] WebP(byte[] picture, int orientation)
    {
        using var bitmap = SKBitmap.Decode(picture);
        using var chunks = new MemoryStream();
        byte[] head = [0x0C, 0, 0, 0, .. Three(bitmap.Width - 1), .. Three(bitmap.Height - 1)];
        WebPChunk(chunks, "VP8X", head);
        chunks.Write(picture.AsSpan(12));
        WebPChunk(chunks, "EXIF", Exif(orientation));
        WebPChunk(chunks, "XMP ", Xmp);
        WebPChunk(chunks, "SECR", Encoding.ASCII.GetBytes(Secret));
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, (int)chunks.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. chunks.ToArray()];
    }

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static void WebPChunk(Stream output, string type, byte[] data)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, data.Length);
        output.Write(Encoding.ASCII.GetBytes(type));
        output.Write(size);
        output.Write(data);
        if (data.Length % 2 == 1) output.WriteByte(0);
    }

    private static byte[] Xmp => Encoding.ASCII.GetBytes($"<x:xmpmeta><dc:creator>{Secret}</dc:creator></x:xmpmeta>");

    /// <summary>A TIFF directory with the camera's maker, the orientation, and a GPS directory below it.</summary>
    private static byte[] Exif(int orientation)
    {
        const int GpsAt = 8 + 2 + (3 * 12) + 4, TextAt = GpsAt + 2 + 12 + 4;
        var text = Encoding.ASCII.GetBytes($"{Secret}\0");
        var tiff = new byte[TextAt + text.Length];
        "MM\0*\0\0\0\b"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(8), 3);
        Field(tiff, 10, 0x010F, 2, text.Length, TextAt);
        Field(tiff, 22, 0x0112, 3, 1, orientation << 16);
        Field(tiff, 34, 0x8825, 4, 1, GpsAt);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(GpsAt), 1);
        Field(tiff, GpsAt + 2, 0x001B, 7, text.Length, TextAt);
        text.CopyTo(tiff, TextAt);
        return tiff;
    }

    private static void Field(byte[] tiff, int at, ushort tag, ushort type, int count, int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), tag);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at + 2), type);
        BinaryPrimitives.WriteInt32BigEndian(tiff.AsSpan(at + 4), count);
        BinaryPrimitives.WriteInt32BigEndian(tiff.AsSpan(at + 8), value);
    }
}
