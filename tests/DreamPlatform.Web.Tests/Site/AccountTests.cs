using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Tests.Accounts;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

public sealed class AccountTests(Chromium chromium)
{
    [Fact]
    public async Task A_second_factor_is_set_up_used_replaced_by_a_recovery_code_and_turned_off()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        await using var guest = await chromium.VisitAsync();
        await guest.SignInAddressAsync(email);

        await guest.OpenAsync("/me/second-factor");
        await guest.Page.ClickAsync("main form button");
        await guest.Page.Locator("svg.qr").WaitForAsync();
        var factor = new SecondFactor((await guest.Page.InnerTextAsync("code.key")).Replace(" ", "", StringComparison.Ordinal));
        await guest.Page.FillAsync("[name=twoFactorCode]", "000000");
        await guest.Page.ClickAsync("main form button");
        await guest.Page.Locator(".field.bad").WaitForAsync();
        await guest.Page.FillAsync("[name=twoFactorCode]", factor.NextCode());
        await guest.Page.DblClickAsync("main form button");
        await guest.Page.Locator(".codes").WaitForAsync();
        var recovery = await guest.Page.Locator(".codes code").First.InnerTextAsync();

        await using var elsewhere = await chromium.VisitAsync(new() { HasScript = false });
        await elsewhere.OpenAsync("/sign-in");
        await elsewhere.EnterAddressAsync(email);
        await elsewhere.Page.FillAsync("[name=code]", factor.NextCode());
        await elsewhere.Page.ClickAsync("main form button");
        await elsewhere.Page.Locator("form[action='/sign-out']").WaitForAsync();

        await using var lost = await chromium.VisitAsync();
        await lost.OpenAsync("/sign-in?back=%2Fme%2Fsecond-factor");
        await lost.EnterAddressAsync(email);
        await lost.Page.FillAsync("[name=code]", recovery);
        await lost.Page.ClickAsync("main form button");
        await lost.Page.Locator("form[action='/sign-out']").WaitForAsync();
        await lost.OpenAsync("/me/second-factor");
        await lost.Page.DblClickAsync("main form:has(input[value=disable]) button");
        await lost.Page.Locator("form:has(input[value=begin])").WaitForAsync();

        await guest.OpenAsync("/me");
        Assert.Contains("/sign-in", guest.Page.Url, StringComparison.Ordinal);
        await guest.SignInAddressAsync(email);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_session_is_ended_from_another_browser_and_then_all_of_them()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        await using var phone = await chromium.VisitAsync(new() { Width = 360 });
        await using var library = await chromium.VisitAsync(new() { HasScript = false });
        await phone.SignInAddressAsync(email);
        await library.SignInAddressAsync(email);

        await phone.OpenAsync("/me/sessions");
        Assert.Equal(2, await phone.Page.Locator("main .rows > li").CountAsync());
        Assert.Contains("Chrome", await phone.Page.Locator("main .rows h2").First.InnerTextAsync(), StringComparison.Ordinal);
        await phone.Page.DblClickAsync("main .rows button");
        await phone.Page.Locator("main .rows > li:only-child").WaitForAsync();
        await library.OpenAsync("/me");
        Assert.Contains("/sign-in", library.Page.Url, StringComparison.Ordinal);
        await library.SignInAddressAsync(email);
        await phone.OpenAsync("/me/sessions");
        await phone.Page.ClickAsync("main form:has(input[value=everywhere]) button");
        await phone.Page.Locator("[name=password]").WaitForAsync();

