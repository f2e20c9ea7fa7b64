using DreamPlatform.Domain.Files;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// What of a page may go along: the parts of ISO 32000-1 that paint, member by member. Strings go along nowhere but in
/// colour tables and what is painted; annotations, actions, forms, scripts, attachments, metadata, layers, profiles and
/// structure are not on the list.
/// </summary>
internal static class PdfShapes
{
    private static readonly Dictionary<string, PdfRule> PageMembers = new()
    {
        ["MediaBox"] = Plain,
        ["CropBox"] = Plain,
        ["Rotate"] = Plain,
        ["UserUnit"] = Plain,
        ["Group"] = Members(GroupMembers),
        ["Resources"] = Object(Resources),
        ["Contents"] = PageContent,
    };

    private static Dictionary<string, PdfRule> GroupMembers => new()
    {
        ["S"] = Plain,
        ["CS"] = ColorSpace,
        ["I"] = Plain,
        ["K"] = Plain,
    };

    private static readonly Dictionary<string, PdfRule> ResourceMembers = new()
    {
        ["Font"] = Each(Object(PdfFonts.Font)),
        ["XObject"] = Each(Object(XObject)),
        ["ColorSpace"] = Each(ColorSpace),
        ["ExtGState"] = Each(Members(StateMembers)),
        ["Pattern"] = Each(Object(Pattern)),
        ["Shading"] = Each(Object(Shading)),
    };

    private static Dictionary<string, PdfRule> StateMembers => new()
    {
        ["LW"] = Plain,
        ["LC"] = Plain,
        ["LJ"] = Plain,
        ["ML"] = Plain,
        ["D"] = Plain,
        ["RI"] = Plain,
        ["OP"] = Plain,
        ["op"] = Plain,
        ["OPM"] = Plain,
        ["FL"] = Plain,
        ["SM"] = Plain,
        ["SA"] = Plain,
        ["BM"] = Plain,
        ["CA"] = Plain,
        ["ca"] = Plain,
        ["AIS"] = Plain,
        ["TK"] = Plain,
        ["SMask"] = SoftMask,
        ["Font"] = StateFont,
    };

    private static readonly Dictionary<string, PdfRule> FormMembers = new()
    {
        ["Type"] = Plain,
        ["Subtype"] = Plain,
        ["FormType"] = Plain,
        ["BBox"] = Plain,
        ["Matrix"] = Plain,
        ["Group"] = Members(GroupMembers),
        ["Resources"] = Object(Resources),
    };

    private static readonly Dictionary<string, PdfRule> TilingMembers = new()
    {
        ["PatternType"] = Plain,
        ["PaintType"] = Plain,
        ["TilingType"] = Plain,
        ["BBox"] = Plain,
        ["XStep"] = Plain,
        ["YStep"] = Plain,
        ["Matrix"] = Plain,
        ["Resources"] = Object(Resources),
    };

    private static readonly Dictionary<string, PdfRule> ShadingMembers = new()
    {
        ["ShadingType"] = Plain,
        ["ColorSpace"] = ColorSpace,
        ["Background"] = Plain,
        ["BBox"] = Plain,
        ["AntiAlias"] = Plain,
        ["Function"] = Functions,
        ["Coords"] = Plain,
        ["Domain"] = Plain,
        ["Extend"] = Plain,
        ["Matrix"] = Plain,
        ["BitsPerCoordinate"] = Plain,
        ["BitsPerComponent"] = Plain,
        ["BitsPerFlag"] = Plain,
        ["Decode"] = Plain,
        ["VerticesPerRow"] = Plain,
    };

    private static readonly Dictionary<string, PdfRule> FunctionMembers = new()
    {
        ["FunctionType"] = Plain,
        ["Domain"] = Plain,
        ["Range"] = Plain,
        ["Size"] = Plain,
        ["BitsPerSample"] = Plain,
        ["Order"] = Plain,
        ["Encode"] = Plain,
        ["Decode"] = Plain,
        ["C0"] = Plain,
        ["C1"] = Plain,
        ["N"] = Plain,
        ["Bounds"] = Plain,
        ["Functions"] = Functions,
    };

    /// <summary>A page in the new document, less its parent.</summary>
    public static DictionaryToken Page(PdfCopier copier, DictionaryToken page) => copier.Members(page, PageMembers);

    /// <summary>Numbers, names, truth values and lists of them.</summary>
    public static IToken? Plain(PdfCopier copier, IToken value) => copier.Copy(value, static (copier, it) => it switch
    {
        NumericToken or NameToken or BooleanToken => it,
        ArrayToken list => new ArrayToken(
            [.. list.Data.Select(item => Plain(copier, item) ?? NullToken.Instance)]),
        _ => null,
    });

