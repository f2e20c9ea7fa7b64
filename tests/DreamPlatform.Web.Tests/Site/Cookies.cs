using System.Net;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Accounts;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Somebody at the website without a browser.</summary>
internal static partial class Cookies
{
    /// <summary>A client with the cookie of a demo account, or without one.</summary>
    public static async Task<HttpClient> VisitAsync(Uri site, string? name)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = site };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (name is null) return client;
        var fields = await client.HiddenAsync("/sign-in", "/sign-in");
        fields["email"] = $"{name}@demo.example";
        fields["password"] = DemoAccounts.Password;
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }

    /// <summary>What a form of a page carries unseen.</summary>
    /// <param name="action">How the address begins that the form is sent to.</param>
    public static async Task<Dictionary<string, string>> HiddenAsync(this HttpClient client, string page, string action)
    {
        var form = Forms().Matches(await client.GetStringAsync(page)).Select(it => it.Value)
            .First(it => it.Contains($"action=\"{action}", StringComparison.Ordinal));
        return HiddenField().Matches(form).ToDictionary(
            field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value), StringComparer.Ordinal);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
