using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Site;

/// <summary>
/// Marks routes that people open in a browser: who is signed in is read from the cookie, and only there. Everything
/// else, the API above all, takes tokens and knows no cookie, so no other site can make a browser use it.
/// </summary>
internal sealed class SitePage
{
    public static readonly SitePage Instance = new();

    /// <summary>What a page loads is ours, and what it sends comes to us.</summary>
    public static readonly ContentPolicy Policy = new(
        "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'", Own: "'self'");

    private static readonly string[] NoPages = ["/api", "/openapi", "/docs", "/health", "/dashboard"];

    /// <summary>Whether a page is asked for: a route of ours, or none at all from somebody who reads HTML.</summary>
    public static bool IsAskedFor(HttpContext http) => http.GetEndpoint() is { } endpoint
        ? endpoint.Metadata.GetMetadata<SitePage>() is not null
        : IsHtmlWanted(http);

    /// <summary>Whether a refusal is to be read by a person.</summary>
    public static bool IsHtmlWanted(HttpContext http) =>
        !NoPages.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
