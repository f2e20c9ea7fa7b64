using System.Text;
using DreamPlatform.Domain.Files;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>A small picture within a content stream: BI, what it is, ID, its data, EI (ISO 32000-1, 8.9.7).</summary>
internal static class PdfInlineImage
{
    private static readonly HashSet<string> Members =
    [
        "/BPC", "/BitsPerComponent", "/CS", "/ColorSpace", "/D", "/Decode", "/DP", "/DecodeParms", "/F", "/Filter",
        "/H", "/Height", "/IM", "/ImageMask", "/Intent", "/I", "/Interpolate", "/W", "/Width",
    ];

    /// <summary>Filters whose data is nothing but the picture.</summary>
    private static readonly HashSet<string> Filters =
    [
        "/AHx", "/ASCIIHexDecode", "/A85", "/ASCII85Decode", "/LZW", "/LZWDecode", "/Fl", "/FlateDecode", "/RL",
        "/RunLengthDecode", "/CCF", "/CCITTFaxDecode",
    ];

    public static void Copy(ReadOnlySpan<byte> content, ref PdfLexer lexer, MemoryStream output)
    {
        output.Write("BI "u8);
        while (lexer.Next() && !(lexer.Kind == PdfTokenKind.Word && lexer.Token.SequenceEqual("ID"u8)))
        {
            if (!IsOneOf(Members, lexer)) throw Unknown();
            var isFilter = lexer.Token.SequenceEqual("/F"u8) || lexer.Token.SequenceEqual("/Filter"u8);
            Write(output, lexer.Token);
            CopyValue(ref lexer, output, isFilter);
        }

        if (lexer.Kind == PdfTokenKind.End) throw new UncleanException(new FileDamaged());
        var data = content[Math.Min(lexer.At + 1, content.Length)..];
        var end = EndOf(data);
        output.Write("ID "u8);
        output.Write(data[..end]);
        output.Write("\nEI\n"u8);
        lexer.At += 1 + data[end..].IndexOf("EI"u8) + end + 2;
    }

    private static void CopyValue(ref PdfLexer lexer, MemoryStream output, bool isFilter)
    {
        var open = 0;
        do
        {
            if (!lexer.Next() || lexer.Kind == PdfTokenKind.Text) throw Unknown();
            if (isFilter && lexer.Kind == PdfTokenKind.Name && !IsOneOf(Filters, lexer)) throw Unknown();
            if (lexer.Token is [(byte)'['] or [(byte)'<', (byte)'<']) open++;
            if (lexer.Token is [(byte)']'] or [(byte)'>', (byte)'>']) open--;
            Write(output, lexer.Token);
        }
        while (open > 0);
    }

    /// <summary>
    /// Where the data ends: at a blank before EI, behind which the content goes on as text and not as data.
    /// </summary>
    private static int EndOf(ReadOnlySpan<byte> data)
    {
        const int Looked = 12;
        for (var at = 0; at + 2 < data.Length; at++)
        {
            if (!PdfLexer.IsBlank(data[at]) || data[at + 1] != 'E' || data[at + 2] != 'I') continue;
            var after = data[(at + 3)..Math.Min(data.Length, at + 3 + Looked)];
            if (after.Length > 0 && !PdfLexer.IsBlank(after[0])) continue;
            if (after.IndexOfAnyExceptInRange((byte)9, (byte)126) < 0) return at;
        }

        throw new UncleanException(new FileDamaged());
    }

    private static bool IsOneOf(HashSet<string> names, PdfLexer lexer) =>
        lexer.Kind == PdfTokenKind.Name && names.Contains(Encoding.Latin1.GetString(lexer.Token));

    private static void Write(MemoryStream output, ReadOnlySpan<byte> token)
    {
        output.Write(token);
        output.WriteByte((byte)' ');
    }

    private static UncleanException Unknown() => new(new FileContentNotSupported());
}
