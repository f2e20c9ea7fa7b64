using DreamPlatform.Domain.Files;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// Makes of a PDF a new one that has its pages and, of them, only what paints: everything that is not on the list of
/// <see cref="PdfShapes"/> stays behind, known or not.
/// </summary>
internal static class Documents
{
    private const int MaxTreeDepth = 32, MaxParserDepth = 128;

    private static readonly string[] Inherited = ["Resources", "MediaBox", "CropBox", "Rotate"];

    public static FileCleaned Clean(byte[] content)
    {
        using var document = Open(content);
        if (document.IsEncrypted) throw new UncleanException(new FileEncrypted());
        var copier = new PdfCopier(document.Structure);
        var pages = new List<DictionaryToken>();
        var root = document.Structure.Catalog.CatalogDictionary;
        Collect(copier, copier.Get(root, "Pages"), [], [], pages, depth: 0);
        if (pages.Count == 0) throw new UncleanException(new FileDamaged());
        foreach (var page in pages) copier.Writer.AddPage(PdfShapes.Page(copier, page));
        var written = copier.Writer.Finish();
        return new FileCleaned(
            new FileDescription(FileKinds.ContentTypeOf(FileKind.Pdf), written.Length, Pages: pages.Count), written);
    }

    private static PdfDocument Open(byte[] content)
    {
        try
        {
            return PdfDocument.Open(
                content, new ParsingOptions { UseLenientParsing = true, MaxStackDepth = MaxParserDepth });
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new UncleanException(new FileEncrypted());
        }
    }

    /// <summary>Lists the pages of a tree, each with what it inherits.</summary>
    private static void Collect(
        PdfCopier copier, IToken? node, Dictionary<string, IToken> inherited, HashSet<IToken> above,
        List<DictionaryToken> pages, int depth)
    {
        if (node is not DictionaryToken dictionary) return;
        if (depth > MaxTreeDepth || !above.Add(dictionary)) throw new UncleanException(new FileDamaged());
        var handedOn = new Dictionary<string, IToken>(inherited);
        foreach (var name in Inherited)
            if (dictionary.Data.TryGetValue(name, out var value)) handedOn[name] = value;
        if (copier.Get(dictionary, "Kids") is ArrayToken kids)
        {
            foreach (var kid in kids.Data) Collect(copier, copier.Resolve(kid), handedOn, above, pages, depth + 1);
        }
        else
        {
            pages.Add(handedOn.Aggregate(dictionary, (page, pair) => page.With(pair.Key, pair.Value)));
            if (pages.Count > FileLimits.MaxPages) throw new UncleanException(new FileTooManyPages());
        }

        above.Remove(dictionary);
    }
}
