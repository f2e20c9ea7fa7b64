using System.Net;
using System.Text.RegularExpressions;

namespace DreamPlatform.Web.Tests.Site;

public sealed class KeptFormTests(Chromium chromium)
{
    private const string Page = "/me/email";

    private const int Claims = 10;

    [Theory]
    [InlineData(true, "applicant2")]
    [InlineData(false, "donor2")]
    public async Task What_was_typed_survives_a_session_that_has_ended(bool hasScript, string who)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript });
        await guest.OpenAsync(Page);
        await guest.Page.FillAsync("[name=newEmail]", "<b>“我的码” & 1</b>");
        using var elsewhere = await chromium.App.SignInAsync(who);
        using var ended = await elsewhere.PostAsync("/api/account/sign-out-everywhere", null);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);

        await guest.Page.ClickAsync("main form button");
        await guest.Page.Locator("[name=password]").WaitForAsync();
        await guest.EnterAsync(who, "not-the-password");
        await guest.Page.Locator(".errors").WaitForAsync();
        Assert.Contains("你写的内容没有丢", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await guest.EnterAsync(who);
        await guest.Page.ClickAsync($"main form[action='{Page}']:has([name=newEmail][type=hidden]) button");
        await guest.Page.Locator(".field.bad [name=newEmail]").WaitForAsync();

        Assert.Equal("<b>“我的码” & 1</b>", await guest.Page.InputValueAsync("[name=newEmail]"));
        Assert.Empty(guest.Complaints);
    }

    /// <summary>The machine may be one that several people use.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_account_typed_is_not_shown_to_another_that_signs_in_instead(bool hasCookie)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = "applicant2", HasScript = false });
        await guest.OpenAsync("/me/profile");
        await guest.Page.FillAsync("[name=name]", "只有我知道");
        if (hasCookie)
        {
            using var elsewhere = await chromium.App.SignInAsync("applicant2");
            using var ended = await elsewhere.PostAsync("/api/account/sign-out-everywhere", null);
        }
        else
        {
            await guest.Page.Context.ClearCookiesAsync(new() { NameRegex = new Regex("^dreamplatform$") });
        }

        await guest.Page.ClickAsync("main form button");
        await guest.EnterAsync("donor2");
        await guest.Page.Locator(".trouble").WaitForAsync();

        Assert.Contains("用另一个账户填的", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("只有我知道", await guest.Page.ContentAsync(), StringComparison.Ordinal);
        await guest.OpenAsync("/me/profile");
        Assert.NotEqual("只有我知道", await guest.Page.InputValueAsync("[name=name]"));
    }

    [Fact]
    public async Task The_longest_form_of_a_reviewer_survives_a_session_that_has_ended()
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = false });
        await guest.OpenAsync($"/reviews/{wish}");
        for (var i = 0; i < Claims; i++)
        {
            if (await guest.Page.Locator($"[name='checks[{i}].claim']").CountAsync() == 0)
                await guest.Page.ClickAsync("button[value=add]");
            await guest.Page.FillAsync($"[name='checks[{i}].claim']", $"第{i + 1}条");
            await guest.Page.FillAsync($"[name='checks[{i}].evidence.statement']", Written(2_000));
        }

        var (findings, story) = (Written(5_000), Written(4_999));
        await guest.Page.FillAsync("[name=findings]", findings);
        await guest.Page.FillAsync("[name='publicText.story']", story);
        await guest.Page.Context.ClearCookiesAsync(new() { NameRegex = new Regex("^dreamplatform$") });

        await guest.Page.ClickAsync("button[value=decide]");
        await guest.EnterAsync("reviewer", "not-the-password");
        await guest.Page.Locator(".errors").WaitForAsync();
        await guest.EnterAsync("reviewer");
        await guest.Page.ClickAsync($"main form[action='/reviews/{wish}']:has([name=findings][type=hidden]) button");
        await guest.Page.Locator(".errors a[href$='#decision']").WaitForAsync();

        Assert.Equal(findings, await guest.Page.InputValueAsync("[name=findings]"));
        Assert.Equal(story, await guest.Page.InputValueAsync("[name='publicText.story']"));
        Assert.Equal(2_000, (await guest.Page.InputValueAsync($"[name='checks[{Claims - 1}].evidence.statement']")).Length);
    }

    [Fact]
    public async Task A_form_older_than_its_session_is_shown_to_be_sent_again_and_one_from_elsewhere_is_refused()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = "donor", HasScript = false });
        await guest.OpenAsync(Page);
        await guest.Page.FillAsync("[name=newEmail]", "kept");
        await guest.Page.Context.ClearCookiesAsync(new() { NameRegex = new Regex("antiforgery") });

        await guest.Page.ClickAsync("main form button");
        await guest.Page.ClickAsync($"main form[action='{Page}']:has([type=hidden][value=kept]) button");
        await guest.Page.Locator(".field.bad [name=newEmail]").WaitForAsync();
        Assert.Equal("kept", await guest.Page.InputValueAsync("[name=newEmail]"));

        var form = guest.Page.Context.APIRequest.CreateFormData();
        form.Set("newEmail", "forged");
        var forged = await guest.Page.Context.APIRequest.PostAsync(Page, new()
        {
            Headers = new Dictionary<string, string> { ["Sec-Fetch-Site"] = "cross-site", ["Accept"] = "text/html" },
            Form = form,
        });
        Assert.Equal(400, forged.Status);
        Assert.DoesNotContain("forged", await forged.TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Chinese that does not pack well.</summary>
    private static string Written(int length)
    {
        var any = new Random(length);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)any.Next('\u4e00', '\u9fa5')));
    }
}