        await library.OpenAsync("/me");
        Assert.Contains("/sign-in", library.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_the_address_the_profile_and_the_messages_are_changed()
    {
        Chromium.Require();
        var (email, next) = (await chromium.App.NewPersonAsync(), People.NewAddress());
        await using var guest = await chromium.VisitAsync(new() { HasScript = false });
        await guest.SignInAddressAsync(email);

        await guest.OpenAsync("/me/password");
        await guest.Page.FillAsync("[name=oldPassword]", People.Password);
        await guest.Page.FillAsync("[name=newPassword]", "Battery-Staple-8");
        await guest.Page.DblClickAsync("main form button");
        await guest.Page.Locator("main .note").WaitForAsync();
        await guest.OpenAsync("/me/profile");
        await guest.Page.FillAsync("[name=name]", "王<i>小明</i>");
        await guest.Page.SelectOptionAsync("[name=language]", "en");
        await guest.Page.ClickAsync("main form button");
        Assert.Equal("王<i>小明</i>", await guest.Page.InputValueAsync("[name=name]"));
        await guest.Page.FillAsync("[name=displayName]", "小明");
        await guest.Page.ClickAsync("main form:has([name=displayName]) button");
        await guest.OpenAsync("/me/messages");
        await guest.Page.UncheckAsync("[value=pledge-paid]");
        await guest.Page.ClickAsync("main form button");
        Assert.False(await guest.Page.IsCheckedAsync("[value=pledge-paid]"));
        Assert.True(await guest.Page.IsCheckedAsync("[value=wish-funded]"));
        await guest.OpenAsync("/me/profile");
        Assert.Equal("en", await guest.Page.InputValueAsync("[name=language]"));
        await guest.OpenAsync("/me/email");
        await guest.Page.FillAsync("[name=newEmail]", next);
        await guest.Page.FillAsync("[name=oldPassword]", "Battery-Staple-8");
        await guest.Page.ClickAsync("main form button");
        await guest.Page.Locator("main .note").WaitForAsync();
        await guest.OpenAsync((await chromium.App.MailToAsync(next)).Single().Link.ToString());
        await guest.Page.DblClickAsync("main form button");
        await guest.ArriveAsync("/confirm-email/done");

        await guest.SignInAddressAsync(next, "Battery-Staple-8");
        Assert.Contains(Topics.EmailChanged, await chromium.App.TopicsAsync(email), StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_helper_registers_accepts_the_link_and_the_applicant_ends_it(bool hasScript)
    {
        Chromium.Require();
        var (applicant, helper) = (await chromium.App.NewPersonAsync(), await chromium.App.NewPersonAsync());
        await using var guest = await chromium.VisitAsync(new() { HasScript = hasScript });
        await guest.SignInAddressAsync(applicant);
        await chromium.App.AgeSessionsAsync(applicant);

        await guest.OpenAsync("/me/helpers");
        await guest.Page.ClickAsync("main form:has(input[value=offer]) button");
        await guest.EnterAddressAsync(applicant);
        await guest.Page.ClickAsync("main form[action='/me/helpers'] button");
        await guest.Page.Locator("svg.qr").WaitForAsync();
        var link = new Uri(await guest.Page.InputValueAsync("#link"));

        await using var friend = await chromium.VisitAsync(new() { HasScript = hasScript, Width = 360 });
        await friend.OpenAsync(link.PathAndQuery);
        await friend.EnterAddressAsync(helper);
        await friend.Page.DblClickAsync("main form:has(input[value=accept]) button");
        await friend.ArriveAsync("/me/helpers?accepted=true");
        Assert.Contains(applicant, await friend.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await guest.OpenAsync("/me/helpers");
        Assert.Contains(helper, await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await guest.Page.DblClickAsync("main .rows button");
        await guest.Page.Locator($"h3:text-is('{helper}')").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        Assert.Empty(guest.Complaints.Concat(friend.Complaints));
    }

    [Fact]
    public async Task Somebody_is_invited_registers_and_accepts()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        await using var administrator = await chromium.VisitAsync(new() { As = "foundation" });
        await administrator.OpenAsync("/manage/people");
        await administrator.Page.FillAsync("[name=email]", email);
        await administrator.Page.CheckAsync("[value=reviewer]");
        await administrator.Page.DblClickAsync("main form:has(input[value=invite]) button");
        await administrator.Page.Locator("main .note").WaitForAsync();
        Assert.Contains(email, await administrator.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        await using var guest = await chromium.VisitAsync(new() { HasScript = false });
        await guest.OpenAsync(Assert.Single(await chromium.App.MailToAsync(email)).Link.ToString());
        await guest.EnterAddressAsync(email);
        await guest.Page.DblClickAsync("main form:has(input[value=accept]) button");
        await guest.ArriveAsync("/me?done=joined");

        Assert.Contains("天灯基金会", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(200, (await guest.OpenAsync("/me"))!.Status);
    }

    [Fact]
    public async Task Why_somebody_looked_is_said_in_the_language_of_the_page()
    {
        Chromium.Require();
        var wish = await Desk.RecommendedAsync(chromium.App);
        using var approver = await chromium.App.SignInAsync("approver");
        await approver.Get($"/api/reviews/{wish}");
        await using var guest = await chromium.VisitAsync(new() { As = "applicant" });

        await guest.OpenAsync("/me/data");

        var looks = await guest.Page.InnerTextAsync("main");
        Assert.Contains("决定批不批", looks, StringComparison.Ordinal);
        Assert.DoesNotContain("To decide", looks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_held_is_downloaded_and_erased_after_signing_in_again()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        await using var guest = await chromium.VisitAsync();
        await guest.SignInAddressAsync(email);
        await guest.OpenAsync("/me/data");
        foreach (var (selector, name) in new[] { ("a[href*='format=zip']", "my-data.zip"), ("a[href$='/download']", "my-data.json") })
        {
            var download = await guest.Page.RunAndWaitForDownloadAsync(() => guest.Page.ClickAsync(selector));
            Assert.Equal(name, download.SuggestedFilename);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 100);
        }

        await chromium.App.AgeSessionsAsync(email);
        await guest.OpenAsync("/me/erase");
        await guest.Page.CheckAsync("[name=confirm]");
        await guest.Page.ClickAsync("main form button");
        await guest.EnterAddressAsync(email);
        await guest.Page.DblClickAsync("main form[action='/me/erase'] button");
        await guest.ArriveAsync("/erased*");

        Assert.Equal("invalid-credentials", await chromium.App.Anonymous.Login(email, People.Password).CodeAsync());
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task An_operator_gives_and_takes_a_role_and_enters_a_foundation()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        await using var guest = await chromium.VisitAsync(new() { As = "operator", HasScript = false });
        var code = $"T-{Guid.NewGuid():N}";
        await guest.OpenAsync("/operate/foundations");
        await guest.Page.FillAsync("[name=name]", $"Foundation {code}");
        await guest.Page.FillAsync("[name=registrationCode]", code);
        await guest.Page.DblClickAsync("main form button");
        await guest.Page.Locator($"text={code}").First.WaitForAsync();

        await guest.OpenAsync("/operate/accounts");
        await guest.Page.FillAsync("[name=email]", email);
        await guest.Page.ClickAsync("main form button");
        await guest.Page.SelectOptionAsync("[name=role]", "reviewer");
        await guest.Page.ClickAsync("main form:has(input[value=give]) button");
        await guest.Page.Locator(".field.bad").WaitForAsync();
        await guest.Page.SelectOptionAsync("[name=foundationId]", new Microsoft.Playwright.SelectOptionValue { Label = $"Foundation {code}" });
        await guest.Page.DblClickAsync("main form:has(input[value=give]) button");
        await guest.Page.Locator("main .rows > li").WaitForAsync();
        await guest.Page.DblClickAsync("main .rows button");
        await guest.Page.Locator("main .rows > li").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await guest.Page.ClickAsync("main form:has(input[value=end]) button");

        Assert.Contains(Topics.SignedOutEverywhere, await chromium.App.TopicsAsync(email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neighbour_behind_the_same_address_cannot_keep_somebody_out_on_their_own_phone()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        await using var phone = await chromium.VisitAsync(new() { HasScript = false });
        await phone.SignInAddressAsync(email);
        await phone.Page.ClickAsync("form[action='/sign-out'] button");
        for (var attempt = 0; attempt < SignInGuard.MaxFailuresFromAddress; attempt++)
            await chromium.App.Anonymous.Login(email, "wrong").ProblemAsync();
        await using var stranger = await chromium.VisitAsync(new() { As = "donor2", HasScript = false });
        await stranger.OpenAsync("/");
        await stranger.Page.ClickAsync("form[action='/sign-out'] button");

        await stranger.OpenAsync("/sign-in");
        await stranger.EnterAddressAsync(email);
        await stranger.Page.Locator(".errors").WaitForAsync();
        await phone.SignInAddressAsync(email);

        // The phone has a limit of its own.
        await phone.Page.ClickAsync("form[action='/sign-out'] button");
        await phone.OpenAsync("/sign-in");
        for (var attempt = 0; attempt < SignInGuard.MaxFailuresFromAddress; attempt++) await phone.EnterAddressAsync(email, "wrong");
        await phone.EnterAddressAsync(email);
        await phone.Page.Locator(".errors").WaitForAsync();
        Assert.Equal(0, await phone.Page.Locator("form[action='/sign-out']").CountAsync());
    }
}
