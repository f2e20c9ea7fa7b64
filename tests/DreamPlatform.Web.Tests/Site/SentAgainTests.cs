using System.Net;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Tests.Accounts;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>A form that is sent again when all is done: with a slow double click, or the back button.</summary>
public sealed partial class SentAgainTests(DemoApp demo) : IClassFixture<DemoApp>
{
    private const string Factor = "/me/second-factor";

    [Fact]
    public async Task Whoever_sends_the_first_code_again_sees_the_recovery_codes_although_the_first_answer_was_lost()
    {
        using var visitor = await Cookies.VisitAsync(demo.App.Address, "donor2");
        using var begun = await SendAsync(visitor, Factor, await visitor.HiddenAsync(Factor, Factor));
        var page = PathOf(begun);
        var key = Key().Match(await visitor.GetStringAsync(page)).Groups[1].Value;
        var fields = await visitor.HiddenAsync(page, Factor);
        fields["twoFactorCode"] = new SecondFactor(key.Replace(" ", "", StringComparison.Ordinal)).NextCode();

        using var first = await SendAsync(visitor, page, fields);
        using var again = await SendAsync(visitor, page, fields);
        fields["twoFactorCode"] = "123456";
        using var other = await SendAsync(visitor, page, fields);

        Assert.Equal(10, (await CodesAsync(first)).Count);
        Assert.Equal(await CodesAsync(first), await CodesAsync(again));
        // It is on: another code is not for setting it up.
        Assert.Equal(Factor, PathOf(other));
    }

    [Fact]
    public async Task Whoever_signs_in_with_the_same_form_after_signing_out_is_signed_in()
    {
        using var visitor = await Cookies.VisitAsync(demo.App.Address, null);
        using var form = Cookies.SignInForm(await visitor.GetStringAsync("/sign-in"), "donor");
        using var copy = new ByteArrayContent(await form.ReadAsByteArrayAsync());
        copy.Headers.ContentType = form.Headers.ContentType;
        using var first = await visitor.PostAsync("/sign-in", form);
        using var left = await SendAsync(visitor, "/sign-out", await visitor.HiddenAsync("/me", "/sign-out"));
        using var signedOut = await visitor.GetAsync("/me");

        using var again = await visitor.PostAsync("/sign-in", copy);
        using var mine = await visitor.GetAsync("/me");

        Assert.Equal(
            (HttpStatusCode.Found, HttpStatusCode.Found, HttpStatusCode.OK),
            (signedOut.StatusCode, again.StatusCode, mine.StatusCode));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient visitor, string page, Dictionary<string, string> fields) =>
        visitor.PostAsync(page, new FormUrlEncodedContent(fields));

    private string PathOf(HttpResponseMessage redirect) =>
        new Uri(demo.App.Address, redirect.Headers.Location!).PathAndQuery;

    private static async Task<IReadOnlyList<string>> CodesAsync(HttpResponseMessage answer) =>
        [.. Codes().Matches(await answer.Content.ReadAsStringAsync()).Select(it => it.Groups[1].Value)];

    [GeneratedRegex("<code class=\"key\">([^<]+)</code>")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>([^<]+)</code>")]
    private static partial Regex Codes();
}
