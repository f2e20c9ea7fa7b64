using System.IO.Compression;
using DreamPlatform.Domain.Files;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>Reads what streams hold and writes it anew: what lies beside or behind their data is left behind.</summary>
internal static class PdfStreams
{
    /// <summary>The most bytes of one stream, so that a small file cannot become a large one.</summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    private static readonly string[] Opaque = ["DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "Crypt"];

    /// <summary>A stream that paints: a form, a pattern, a glyph.</summary>
    public static StreamToken Content(PdfCopier copier, StreamToken stream, DictionaryToken members) =>
        Deflated(members, PdfContent.Clean(Decode(copier, stream).Span));

    /// <summary>A stream of bytes that are no text, such as a font program.</summary>
    public static StreamToken Bytes(PdfCopier copier, StreamToken stream, DictionaryToken members) =>
        Deflated(members, Decode(copier, stream).Span);

    public static StreamToken Deflated(DictionaryToken members, ReadOnlySpan<byte> data) =>
        Written(members, Deflate(data), "FlateDecode");

    /// <summary>A stream whose data is as the filter named wants it.</summary>
    public static StreamToken Written(DictionaryToken members, byte[] data, string filter) =>
        new(members.With("Filter", NameToken.Create(filter)).With("Length", new NumericToken(data.Length)), data);

    /// <summary>What a stream holds, all of its filters undone.</summary>
    public static ReadOnlyMemory<byte> Decode(PdfCopier copier, StreamToken stream) =>
        Decode(copier, stream, Filters(copier, stream).Count);

    /// <summary>What a stream holds after the first filters.</summary>
    public static ReadOnlyMemory<byte> Decode(PdfCopier copier, StreamToken stream, int filters)
    {
        var names = Filters(copier, stream);
        if (names.Take(filters).Any(Opaque.Contains)) throw new UncleanException(new FileContentNotSupported());
        var parameters = new DictionaryToken(new Dictionary<NameToken, IToken>
        {
            [NameToken.Filter] = new ArrayToken([.. names.Select(NameToken.Create)]),
            [NameToken.DecodeParms] = new ArrayToken([.. Parameters(copier, stream, names.Count)]),
            [NameToken.Width] = Number(copier, stream, "Width"),
            [NameToken.Height] = Number(copier, stream, "Height"),
        });
        var decoders = DefaultFilterProvider.Instance.GetFilters(parameters);
        var data = stream.Data;
        for (var i = 0; i < filters; i++)
        {
            data = decoders[i].Decode(data, parameters, DefaultFilterProvider.Instance, i);
            if (data.Length > MaxBytes) throw new UncleanException(new FileTooComplex());
        }

        return data;
    }

    public static IReadOnlyList<string> Filters(PdfCopier copier, StreamToken stream) =>
        (copier.Get(stream.StreamDictionary, "Filter") ?? copier.Get(stream.StreamDictionary, "F")) switch
        {
            NameToken one => [one.Data],
            ArrayToken { Length: <= 4 } several =>
                [.. several.Data.Select(it => (copier.Resolve(it) as NameToken)?.Data ?? "")],
            null => [],
            _ => throw new UncleanException(new FileContentNotSupported()),
        };

    /// <summary>The parameters of each filter, resolved, and nothing but numbers and truth values.</summary>
    public static IEnumerable<DictionaryToken> Parameters(PdfCopier copier, StreamToken stream, int count)
    {
        var given = copier.Get(stream.StreamDictionary, "DecodeParms") ?? copier.Get(stream.StreamDictionary, "DP");
        for (var i = 0; i < count; i++)
        {
            var one = given is ArrayToken list
                ? i < list.Length ? copier.Resolve(list[i]) : null
                : i == 0 ? given : null;
            yield return one is DictionaryToken parameters
                ? new DictionaryToken(parameters.Data
                    .Select(pair => (pair.Key, Value: copier.Resolve(pair.Value)))
                    .Where(pair => pair.Value is NumericToken or BooleanToken)
                    .ToDictionary(pair => NameToken.Create(pair.Key), pair => pair.Value!))
                : DictionaryToken.Empty;
        }
    }

    private static NumericToken Number(PdfCopier copier, StreamToken stream, string name) =>
        copier.Get(stream.StreamDictionary, name) as NumericToken ?? NumericToken.Zero;

    private static byte[] Deflate(ReadOnlySpan<byte> data)
    {
        using var deflated = new MemoryStream();
        using (var zlib = new ZLibStream(deflated, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(data);
        return deflated.ToArray();
    }
}
