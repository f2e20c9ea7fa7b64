using System.Buffers;
using System.Globalization;
using System.Text;
using DreamPlatform.Domain.Files;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>The kinds of tokens of a content stream.</summary>
internal enum PdfTokenKind
{
    End,
    Number,
    Value,
    Name,
    Text,
    Mark,
    Word,
}

/// <summary>Cuts a content stream into tokens (ISO 32000-1, 7.2 and 7.3); comments are none.</summary>
internal ref struct PdfLexer(ReadOnlySpan<byte> content)
{
    private static readonly SearchValues<byte> Numeric = SearchValues.Create("+-.0123456789"u8);

    private readonly ReadOnlySpan<byte> content = content;

    /// <summary>Where the next token is looked for.</summary>
    public int At { get; set; }

    public PdfTokenKind Kind { get; private set; }

    /// <summary>The token as it was written, or, for a name, as it is to be written.</summary>
    public ReadOnlySpan<byte> Token { get; private set; }

    public bool Next()
    {
        SkipBlanks();
        if (At >= content.Length)
        {
            Kind = PdfTokenKind.End;
            Token = default;
            return false;
        }

        var start = At;
        Kind = (char)content[At] switch
        {
            '/' => Name(),
            '(' => Text(),
            '<' when Peek(1) == '<' => Mark(2),
            '<' => Hex(),
            '>' when Peek(1) == '>' => Mark(2),
            '[' or ']' or '{' or '}' or '>' or ')' => Mark(1),
            _ => Word(),
        };
        if (Kind != PdfTokenKind.Name) Token = content[start..At];
        return true;
    }

    public static bool IsBlank(byte it) => it is 0 or 9 or 10 or 12 or 13 or 32;

    private readonly int Peek(int ahead) => At + ahead < content.Length ? content[At + ahead] : -1;

    private void SkipBlanks()
    {
        for (; At < content.Length; At++)
        {
            if (content[At] == '%') while (At + 1 < content.Length && content[At + 1] is not (10 or 13)) At++;
            else if (!IsBlank(content[At])) return;
        }
    }

    private PdfTokenKind Mark(int length)
    {
        At += length;
        return PdfTokenKind.Mark;
    }

    private PdfTokenKind Word()
    {
        var start = At;
        SkipRegular();
        var word = content[start..At];
        if (word.IndexOfAnyExcept(Numeric) < 0) return PdfTokenKind.Number;
        var isValue = word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8);
        return isValue ? PdfTokenKind.Value : PdfTokenKind.Word;
    }

    private void SkipRegular()
    {
        while (At < content.Length && !IsBlank(content[At]) && !"()<>[]{}/%"u8.Contains(content[At])) At++;
    }

    /// <summary>Names are read and written as those of resources are, so that both stay the same.</summary>
    private PdfTokenKind Name()
    {
        var start = ++At;
        SkipRegular();
        var name = new List<byte>();
        for (var i = start; i < At; i++)
        {
            if (content[i] == '#' && i + 2 < At && TryHex(content[i + 1], content[i + 2], out var value))
            {
                name.Add(value);
                i += 2;
            }
            else
            {
                name.Add(content[i]);
            }
        }

        Token = Encoding.ASCII.GetBytes(PdfWriter.Name(Decode(name.ToArray())));
        return PdfTokenKind.Name;
    }

    private static string Decode(byte[] name)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(name);
        }
    }

    private static bool TryHex(byte high, byte low, out byte value) => byte.TryParse(
        [high, low], NumberStyles.AllowHexSpecifier, null, out value);

    private PdfTokenKind Text()
    {
        var open = 0;
        do
        {
            var it = content[At++];
            if (it == '\\') At++;
            else if (it == '(') open++;
            else if (it == ')') open--;
        }
        while (open > 0 && At < content.Length);
        At = Math.Min(At, content.Length);
        return open == 0 ? PdfTokenKind.Text : throw new UncleanException(new FileDamaged());
    }

    private PdfTokenKind Hex()
    {
        var end = content[At..].IndexOf((byte)'>');
        if (end < 0) throw new UncleanException(new FileDamaged());
        At += end + 1;
        return PdfTokenKind.Text;
    }
}
