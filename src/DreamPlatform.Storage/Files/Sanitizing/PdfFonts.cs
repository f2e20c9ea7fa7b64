using DreamPlatform.Domain.Files;
using UglyToad.PdfPig.Tokens;
using static DreamPlatform.Storage.Files.Sanitizing.PdfShapes;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>What of a font may go along; see <see cref="PdfShapes"/>.</summary>
internal static class PdfFonts
{
    private static readonly string[] Registries = ["Adobe"];

    private static readonly string[] Orderings = ["Identity", "GB1", "CNS1", "Japan1", "Korea1", "KR"];

    private static readonly Dictionary<string, PdfRule> FontMembers = new()
    {
        ["Type"] = Plain,
        ["Subtype"] = Plain,
        ["BaseFont"] = Plain,
        ["FirstChar"] = Plain,
        ["LastChar"] = Plain,
        ["Widths"] = Plain,
        ["FontBBox"] = Plain,
        ["FontMatrix"] = Plain,
        ["DW"] = Plain,
        ["W"] = Plain,
        ["DW2"] = Plain,
        ["W2"] = Plain,
        ["Encoding"] = Encoding,
        ["FontDescriptor"] = Object(Members(DescriptorMembers)),
        ["DescendantFonts"] = Array(Object(Font)),
        ["CIDSystemInfo"] = SystemInfo,
        ["CIDToGIDMap"] = NameOrBytes,
        ["CharProcs"] = Each(Object(Glyph)),
        ["Resources"] = Object(Resources),
    };

    private static Dictionary<string, PdfRule> DescriptorMembers => new()
    {
        ["Type"] = Plain,
        ["FontName"] = Plain,
        ["FontStretch"] = Plain,
        ["FontWeight"] = Plain,
        ["Flags"] = Plain,
        ["FontBBox"] = Plain,
        ["ItalicAngle"] = Plain,
        ["Ascent"] = Plain,
        ["Descent"] = Plain,
        ["Leading"] = Plain,
        ["CapHeight"] = Plain,
        ["XHeight"] = Plain,
        ["StemV"] = Plain,
        ["StemH"] = Plain,
        ["AvgWidth"] = Plain,
        ["MaxWidth"] = Plain,
        ["MissingWidth"] = Plain,
        ["FontFile"] = Object(FontProgram),
        ["FontFile2"] = Object(FontProgram),
        ["FontFile3"] = Object(FontProgram),
    };

    public static IToken? Font(PdfCopier copier, IToken value) =>
        value is DictionaryToken font ? copier.Members(font, FontMembers) : null;

    private static IToken? Glyph(PdfCopier copier, IToken value) =>
        value is StreamToken glyph ? PdfStreams.Content(copier, glyph, DictionaryToken.Empty) : null;

    /// <summary>An encoding that is a program of its own is not understood here.</summary>
    private static IToken? Encoding(PdfCopier copier, IToken value) =>
        copier.Copy(value, static (copier, it) => it switch
        {
            NameToken => it,
            DictionaryToken encoding => copier.Members(encoding, new()
            {
                ["Type"] = Plain,
                ["BaseEncoding"] = Plain,
                ["Differences"] = Plain,
            }),
            _ => throw new UncleanException(new FileContentNotSupported()),
        });

    private static IToken? SystemInfo(PdfCopier copier, IToken value) => copier.Copy(value, static (copier, it) =>
        it is DictionaryToken info
            ? copier.Members(info, new()
            {
                ["Registry"] = OneOf(Registries),
                ["Ordering"] = OneOf(Orderings),
                ["Supplement"] = Plain,
            })
            : null);

    /// <summary>A text that the format needs, but only if it is one of those that it knows.</summary>
    private static PdfRule OneOf(string[] known) => (copier, value) =>
        new StringToken(copier.Resolve(value) is StringToken text && known.Contains(text.Data) ? text.Data : known[0]);

    private static IToken? NameOrBytes(PdfCopier copier, IToken value) => copier.Resolve(value) is NameToken name
        ? name
        : copier.CopyObject(value, static (copier, it) =>
            it is StreamToken map ? PdfStreams.Bytes(copier, map, DictionaryToken.Empty) : null);

    private static IToken? FontProgram(PdfCopier copier, IToken value) => value is StreamToken program
        ? PdfStreams.Bytes(copier, program, copier.Members(program.StreamDictionary, new()
        {
            ["Subtype"] = Plain,
            ["Length1"] = Plain,
            ["Length2"] = Plain,
            ["Length3"] = Plain,
        }))
        : null;
}
