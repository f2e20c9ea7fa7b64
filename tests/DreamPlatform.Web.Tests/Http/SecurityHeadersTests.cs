using System.Text.RegularExpressions;
using DreamPlatform.Web.Tests.Site;

namespace DreamPlatform.Web.Tests.Http;

public sealed class SecurityHeadersTests(DemoApp demo) : IClassFixture<DemoApp>
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    [Theory]
    [InlineData("/api/wishes", 200)]
    [InlineData("/api/me", 401)]
    [InlineData("/api/wishes?limit=x", 400)]
    [InlineData("/nowhere", 404)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/api/account/confirmEmail?userId=x&code=y", 400)]
    public async Task Every_answer_tells_browsers_to_do_nothing_with_it(string path, int status)
    {
        using var answer = await demo.App.Anonymous.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(Nothing, Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Equal("require-corp", Header(answer, "Cross-Origin-Embedder-Policy"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Over_https_browsers_are_told_to_stay_there()
    {
        await using var app = await TestApp.StartAsync(new() { Settings = new() { ["Proxies:Trusted:0"] = "127.0.0.1" } });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/wishes");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await app.Anonymous.SendAsync(request);

        Assert.Equal("max-age=31536000; includeSubDomains", Header(answer, "Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_reader_page_runs_its_own_scripts_and_nobody_elses()
    {
        using var first = await demo.App.Anonymous.GetAsync("/docs/");
        using var second = await demo.App.Anonymous.GetAsync("/docs/");
        var page = await first.Content.ReadAsStringAsync();
        var policy = Header(first, "Content-Security-Policy");
        var nonce = Regex.Match(policy, "'nonce-([^']{16,})'").Groups[1].Value;

        Assert.NotEmpty(nonce);
        Assert.NotEqual(policy, Header(second, "Content-Security-Policy"));
        Assert.StartsWith(Nothing, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src[^;]*unsafe-inline", policy);
        Assert.DoesNotMatch("https?:|\\*", policy);
        var scripts = Regex.Matches(page, "<script[^>]*>");
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https", "__Host-", "httponly,path=/,samesite=lax,secure")]
    [InlineData("http", "", "httponly,path=/,samesite=lax")]
    public async Task A_cookie_is_for_this_host_out_of_reach_of_scripts_and_does_not_sign_in_to_the_API(
        string scheme, string prefix, string attributes)
    {
        await using var app = await TestApp.StartAsync(
            new() { Demo = true, Settings = new() { ["Proxies:Trusted:0"] = "127.0.0.1" } });
        using var client = app.Client(null);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var form = await client.GetAsync("/sign-in");
        var antiforgery = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        client.DefaultRequestHeaders.Add("Cookie", antiforgery.Split(';')[0]);
        using var filled = Cookies.SignInForm(await form.Content.ReadAsStringAsync(), "donor");
        using var signedIn = await client.PostAsync("/sign-in", filled);
        var cookie = signedIn.Headers.GetValues("Set-Cookie")
            .Single(it => it.StartsWith($"{prefix}dreamplatform=", StringComparison.Ordinal));
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);

        var page = await client.GetStringAsync("/");
        var problem = await client.GetAsync("/api/me").ProblemAsync();

        Assert.StartsWith($"{prefix}dreamplatform-antiforgery=", antiforgery, StringComparison.Ordinal);
        Assert.Equal(attributes.Replace("lax", "strict", StringComparison.Ordinal), Attributes(antiforgery));
        Assert.Equal(attributes, Attributes(cookie));
        Assert.Contains("action=\"/sign-out\"", page, StringComparison.Ordinal);
        Assert.Equal((401, "not-signed-in"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task A_token_signs_in_to_no_page_and_a_page_loads_only_what_is_ours()
    {
        using var client = await demo.App.SignInAsync("donor");

        using var answer = await client.GetAsync("/");

        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("action=\"/sign-out\"", page, StringComparison.Ordinal);
        Assert.Equal(
            "default-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; script-src 'self'; "
                + "style-src 'self'; img-src 'self'; connect-src 'self'",
            Header(answer, "Content-Security-Policy"));
    }

    private static string Attributes(string cookie) => string.Join(',', cookie.Split("; ").Skip(1)
        .Where(it => !it.StartsWith("expires", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(' ', answer.Headers.GetValues(name));
}
