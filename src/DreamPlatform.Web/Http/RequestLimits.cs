using System.Net.Mime;
using DreamPlatform.Web.Errors;
using Microsoft.Net.Http.Headers;

namespace DreamPlatform.Web.Http;

/// <summary>What is refused before anything reads it, because what reads it would fail on it.</summary>
internal static class RequestLimits
{
    public const int MaxBodyBytes = 256 * 1024;

    public static Task ScreenAsync(HttpContext http, RequestDelegate next)
    {
        foreach (var (name, values) in http.Request.Query)
        {
            if (values.Any(value => value is not null && value.Contains('\0')))
                throw new MalformedRequestException(Problems.Malformed, name, JsonConventions.TextRule);
        }

        // JSON is UTF-8 and nothing else; the framework throws on a charset that it does not know, or one in quotes.
        if (http.Request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            && type.Charset is { Length: > 0 } charset)
        {
            if (!HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                throw new BadHttpRequestException("Not UTF-8.", StatusCodes.Status415UnsupportedMediaType);
            http.Request.ContentType = MediaTypeNames.Application.Json;
        }

        return next(http);
    }
}
