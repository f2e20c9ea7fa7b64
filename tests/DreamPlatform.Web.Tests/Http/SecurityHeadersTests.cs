using System.Text.RegularExpressions;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Tests.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

    [Fact]
    public async Task A_cookie_is_for_this_host_over_https_out_of_reach_of_scripts_and_does_not_sign_in_to_the_API()
    {
        await using var app = await TestApp.StartAsync(new() { Demo = true, Map = MapCookieSignIn });
        using var signedIn = await app.Client(
            (await app.Anonymous.Login("donor@demo.example", DemoAccounts.Password).JsonAsync()).Access()).GetAsync("/test/cookie");
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);

        var problem = await app.Client(null).SendAsync(request).ProblemAsync();

        Assert.StartsWith("__Host-dreamplatform=", cookie, StringComparison.Ordinal);
        var attributes = cookie.Split("; ").Skip(1).Order(StringComparer.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], attributes);
        Assert.Equal((401, "not-signed-in"), (problem.Status, problem.Code));
    }

    [Fact]
    public void The_antiforgery_cookie_is_for_this_host_over_https_too()
    {
        var cookie = demo.App.Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie;

        Assert.StartsWith("__Host-", cookie.Name, StringComparison.Ordinal);
        Assert.Equal(
            (CookieSecurePolicy.Always, true, SameSiteMode.Strict, "/", null),
            (cookie.SecurePolicy, cookie.HttpOnly, cookie.SameSite, cookie.Path, cookie.Domain));
    }

    private static void MapCookieSignIn(WebApplication app) => app.MapGet("/test/cookie", (HttpContext http) =>
        http.SignInAsync(IdentityConstants.ApplicationScheme, http.User)).RequireAuthorization();

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(' ', answer.Headers.GetValues(name));
}