    public static IToken? ColorSpace(PdfCopier copier, IToken value) => copier.Copy(value, PdfColors.ColorSpace);

    public static IToken? Functions(PdfCopier copier, IToken value) =>
        copier.Resolve(value) is ArrayToken ? Array(Object(Function))(copier, value) : Object(Function)(copier, value);

    public static PdfRule Object(PdfRule rule) => (copier, value) => copier.CopyObject(value, rule);

    public static PdfRule Array(PdfRule rule) => (copier, value) => copier.Copy(value, (_, it) =>
        it is ArrayToken list
            ? new ArrayToken([.. list.Data.Select(item => rule(copier, item) ?? NullToken.Instance)])
            : null);

    public static PdfRule Each(PdfRule rule) => (copier, value) => copier.Copy(value, (_, it) =>
        it is DictionaryToken named ? copier.Named(named, rule) : null);

    public static PdfRule Members(Dictionary<string, PdfRule> rules) => (copier, value) =>
        copier.Copy(value, (_, it) => it is DictionaryToken dictionary ? copier.Members(dictionary, rules) : null);

    public static IToken? Resources(PdfCopier copier, IToken value) =>
        value is DictionaryToken resources ? copier.Members(resources, ResourceMembers) : null;

    /// <summary>The parts of a page's content are one stream in the new document.</summary>
    private static IndirectReferenceToken PageContent(PdfCopier copier, IToken value)
    {
        var given = copier.Resolve(value);
        var parts = given is ArrayToken list ? list.Data.Select(copier.Resolve) : [given];
        using var whole = new MemoryStream();
        foreach (var part in parts.OfType<StreamToken>())
        {
            whole.Write(PdfStreams.Decode(copier, part).Span);
            whole.WriteByte((byte)'\n');
        }

        var content = PdfContent.Clean(whole.ToArray());
        return copier.Writer.Add(PdfStreams.Deflated(DictionaryToken.Empty, content));
    }

    private static IToken? XObject(PdfCopier copier, IToken value) => value is not StreamToken stream ? null
        : (copier.Get(stream.StreamDictionary, "Subtype") as NameToken)?.Data switch
        {
            "Form" => PdfStreams.Content(copier, stream, copier.Members(stream.StreamDictionary, FormMembers)),
            "Image" => PdfImages.Clean(copier, stream),
            _ => throw new UncleanException(new FileContentNotSupported()),
        };

    private static IToken? Pattern(PdfCopier copier, IToken value) => value switch
    {
        StreamToken tiling =>
            PdfStreams.Content(copier, tiling, copier.Members(tiling.StreamDictionary, TilingMembers)),
        DictionaryToken shading => copier.Members(shading, new()
        {
            ["PatternType"] = Plain,
            ["Matrix"] = Plain,
            ["Shading"] = Object(Shading),
            ["ExtGState"] = Members(StateMembers),
        }),
        _ => null,
    };

    private static IToken? Shading(PdfCopier copier, IToken value) => value switch
    {
        StreamToken mesh => PdfStreams.Bytes(copier, mesh, copier.Members(mesh.StreamDictionary, ShadingMembers)),
        DictionaryToken plain => copier.Members(plain, ShadingMembers),
        _ => null,
    };

    private static IToken? Function(PdfCopier copier, IToken value) => value switch
    {
        StreamToken stream when copier.Get(stream.StreamDictionary, "FunctionType") is NumericToken { Int: 4 } =>
            PdfStreams.Deflated(
                copier.Members(stream.StreamDictionary, FunctionMembers),
                PdfContent.CleanCalculator(PdfStreams.Decode(copier, stream).Span)),
        StreamToken samples =>
            PdfStreams.Bytes(copier, samples, copier.Members(samples.StreamDictionary, FunctionMembers)),
        DictionaryToken plain => copier.Members(plain, FunctionMembers),
        NameToken => value,
        _ => null,
    };

    private static IToken? SoftMask(PdfCopier copier, IToken value) =>
        copier.Copy(value, static (copier, it) => it switch
        {
            NameToken => it,
            DictionaryToken mask => copier.Members(mask, new()
            {
                ["S"] = Plain,
                ["G"] = Object(XObject),
                ["BC"] = Plain,
                ["TR"] = Functions,
            }),
            _ => null,
        });

    private static IToken? StateFont(PdfCopier copier, IToken value) => copier.Copy(value, static (copier, it) =>
        it is ArrayToken { Data: [var font, var size] } && copier.CopyObject(font, PdfFonts.Font) is { } copied
            && Plain(copier, size) is { } kept ? new ArrayToken([copied, kept]) : null);
}
