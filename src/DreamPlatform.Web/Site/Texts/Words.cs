using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace DreamPlatform.Web.Site.Texts;

/// <summary>Texts that depend on a number or a code.</summary>
internal static partial class Words
{
    /// <summary>The text "key.one" or "key.other", with the number for {0}.</summary>
    public static string Count(this IStringLocalizer texts, string key, long number, params object[] more) =>
        texts[$"{key}.{(number == 1 && !SiteLanguage.IsChinese ? "one" : "other")}", [Formats.Number(number), .. more]];

    /// <summary>What stands between two sentences.</summary>
    public static string Gap => SiteLanguage.IsChinese ? "" : " ";

    /// <summary>What stands between two facts on a line.</summary>
    public static string Dot => SiteLanguage.IsChinese ? "·" : " · ";

    /// <summary>The language that somebody wrote in, as far as its letters tell; null when they do not.</summary>
    public static string? LanguageOf(string? text) =>
        text is null ? null
        : text.Any(it => it is >= '\u4e00' and <= '\u9fff') ? "zh-CN"
        : text.Any(char.IsAsciiLetter) ? "en" : null;

    /// <summary>A title cut after its punctuation, where its lines may end.</summary>
    public static IEnumerable<string> Parts(string title) => PartOfTitle().Matches(title).Select(it => it.Value);

    [GeneratedRegex("[^，。！？；：、]+[，。！？；：、”’）》]*|.", RegexOptions.Singleline)]
    private static partial Regex PartOfTitle();

    /// <summary>The text "kind.code"; the code itself where somebody made up one of their own.</summary>
    public static string Code(this IStringLocalizer texts, string kind, string code)
    {
        var text = texts[$"{kind}.{code}"];
        return text.ResourceNotFound ? code : text.Value;
    }
}
