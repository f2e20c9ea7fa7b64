
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
    [InlineData("/apply", "提出心愿，要先登录或注册")]
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
