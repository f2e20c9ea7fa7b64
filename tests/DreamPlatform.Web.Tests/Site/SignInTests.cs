using DreamPlatform.Web.Tests.Accounts;
using DreamPlatform.Web.Tests.Operating;

namespace DreamPlatform.Web.Tests.Site;

public sealed class SignInTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_signs_in_and_out_with_or_without_JavaScript(bool hasScript)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { HasScript = hasScript });

        await guest.OpenAsync("/sign-in?back=%2Fwishes%3Fsort%3Dclosing");
        await guest.EnterAsync("donor", "wrong-password");
        await guest.Page.Locator(".errors").WaitForAsync();
        Assert.Equal("donor@demo.example", await guest.Page.InputValueAsync("[name=email]"));
        await guest.EnterAsync("donor");
        await guest.ArriveAsync("/wishes?sort=closing");
        await guest.Page.ClickAsync("form[action='/sign-out'] button");
        await guest.Page.Locator("a[href^='/sign-in']").WaitForAsync();

        Assert.Empty(guest.Complaints);
    }

    [Theory]
    [InlineData("/apply", "许愿要先登录或注册")]
    [InlineData("/wishes/{wish}/give/check?amount=1", "捐款要先登录或注册")]
    public async Task Whoever_has_to_sign_in_first_is_told_for_what(string path, string told)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { HasScript = false });

        await guest.OpenAsync($"/sign-in?back={Uri.EscapeDataString(path)}");
        Assert.Contains(told, await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await guest.OpenAsync("/sign-in");
        Assert.Equal(0, await guest.Page.Locator("main .note").CountAsync());
    }

    [Theory]
    [InlineData("donor", "/me/data", "/me", "true")]
    [InlineData("donor", "/me", "/me", "page")]
    [InlineData("donor", "/me/giving", "/me/giving", "page")]
    [InlineData("reviewer", "/me/wishes", "/me", "true")]
    public async Task The_menu_marks_the_section_that_one_is_in(string who, string path, string section, string how)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = false });

        await guest.OpenAsync(path);

        var marked = guest.Page.Locator("header nav [aria-current]");
        Assert.Equal(1, await marked.CountAsync());
        Assert.Equal((section, how), (await marked.GetAttributeAsync("href"), await marked.GetAttributeAsync("aria-current")));
    }

    /// <summary>Phones have a keyboard for Chinese, and recovery codes are on paper.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_wrong_code_leaves_the_second_step_and_a_right_one_may_be_typed_in_any_way(
        bool hasScript, bool isRecovery)
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        using var owner = await chromium.App.SignInAsync(email, People.Password);
        var factor = await SecondFactor.EnableAsync(owner);
        await using var guest = await chromium.VisitAsync(new() { HasScript = hasScript });
        await guest.OpenAsync("/sign-in");
        await guest.EnterAddressAsync(email);

        await guest.Page.FillAsync("[name=code]", "12345");
        await guest.Page.ClickAsync("main form button");
        await guest.Page.Locator(".errors a[href$='#code']").WaitForAsync();
        Assert.Equal("第二道验证", await guest.Page.InnerTextAsync("h1"));
        Assert.DoesNotContain("邮箱", await guest.Page.InnerTextAsync(".errors"), StringComparison.Ordinal);

        await guest.Page.FillAsync("[name=code]", isRecovery
            ? factor.Enabled.GetProperty("recoveryCodes")[0].GetString()!.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)
            : string.Concat(factor.NextCode().Insert(3, " ").Select(it => it == ' ' ? it : (char)(it - '0' + '０'))));
        await guest.Page.ClickAsync("main form button");
        await guest.Page.Locator("form[action='/sign-out']").WaitForAsync();
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_link_from_elsewhere_does_not_lead_away_after_signing_in()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync("/sign-in?back=%2F%2Fevil.example");
        await guest.EnterAsync("donor");
        await guest.Page.Locator("form[action='/sign-out']").WaitForAsync();

        Assert.Equal(chromium.App.Address, new Uri(guest.Page.Url));
    }

    [Fact]
    public async Task Enhancement_is_on_in_the_executable_as_it_is_started_so_that_a_link_does_not_load_all_anew()
    {
        Chromium.Require();
        using var data = new TemporaryFolder();
        await using var server = await ServerProcess.ServeAsync("--demo", "--data", data.Path);
        await using var guest = await chromium.VisitAsync(new() { At = server.Address });
        await guest.OpenAsync("/");

        await guest.Page.EvaluateAsync("window.stays = 'here'");
        await guest.Page.ClickAsync("header a[href='/wishes']");
        await guest.ArriveAsync("/wishes");
        await guest.Page.Locator("form.filter").WaitForAsync();

        Assert.Equal("here", await guest.Page.EvaluateAsync<string>("window.stays"));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task The_language_is_remembered_and_the_page_stays_the_same()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { Language = "zh-CN", HasScript = false });

        await guest.OpenAsync("/wishes?sort=closing");
        await guest.Page.ClickAsync("a[hreflang=en]");

        Assert.EndsWith("/wishes?sort=closing", guest.Page.Url, StringComparison.Ordinal);
        Assert.Equal("en", await guest.Page.GetAttributeAsync("html", "lang"));
        await guest.OpenAsync("/how");
        Assert.Equal("en", await guest.Page.GetAttributeAsync("html", "lang"));
    }
}
