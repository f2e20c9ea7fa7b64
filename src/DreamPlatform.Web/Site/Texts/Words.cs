using Microsoft.Extensions.Localization;

namespace DreamPlatform.Web.Site.Texts;

/// <summary>Texts that depend on a number or a code.</summary>
internal static class Words
{
    /// <summary>The text "key.one" or "key.other", with the number for {0}.</summary>
    public static string Count(this IStringLocalizer texts, string key, long number, params object[] more) =>
        texts[$"{key}.{(number == 1 && !SiteLanguage.IsChinese ? "one" : "other")}", [Formats.Number(number), .. more]];

    /// <summary>The text "kind.code"; the code itself where somebody made up one of their own.</summary>
    public static string Code(this IStringLocalizer texts, string kind, string code)
    {
        var text = texts[$"{kind}.{code}"];
        return text.ResourceNotFound ? code : text.Value;
    }
}
