using System.Net.Mime;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Site.Forms;
using DreamPlatform.Web.Site.Proofs;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace DreamPlatform.Web.Http;

/// <summary>What is refused before anything reads it, because what reads it would fail on it.</summary>
internal static class RequestLimits
{
    public const int MaxBodyBytes = 256 * 1024;

    /// <summary>How long a body may take to arrive, files excepted.</summary>
    public static readonly TimeSpan BodyWithin = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Takes in a body before anything is decided about who sent it: a slow one could outlive the role or the session
    /// that it began with. Routes with a limit of their own read for themselves.
    /// </summary>
    public static async Task GatherAsync(HttpContext http, RequestDelegate next)
    {
        var limit = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>();
        var reads = limit is not (null or TakesKeptFormAttribute)
            && (limit is not TakesFilesAttribute || SentForm.Of(http) is not null);
        if (!reads && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            var most = limit is TakesKeptFormAttribute ? TakesKeptFormAttribute.MaxBodyBytes : MaxBodyBytes;
            http.Request.EnableBuffering(most, most);
            using var slow = new CancellationTokenSource(BodyWithin);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, http.RequestAborted);
            try
            {
                await http.Request.Body.CopyToAsync(Stream.Null, stop.Token);
            }
            catch (OperationCanceledException) when (slow.IsCancellationRequested)
            {
                throw new BadHttpRequestException("Too slow.", StatusCodes.Status408RequestTimeout);
            }

            http.Request.Body.Position = 0;
        }

        await next(http);
    }

    public static Task ScreenAsync(HttpContext http, RequestDelegate next)
    {
        foreach (var (name, values) in http.Request.Query)
        {
            if (values.Any(value => value is not null && JsonConventions.HasControls(value)))
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
