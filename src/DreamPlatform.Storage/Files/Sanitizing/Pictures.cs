using DreamPlatform.Domain.Files;
using SkiaSharp;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// Writes pictures anew from their pixels alone, upright and not larger than is needed to look at them. Colours are
/// turned into sRGB, so that no profile has to go along.
/// </summary>
internal static class Pictures
{
    private const int Quality = 85;

    public static FileCleaned Clean(byte[] content, FileKind kind)
    {
        using var codec = Open(content, kind);
        using var decoded = Decode(codec, SKColorType.Rgba8888, SKColorSpace.CreateSrgb());
        using var upright = Upright(decoded, codec.EncodedOrigin, FileLimits.KeptSide);
        var written = Encode(upright, kind);
        var description = new FileDescription(
            FileKinds.ContentTypeOf(kind), written.Length, Width: upright.Width, Height: upright.Height);
        if (Math.Max(upright.Width, upright.Height) <= FileLimits.SmallSide) return new FileCleaned(description, written);
        using var small = Upright(upright, SKEncodedOrigin.TopLeft, FileLimits.SmallSide);
        var writtenSmall = Encode(small, kind);
        return new FileCleaned(
            description with { Small = new SmallPicture(writtenSmall.Length, small.Width, small.Height) }, written)
        {
            Small = writtenSmall,
        };
    }

    /// <summary>
    /// A JPEG within a document: as it is, not turned, with its own number of components, but not larger than needed.
    /// </summary>
    public static (byte[] Content, int Width, int Height, bool IsGray) CleanJpeg(byte[] content)
    {
        using var codec = Open(content, FileKind.Jpeg);
        var isGray = JpegHead.ComponentsOf(content) switch
        {
            1 => true,
            3 => false,
            _ => throw new UncleanException(new FileContentNotSupported()),
        };
        using var decoded = Decode(codec, isGray ? SKColorType.Gray8 : SKColorType.Rgba8888, colors: null);
        using var scaled = Upright(decoded, SKEncodedOrigin.TopLeft, FileLimits.KeptSide);
        return (Encode(scaled, FileKind.Jpeg), scaled.Width, scaled.Height, isGray);
    }

    private static SKCodec Open(byte[] content, FileKind kind)
    {
        var codec = SKCodec.Create(SKData.CreateCopy(content)) ?? throw new UncleanException(new FileDamaged());
        if (codec.EncodedFormat != FormatOf(kind)) throw new UncleanException(new FileDamaged());
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width > FileLimits.MaxSide || height > FileLimits.MaxSide || (long)width * height > FileLimits.MaxPixels)
            throw new UncleanException(new FileTooManyPixels());
        return codec;
    }

    /// <summary>Only a JPEG can be made smaller while it is decoded, which spares most of the work.</summary>
    private static SKBitmap Decode(SKCodec codec, SKColorType type, SKColorSpace? colors)
    {
        var size = codec.Info.Size;
        var scaled = codec.GetScaledDimensions((float)FileLimits.KeptSide / Math.Max(size.Width, size.Height));
        if (Math.Max(scaled.Width, scaled.Height) >= FileLimits.KeptSide) size = scaled;
        var alpha = codec.Info.IsOpaque || type == SKColorType.Gray8 ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, type, alpha, colors)))
            throw new UncleanException(new FileTooComplex());
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
            throw new UncleanException(new FileDamaged());
        return bitmap;
    }

    private static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin, int longerSide)
    {
        var scale = Math.Min(1f, (float)longerSide / Math.Max(picture.Width, picture.Height));
        var turned = Turn(origin, picture.Width, picture.Height);
        var (width, height) = IsOnItsSide(origin)
            ? (picture.Height, picture.Width)
            : (picture.Width, picture.Height);
        var info = new SKImageInfo(
            Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)),
            picture.ColorType, picture.AlphaType);
        var upright = new SKBitmap();
        if (!upright.TryAllocPixels(info)) throw new UncleanException(new FileTooComplex());
        using var canvas = new SKCanvas(upright);
        // Without a profile on either side the canvas changes no colour.
        using var pixels = new SKPixmap(picture.Info.WithColorSpace(null), picture.GetPixels());
        using var image = SKImage.FromPixels(pixels);
        canvas.Clear(SKColors.Transparent);
        canvas.Concat(turned.PostConcat(SKMatrix.CreateScale((float)info.Width / width, (float)info.Height / height)));
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return upright;
    }

    private static byte[] Encode(SKBitmap picture, FileKind kind)
    {
        using var pixels = picture.PeekPixels();
        using var written = kind switch
        {
            FileKind.Jpeg => pixels.Encode(new SKJpegEncoderOptions(Quality)),
            FileKind.Png => pixels.Encode(SKPngEncoderOptions.Default),
            _ => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, Quality)),
        };
        return written?.ToArray() ?? throw new UncleanException(new FileTooComplex());
    }

    private static SKEncodedImageFormat FormatOf(FileKind kind) => kind switch
    {
        FileKind.Jpeg => SKEncodedImageFormat.Jpeg,
        FileKind.Png => SKEncodedImageFormat.Png,
        _ => SKEncodedImageFormat.Webp,
    };

    private static bool IsOnItsSide(SKEncodedOrigin origin) => origin is
        SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
        or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>What turns the stored pixels upright: their first row and column are where the origin says.</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}

/// <summary>Reads of a JPEG what its decoder does not tell.</summary>
internal static class JpegHead
{
    /// <summary>The number of colour components in its frame header; 0 when there is none.</summary>
    public static int ComponentsOf(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 9 < jpeg.Length && jpeg[at] == 0xFF;)
        {
            var marker = jpeg[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            // C4, C8 and CC are no frames although their numbers lie among them (ITU-T T.81, table B.1).
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return jpeg[at + 9];
            at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
        }

        return 0;
    }
}
