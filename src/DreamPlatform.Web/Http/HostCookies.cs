using System.Collections;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Http;

/// <summary>
/// Over https every cookie is called __Host-…, which makes browsers take it only from this very host, over https and
/// for all paths; others are not seen. Plain http, as on one's own machine, cannot have such cookies.
/// </summary>
internal sealed class HostCookies(RequestDelegate next, IOptions<SiteSettings> site)
{
    public const string Prefix = "__Host-";

    private readonly bool isAlwaysSecure = site.Value.Url?.StartsWith("https:", StringComparison.Ordinal) == true;

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.IsHttps || isAlwaysSecure)
        {
            http.Request.Cookies = new Received(http.Request.Cookies);
            http.Features.Set<IResponseCookiesFeature>(new Sent(http.Response.Cookies));
        }

        return next(http);
    }

    private sealed class Received(IRequestCookieCollection cookies) : IRequestCookieCollection
    {
        private readonly Dictionary<string, string> ours = cookies
            .Where(it => it.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(it => it.Key[Prefix.Length..], it => it.Value, StringComparer.Ordinal);

        public int Count => ours.Count;

        public ICollection<string> Keys => ours.Keys;

        public string? this[string key] => ours.GetValueOrDefault(key);

        public bool ContainsKey(string key) => ours.ContainsKey(key);

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            ours.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ours.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Sent(IResponseCookies cookies) : IResponseCookiesFeature, IResponseCookies
    {
        public IResponseCookies Cookies => this;

        public void Append(string key, string value) => Append(key, value, new CookieOptions());

        public void Append(string key, string value, CookieOptions options) =>
            cookies.Append(Prefix + key, value, ForHost(options));

        public void Delete(string key) => Delete(key, new CookieOptions());

        public void Delete(string key, CookieOptions options) => cookies.Delete(Prefix + key, ForHost(options));

        private static CookieOptions ForHost(CookieOptions options) =>
            new(options) { Secure = true, Path = "/", Domain = null };
    }
}
