using System.Text;
using DreamPlatform.Domain.Files;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// Writes a content stream anew, of the operators that paint (ISO 32000-1, annex A). What marks content, and the
/// properties given with that, such as the text that stands for a picture, is left out; so are comments.
/// </summary>
internal static class PdfContent
{
    private const int MaxOperands = 1_000;

    private static readonly HashSet<string> Painting =
    [
        "b", "B", "b*", "B*", "BT", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "ET", "f", "F", "f*", "G", "g", "gs",
        "h", "i", "j", "J", "K", "k", "l", "M", "m", "n", "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN",
        "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*",
        "y", "'", "\"",
    ];

    private static readonly HashSet<string> Calculating =
    [
        "abs", "add", "and", "atan", "bitshift", "ceiling", "copy", "cos", "cvi", "cvr", "div", "dup", "eq", "exch",
        "exp", "false", "floor", "ge", "gt", "idiv", "if", "ifelse", "index", "le", "ln", "log", "lt", "mod", "mul",
        "ne", "neg", "not", "or", "pop", "roll", "round", "sin", "sqrt", "sub", "true", "truncate", "xor",
    ];

    public static byte[] Clean(ReadOnlySpan<byte> content)
    {
        using var output = new MemoryStream(content.Length);
        var lexer = new PdfLexer(content);
        var operands = new List<byte[]>();
        while (lexer.Next())
        {
            if (lexer.Kind != PdfTokenKind.Word)
            {
                operands.Add(lexer.Token.ToArray());
                if (operands.Count > MaxOperands) operands.RemoveAt(0);
                continue;
            }

            var name = Encoding.Latin1.GetString(lexer.Token);
            if (name == "BI") PdfInlineImage.Copy(content, ref lexer, output);
            else if (Painting.Contains(name)) Write(output, operands, lexer.Token);
            operands.Clear();
        }

        return output.ToArray();
    }

    /// <summary>A function that is a small program: numbers, brackets and the operators that calculate.</summary>
    public static byte[] CleanCalculator(ReadOnlySpan<byte> program)
    {
        using var output = new MemoryStream();
        var lexer = new PdfLexer(program);
        while (lexer.Next())
        {
            var isKnown = lexer.Kind switch
            {
                PdfTokenKind.Number => true,
                PdfTokenKind.Mark => lexer.Token is [(byte)'{'] or [(byte)'}'],
                PdfTokenKind.Word or PdfTokenKind.Value => Calculating.Contains(Encoding.Latin1.GetString(lexer.Token)),
                _ => false,
            };
            if (!isKnown) throw new UncleanException(new FileContentNotSupported());
            output.Write(lexer.Token);
            output.WriteByte((byte)' ');
        }

        return output.ToArray();
    }

    private static void Write(MemoryStream output, List<byte[]> operands, ReadOnlySpan<byte> name)
    {
        foreach (var operand in operands)
        {
            output.Write(operand);
            output.WriteByte((byte)' ');
        }

        output.Write(name);
        output.WriteByte((byte)'\n');
    }
}
