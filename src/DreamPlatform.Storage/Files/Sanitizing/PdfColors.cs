using DreamPlatform.Domain.Files;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// Colour spaces without profiles: a profile has texts, and what it describes is close to a device's own.
/// </summary>
internal static class PdfColors
{
    public static IToken? ColorSpace(PdfCopier copier, IToken value) => value switch
    {
        NameToken => value,
        ArrayToken { Data.Count: > 0 } list when copier.Resolve(list[0]) is NameToken family =>
            Space(copier, family, list),
        _ => null,
    };

    private static IToken? Space(PdfCopier copier, NameToken family, ArrayToken list) => family.Data switch
    {
        "ICCBased" => Device(copier, copier.Resolve(At(list, 1))),
        "CalGray" or "CalRGB" or "Lab" => new ArrayToken([family, Numbers(copier, At(list, 1))]),
        "Indexed" or "I" => new ArrayToken(
        [
            family, PdfShapes.ColorSpace(copier, At(list, 1)) ?? NullToken.Instance,
            PdfShapes.Plain(copier, At(list, 2)) ?? NullToken.Instance, Table(copier, At(list, 3)),
        ]),
        "Separation" or "DeviceN" => new ArrayToken(
        [
            family, PdfShapes.Plain(copier, At(list, 1)) ?? NullToken.Instance,
            PdfShapes.ColorSpace(copier, At(list, 2)) ?? NullToken.Instance,
            PdfShapes.Functions(copier, At(list, 3)) ?? NullToken.Instance,
        ]),
        "Pattern" when list.Length > 1 => new ArrayToken(
            [family, PdfShapes.ColorSpace(copier, At(list, 1)) ?? NullToken.Instance]),
        "DeviceGray" or "DeviceRGB" or "DeviceCMYK" or "G" or "RGB" or "CMYK" or "Pattern" => family,
        _ => throw new UncleanException(new FileContentNotSupported()),
    };

    private static NameToken Device(PdfCopier copier, IToken? profile) =>
        NameToken.Create((profile is StreamToken stream
            ? copier.Get(stream.StreamDictionary, "N") as NumericToken
            : null)?.Int switch
        {
            1 => "DeviceGray",
            3 => "DeviceRGB",
            4 => "DeviceCMYK",
            _ => throw new UncleanException(new FileContentNotSupported()),
        });

    private static DictionaryToken Numbers(PdfCopier copier, IToken value) =>
        copier.Resolve(value) is DictionaryToken numbers
            ? copier.Members(numbers, new()
            {
                ["WhitePoint"] = PdfShapes.Plain, ["BlackPoint"] = PdfShapes.Plain, ["Gamma"] = PdfShapes.Plain,
                ["Matrix"] = PdfShapes.Plain, ["Range"] = PdfShapes.Plain,
            })
            : DictionaryToken.Empty;

    /// <summary>A table of colours, of which there are 256 with 4 components at most.</summary>
    private static HexToken Table(PdfCopier copier, IToken value)
    {
        const int MaxTable = 256 * 32;
        var table = copier.Resolve(value) switch
        {
            StringToken text => text.GetBytes(),
            HexToken hex => hex.Bytes.ToArray(),
            StreamToken stream => PdfStreams.Decode(copier, stream).ToArray(),
            _ => [],
        };
        return new HexToken(Convert.ToHexString(table.AsSpan(0, Math.Min(table.Length, MaxTable))));
    }

    private static IToken At(ArrayToken list, int index) => index < list.Length ? list[index] : NullToken.Instance;
}
