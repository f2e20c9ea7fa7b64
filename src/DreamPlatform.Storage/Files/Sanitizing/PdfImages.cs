using DreamPlatform.Domain.Files;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>Pictures within a document.</summary>
internal static class PdfImages
{
    private static readonly Dictionary<string, PdfRule> Members = new()
    {
        ["Type"] = PdfShapes.Plain, ["Subtype"] = PdfShapes.Plain, ["Width"] = PdfShapes.Plain,
        ["Height"] = PdfShapes.Plain, ["ColorSpace"] = PdfShapes.ColorSpace, ["BitsPerComponent"] = PdfShapes.Plain,
        ["Intent"] = PdfShapes.Plain, ["ImageMask"] = PdfShapes.Plain, ["Decode"] = PdfShapes.Plain,
        ["Interpolate"] = PdfShapes.Plain, ["Matte"] = PdfShapes.Plain, ["SMask"] = Mask, ["Mask"] = Mask,
    };

    public static StreamToken Clean(PdfCopier copier, StreamToken image)
    {
        RefuseTooLarge(copier, image.StreamDictionary);
        var members = copier.Members(image.StreamDictionary, Members);
        var filters = PdfStreams.Filters(copier, image);
        return filters switch
        {
            [.., "DCTDecode" or "DCT"] => Jpeg(members, PdfStreams.Decode(copier, image, filters.Count - 1)),
            ["FlateDecode" or "Fl"] => Flat(copier, image, members),
            _ => PdfStreams.Bytes(copier, image, members),
        };
    }

    /// <summary>A JPEG is written anew as it would be by itself.</summary>
    private static StreamToken Jpeg(DictionaryToken members, ReadOnlyMemory<byte> jpeg)
    {
        var (content, width, height, _) = Pictures.CleanJpeg(jpeg.ToArray());
        return PdfStreams.Written(
            members.With("Width", new NumericToken(width)).With("Height", new NumericToken(height)), content,
            "DCTDecode");
    }

    /// <summary>
    /// Rows that were prepared for compression stay so: undone, many scans would grow past every limit.
    /// </summary>
    private static StreamToken Flat(PdfCopier copier, StreamToken image, DictionaryToken members)
    {
        var parameters = PdfStreams.Parameters(copier, image, 1).Single();
        if (parameters.Data.Count == 0) return PdfStreams.Bytes(copier, image, members);
        var kept = copier.Members(parameters, new()
        {
            ["Predictor"] = PdfShapes.Plain, ["Colors"] = PdfShapes.Plain, ["BitsPerComponent"] = PdfShapes.Plain,
            ["Columns"] = PdfShapes.Plain,
        });
        var bare = new StreamToken(image.StreamDictionary.Without("DecodeParms").Without("DP"), image.Data);
        return PdfStreams.Bytes(copier, bare, members.With("DecodeParms", kept));
    }

    private static IToken? Mask(PdfCopier copier, IToken value) => copier.Resolve(value) is StreamToken
        ? copier.CopyObject(value, static (copier, mask) => Clean(copier, (StreamToken)mask))
        : PdfShapes.Plain(copier, value);

    private static void RefuseTooLarge(PdfCopier copier, DictionaryToken image)
    {
        var (width, height) = (Side(copier, image, "Width"), Side(copier, image, "Height"));
        if (width > FileLimits.MaxSide || height > FileLimits.MaxSide || width * height > FileLimits.MaxPixels)
            throw new UncleanException(new FileTooManyPixels());
    }

    private static double Side(PdfCopier copier, DictionaryToken image, string name) =>
        (copier.Get(image, name) as NumericToken)?.Double is >= 1 and var side
            ? side
            : throw new UncleanException(new FileDamaged());
}
