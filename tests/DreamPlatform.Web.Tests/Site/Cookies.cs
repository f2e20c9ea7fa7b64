using System.Net;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Accounts;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Somebody at the website without a browser.</summary>
internal static partial class Cookies
{
    /// <summary>A client with the cookie of a demo account, or without one.</summary>
    public static Task<HttpClient> VisitAsync(Uri site, string? name) => VisitAsync(site, name, new CookieContainer());

    /// <summary>The cookies of a demo account that has just signed in.</summary>
    public static async Task<CookieCollection> OfAsync(Uri site, string name)
    {
        var cookies = new CookieContainer();
        using var client = await VisitAsync(site, name, cookies);
        return cookies.GetCookies(site);
    }

    private static async Task<HttpClient> VisitAsync(Uri site, string? name, CookieContainer cookies)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        var client = new HttpClient(handler) { BaseAddress = site };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (name is null) return client;
        using var form = SignInForm(await client.GetStringAsync("/sign-in"), name);
        using var answer = await client.PostAsync("/sign-in", form);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }

    /// <summary>The form of the sign-in page, filled in by a demo account.</summary>
    public static FormUrlEncodedContent SignInForm(string page, string name) => new(
        [.. Hidden(page, "/sign-in"), new("email", $"{name}@demo.example"), new("password", DemoAccounts.Password)]);

    /// <summary>What a form of a page carries unseen.</summary>
    /// <param name="action">How the address begins that the form is sent to.</param>
    public static async Task<Dictionary<string, string>> HiddenAsync(
        this HttpClient client, string page, string action) => Hidden(await client.GetStringAsync(page), action);

    private static Dictionary<string, string> Hidden(string page, string action)
    {
        var form = Forms().Matches(page).Select(it => it.Value)
            .First(it => it.Contains($"action=\"{action}", StringComparison.Ordinal));
        return HiddenField().Matches(form).ToDictionary(
            field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value), StringComparer.Ordinal);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
