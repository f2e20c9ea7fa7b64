using Microsoft.Extensions.Primitives;
using Scalar.AspNetCore;

namespace DreamPlatform.Web.Http;

/// <summary>What a page may load: a Content-Security-Policy for routes that serve one.</summary>
/// <param name="Sources">The directives besides those that all have.</param>
/// <param name="Own">Where forms may be sent, and what a page may name as its base.</param>
internal sealed record ContentPolicy(string Sources, string Own = "'none'")
{
    /// <summary>Stands for the number of this answer that its scripts carry.</summary>
    public const string Nonce = "{nonce}";

    private const string ForAll = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>What is no page loads nothing.</summary>
    public static readonly StringValues None = ForAll + "; base-uri 'none'; form-action 'none'";

    private readonly StringValues text = $"{ForAll}; base-uri {Own}; form-action {Own}; {Sources}";
    private readonly bool hasNonce = Sources.Contains(Nonce, StringComparison.Ordinal);

    public StringValues For(HttpContext http) => hasNonce
        ? text.ToString().Replace(
            Nonce, http.Items[ScalarOptions.NonceHttpContextItemKey] as string ?? "none", StringComparison.Ordinal)
        : text;
}

/// <summary>What browsers are told with every answer, so that they do with it only what it is meant for.</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues Hsts = "max-age=31536000; includeSubDomains";

    private static readonly StringValues Permissions =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), payment=(), usb=()";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(Add, http);
        return next(http);
    });

    private static Task Add(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy =
            (http.Features.Get<ContentPolicy>() ?? http.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>())?.For(http)
            ?? ContentPolicy.None;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = Hsts;
        var isApi = http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (isApi && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
