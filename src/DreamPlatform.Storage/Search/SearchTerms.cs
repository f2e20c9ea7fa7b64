using System.Globalization;
using System.Text;

namespace DreamPlatform.Storage.Search;

/// <summary>
/// What texts are found by. Words, in small letters and without accents or an English plural; and, where a script does
/// not part its words, every sign with the next one and every sign alone. Numbers are words of their own. The first and
/// the first two letters of a word are terms too: as beginnings they would be those of thousands of terms.
/// </summary>
public static class SearchTerms
{
    /// <summary>To be raised when the same text gets other terms: whatever is stored is then indexed anew.</summary>
    public const int Version = 2;

    /// <summary>Longer words are cut, on both sides, so that they still find each other.</summary>
    private const int MaxWordRunes = 40;

    /// <summary>Beginnings of words up to this length are terms.</summary>
    private const int BeginningRunes = 2;

    private enum Kind
    {
        None,
        Letters,
        Digits,
        Signs,
    }

    /// <summary>The terms that some texts are stored under.</summary>
    public static IReadOnlySet<string> OfTexts(IEnumerable<string> texts)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kind, run) in texts.SelectMany(Runs))
        {
            if (kind != Kind.Signs)
            {
                terms.Add(Word(kind, run));
                for (var length = 1; length <= Math.Min(BeginningRunes, run.Count); length++)
                    terms.Add(Joined(run.Slice(0, length)));
                continue;
            }

            for (var i = 0; i < run.Count; i++)
            {
                terms.Add(Joined(run.Slice(i, 1)));
                if (i + 1 < run.Count) terms.Add(Joined(run.Slice(i, 2)));
            }
        }

        return terms;
    }

    /// <summary>The terms that a text must all have to be found by a query.</summary>
    internal static IReadOnlyList<SearchTerm> OfQuery(string query) =>
        [.. Runs(query).SelectMany(run => OfQuery(run.Kind, run.Runes)).Distinct()];

    private static IEnumerable<SearchTerm> OfQuery(Kind kind, ArraySegment<Rune> run)
    {
        if (kind != Kind.Signs) return [new SearchTerm(Word(kind, run), IsPrefix: run.Count > BeginningRunes)];
        return run.Count == 1
            ? [new SearchTerm(Joined(run), IsPrefix: false)]
            : Enumerable.Range(0, run.Count - 1).Select(i => new SearchTerm(Joined(run.Slice(i, 2)), IsPrefix: false));
    }

    private static IEnumerable<(Kind Kind, ArraySegment<Rune> Runes)> Runs(string text)
    {
        var runes = Fold(text);
        for (int start = 0, end; start < runes.Length; start = end)
        {
            var kind = KindOf(runes[start]);
            for (end = start + 1; end < runes.Length && KindOf(runes[end]) == kind;) end++;
            if (kind != Kind.None) yield return (kind, new ArraySegment<Rune>(runes, start, end - start));
        }
    }

    /// <summary>One way of writing for all: full width is half width, capitals are small, accents are gone.</summary>
    private static Rune[] Fold(string text)
    {
        // To normalize half a pair of surrogates, or what is no character, would throw.
        var whole = Joined(text.EnumerateRunes().Where(rune => (rune.Value & 0xFFFE) != 0xFFFE));
        var bare = whole.Normalize(NormalizationForm.FormKD).ToLowerInvariant().EnumerateRunes()
            .Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark && !IsApostrophe(rune));
        return [.. Joined(bare).Normalize(NormalizationForm.FormC).EnumerateRunes()];
    }

    private static Kind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.DecimalDigitNumber => Kind.Digits,
        UnicodeCategory.LetterNumber => Kind.Signs,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => IsSign(rune.Value)
                ? Kind.Signs
                : Kind.Letters,
        _ => Kind.None,
    };

    /// <summary>Han, Kana, Bopomofo and Hangul.</summary>
    private static bool IsSign(int value) => value is (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0x312F)
        or (>= 0x3130 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xA960 and <= 0xA97F)
        or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1AFF0 and <= 0x1B16F)
        or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Part of a word such as children's.</summary>
    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '\u2019' or '\u02BC';

    private static string Word(Kind kind, ArraySegment<Rune> run)
    {
        var word = Joined(run.Slice(0, Math.Min(run.Count, MaxWordRunes)));
        return kind == Kind.Letters ? Singular(word) : word;
    }

    /// <summary>
    /// Without an English plural. Wrong for some words, but in the same way for the text and for the query.
    /// </summary>
    private static string Singular(string word)
    {
        bool Ends(string ending) => word.EndsWith(ending, StringComparison.Ordinal);
        if (word.Length < 4 || !Ends("s") || Ends("ss") || Ends("us") || Ends("is")) return word;
        if (word.Length > 4 && Ends("ies")) return $"{word[..^3]}y";
        return Ends("ches") || Ends("shes") || Ends("sses") || Ends("xes") || Ends("zes") ? word[..^2] : word[..^1];
    }

    private static string Joined(IEnumerable<Rune> runes)
    {
        var text = new StringBuilder();
        foreach (var rune in runes) text.Append(rune);
        return text.ToString();
    }
}

/// <summary>A term that a text must have: this one, or any that begins with it.</summary>
internal sealed record SearchTerm(string Text, bool IsPrefix);
