using System.Globalization;
using DreamPlatform.Domain.People;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Operating;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DreamPlatform.Web.Messages.Texts;

/// <summary>Which language people are written to in.</summary>
internal sealed class Languages(IOptions<MoneySettings> money)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The language of those who have not chosen: that of where the money is from.</summary>
    public Language Default => money.Value.Currency == "CNY" ? Language.Chinese : Language.English;

    public static CultureInfo CultureOf(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>The one of our languages that somebody's browser asks for most; null if it asks for none.</summary>
    public static Language? AskedFor(HttpContext? http)
    {
        if (!StringWithQualityHeaderValue.TryParseList(http?.Request.Headers.AcceptLanguage, out var asked))
            return null;
        // Nought is how a browser says that it wants none of a language.
        var wanted = asked.Where(it => it.Quality is not 0).OrderByDescending(it => it.Quality ?? 1);
        return wanted.Select(it => it.Value.ToString().Split('-')[0].ToUpperInvariant() switch
        {
            "ZH" => Language.Chinese,
            "EN" => Language.English,
            _ => (Language?)null,
        }).FirstOrDefault(it => it is not null);
    }

    /// <summary>
    /// The language in which a request is answered, as its sender chose or asked for it; null outside of a request.
    /// </summary>
    public static Language? Of(HttpContext? http) => http is null
        ? null
        : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? Language.Chinese : Language.English;

    public static string TagOf(Language language) => Names.Of(language);
}
