using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Tests.Files;

/// <summary>Takes a file apart to see what is in it, knowing nothing of how it was written.</summary>
public static class Parts
{
    /// <summary>The only parts that a picture without metadata has.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        // JFIF's head, tables, frame, scan, restart interval, end.
        ["image/jpeg"] = ["E0", "DB", "C0", "C1", "C2", "C4", "DA", "DD", "D9"],
        ["image/png"] = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "sBIT"],
        ["image/webp"] = ["VP8 ", "VP8L", "VP8X", "ALPH"],
    };

    /// <summary>What a document without metadata may have in its dictionaries; asserted by what it may not.</summary>
    private static readonly string[] ForbiddenNames =
    [
        "Metadata", "Info", "PieceInfo", "AA", "OpenAction", "JavaScript", "JS", "Launch", "URI", "Annots", "AcroForm",
        "XFA", "EmbeddedFiles", "EmbeddedFile", "AF", "Names", "Thumb", "LastModified", "StructTreeRoot", "StructParents",
        "StructParent", "MarkInfo", "Outlines", "Dests", "ViewerPreferences", "Lang", "Alternates", "OPI", "Ref", "ID",
        "Producer", "Creator", "Author", "CreationDate", "ModDate", "Properties", "OCProperties", "OC", "Collection",
        "Perms", "Legal", "Requirements", "SpiderInfo", "PageLabels", "Threads", "B", "Dur", "Trans", "Tabs", "VP", "Alt",
        "ActualText", "E", "ToUnicode", "ICCBased", "Encrypt",
    ];

    /// <summary>Fails if a file has a part that could hide something.</summary>
    public static void AssertOnlyWhatIsSeen(string contentType, byte[] content)
    {
        Assert.False(Planted.IsIn(content), $"A secret is in a {contentType}.");
        if (contentType == "application/pdf") AssertDocument(content);
        else Assert.Empty(Of(contentType, content).Except(Allowed[contentType]));
    }

    public static IReadOnlyList<string> Of(string contentType, byte[] content) => contentType switch
    {
        "image/jpeg" => [.. Markers(content)],
        "image/png" => [.. Chunks(content, 8, isPng: true)],
        _ => [.. Chunks(content, 12, isPng: false)],
    };

    /// <summary>Everything a document holds, its streams unpacked.</summary>
    public static string Text(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        var text = new StringBuilder(Encoding.Latin1.GetString(pdf));
        foreach (var token in Objects(document)) if (token is StreamToken stream) text.Append(Unpack(stream));
        return text.ToString();
    }

    private static void AssertDocument(byte[] content)
    {
        Assert.DoesNotContain(Planted.Secret, Text(content), StringComparison.Ordinal);
        using var document = PdfDocument.Open(content);
        var names = Objects(document).SelectMany(NamesIn).ToHashSet();
        Assert.Empty(names.Intersect(ForbiddenNames));
        Assert.DoesNotContain("/Info", Encoding.Latin1.GetString(content), StringComparison.Ordinal);
        Assert.Empty(Objects(document).OfType<StreamToken>()
            .Where(stream => stream.StreamDictionary.TryGet(NameToken.Filter, out NameToken filter)
                && filter.Data == "DCTDecode")
            .SelectMany(stream => Of("image/jpeg", stream.Data.ToArray())).Except(Allowed["image/jpeg"]));
    }

    private static IEnumerable<IToken> Objects(PdfDocument document) =>
        document.Structure.CrossReferenceTable.ObjectOffsets.Keys
            .Select(id => document.Structure.GetObject(new IndirectReference(id.ObjectNumber, id.Generation)))
            .Select(it => it?.Data).OfType<IToken>();

    private static IEnumerable<string> NamesIn(IToken token) => token switch
    {
        StreamToken stream => NamesIn(stream.StreamDictionary),
        DictionaryToken dictionary => dictionary.Data.SelectMany(pair => NamesIn(pair.Value).Prepend(pair.Key)),
        ArrayToken list => list.Data.SelectMany(NamesIn),
        NameToken name => [name.Data],
        _ => [],
    };

    private static string Unpack(StreamToken stream)
    {
        if (!stream.StreamDictionary.TryGet(NameToken.Filter, out NameToken filter) || filter.Data != "FlateDecode")
            return Encoding.Latin1.GetString(stream.Data.Span);
        using var packed = new MemoryStream(stream.Data.ToArray());
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        zlib.CopyTo(unpacked);
        return Encoding.Latin1.GetString(unpacked.ToArray());
    }

    private static IEnumerable<string> Markers(byte[] jpeg)
    {
        for (var at = 2; ;)
        {
            Assert.Equal(0xFF, jpeg[at]);
            var marker = jpeg[at + 1];
            yield return $"{marker:X2}";
            if (marker == 0xD9)
            {
                Assert.Equal(jpeg.Length, at + 2);
                yield break;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            // After the head of a scan its data goes on to the next marker that is no restart and no stuffing.
            if (marker == 0xDA)
                while (jpeg[at] != 0xFF || jpeg[at + 1] is 0 or (>= 0xD0 and <= 0xD7)) at++;
        }
    }

    private static IEnumerable<string> Chunks(byte[] content, int start, bool isPng)
    {
        var at = start;
        while (at < content.Length)
        {
            var length = isPng
                ? BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(at))
                : BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(at + 4));
            yield return Encoding.ASCII.GetString(content, at + (isPng ? 4 : 0), 4);
            at += isPng ? 12 + length : 8 + length + (length % 2);
        }

        Assert.Equal(content.Length, at);
    }
}
