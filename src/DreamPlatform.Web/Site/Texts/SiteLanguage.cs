using System.Globalization;
using DreamPlatform.Domain.People;
using DreamPlatform.Web.Messages.Texts;

namespace DreamPlatform.Web.Site.Texts;

/// <summary>The language of a page: as its reader chose, else as their browser asks, else as most here read.</summary>
internal static class SiteLanguage
{
    private const string Cookie = "dreamplatform-language";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    /// <summary>The other one, for the switch.</summary>
    public static Language Other => IsChinese ? Language.English : Language.Chinese;

    /// <summary>The tag for the lang attribute.</summary>
    public static string Tag => Languages.TagOf(IsChinese ? Language.Chinese : Language.English);

    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    public static Task ChooseAsync(HttpContext http, RequestDelegate next)
    {
        var language = Of(http.Request.Cookies[Cookie]) ?? Languages.AskedFor(http)
            ?? http.RequestServices.GetRequiredService<Languages>().Default;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        return next(http);
    }

    /// <summary>Remembers a language and goes back.</summary>
    public static IResult Switch(string tag, string? back, HttpContext http)
    {
        if (Of(tag) is { } language)
        {
            http.Response.Cookies.Append(Cookie, Languages.TagOf(language), new CookieOptions
            {
                MaxAge = Remembered,
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
            });
        }

        return TypedResults.LocalRedirect(Visitor.Local(back));
    }

    private static Language? Of(string? tag) => Enum.GetValues<Language>().Cast<Language?>()
        .FirstOrDefault(language => Languages.TagOf(language!.Value) == tag);
}
