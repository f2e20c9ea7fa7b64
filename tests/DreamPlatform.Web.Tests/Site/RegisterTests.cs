using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.People;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Site;

public sealed class RegisterTests(Chromium chromium)
{
    [Theory]
    [InlineData(false, "zh-CN", "请看邮箱")]
    [InlineData(true, "en-GB", "Check your e-mail")]
    public async Task Somebody_registers_confirms_by_a_button_and_signs_in(bool hasScript, string language, string title)
    {
        Chromium.Require();
        var email = People.NewAddress();
        await using var guest = await chromium.VisitAsync(new() { HasScript = hasScript, Language = language });

        await guest.OpenAsync("/register?back=%2Fme%2Fprofile");
        await guest.Page.FillAsync("[name=email]", email);
        await guest.Page.FillAsync("[name=password]", People.Password);
        await guest.Page.ClickAsync("main form button[name=show]");
        await guest.Page.Locator("[name=password][type=text]").WaitForAsync();
        Assert.Equal(People.Password, await guest.Page.InputValueAsync("[name=password]"));
        await guest.Page.DblClickAsync("main form button");
        await guest.ArriveAsync("/register/sent*");
        Assert.Equal(title, await guest.Page.InnerTextAsync("h1"));
        Assert.DoesNotContain(email, guest.Page.Url, StringComparison.Ordinal);
        var mail = Assert.Single(await chromium.App.MailToAsync(email));
        // A program that looks through mail opens every link in it.
        await guest.OpenAsync(mail.Link.ToString());
        Assert.Equal("invalid-credentials", await chromium.App.Anonymous.Login(email, People.Password).CodeAsync());
        await guest.Page.DblClickAsync("main form button");
        await guest.ArriveAsync("/confirm-email/done*");
        await guest.Page.ClickAsync("main a.btn");
        await guest.EnterAddressAsync(email);
        await guest.ArriveAsync("/me/profile");

        var expected = language == "zh-CN" ? Language.Chinese : Language.English;
        Assert.Equal(expected, await LanguageOfAsync(email));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_known_address_gets_the_same_page_and_two_who_register_choose_by_mail()
    {
        Chromium.Require();
        var (known, contested) = (await chromium.App.NewPersonAsync(), People.NewAddress());
        await using var guest = await chromium.VisitAsync(new() { HasScript = false });

        await RegisterAsync(guest, known, "Battery-Staple-8");
        await RegisterAsync(guest, contested, People.Password);
        await RegisterAsync(guest, contested, "Battery-Staple-8");
        await guest.OpenAsync((await chromium.App.MailToAsync(contested))[0].Link.ToString());
        await guest.Page.ClickAsync("main form button");
        Assert.EndsWith("password=true", guest.Page.Url, StringComparison.Ordinal);
        await guest.OpenAsync((await chromium.App.MailToAsync(contested)).Single(it => it.Topic == Topics.ResetPassword).Link.ToString());
        await guest.Page.FillAsync("[name=newPassword]", "Chosen-By-Owner-9");
        await guest.Page.ClickAsync("main form button");

        Assert.EndsWith("/sign-in?after=password", guest.Page.Url, StringComparison.Ordinal);
        Assert.Equal(Topics.AddressAlreadyRegistered, await chromium.App.TopicsAsync(known));
        await guest.SignInAddressAsync(contested, "Chosen-By-Owner-9");
    }

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_by_keyboard_alone_and_a_double_click_does_no_harm()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        await using var guest = await chromium.VisitAsync(new() { Width = 360 });

        await guest.OpenAsync("/forgot-password");
        await guest.Page.FocusAsync("[name=email]");
        await guest.Page.Keyboard.TypeAsync(email);
        await guest.Page.Keyboard.PressAsync("Enter");
        await guest.ArriveAsync("/forgot-password/sent*");
        await guest.OpenAsync((await chromium.App.MailToAsync(email)).Single().Link.ToString());
        await guest.Page.FocusAsync("[name=newPassword]");
        await guest.Page.Keyboard.TypeAsync("short");
        await guest.Page.Keyboard.PressAsync("Enter");
        await guest.Page.Locator(".field.bad").WaitForAsync();
        await guest.Page.FillAsync("[name=newPassword]", "Battery-Staple-8");
        await guest.Page.DblClickAsync("main form button");
        await guest.ArriveAsync("/sign-in?after=password");

        await guest.SignInAddressAsync(email, "Battery-Staple-8");
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task Who_registers_with_nothing_hears_of_both_fields()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { HasScript = false });
        await guest.OpenAsync("/register");

        await guest.EnterAddressAsync("", "");

        Assert.Equal(2, await guest.Page.Locator(".errors li").CountAsync());
        Assert.Equal(2, await guest.Page.Locator(".field.bad").CountAsync());
    }

    [Fact]
    public async Task Who_signs_in_before_confirming_is_told_so_if_they_know_the_password()
    {
        Chromium.Require();
        var email = People.NewAddress();
        await using var guest = await chromium.VisitAsync(new() { HasScript = false });
        await RegisterAsync(guest, email, People.Password);
        await guest.OpenAsync("/sign-in");

        await guest.EnterAddressAsync(email, "Battery-Staple-8");
        await guest.Page.Locator(".errors").WaitForAsync();
        Assert.DoesNotContain("确认", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await guest.EnterAddressAsync(email);
        Assert.Contains("邮箱还没有确认", await guest.Page.InnerTextAsync(".errors"), StringComparison.Ordinal);
        await guest.Page.ClickAsync("main a[href^='/register/sent?to=']");
        Assert.Equal(email, await guest.Page.InputValueAsync("[name=email]"));
        await guest.Page.ClickAsync("main form button");

        Assert.Equal(2, (await chromium.App.MailToAsync(email)).Count);
    }

    private static async Task RegisterAsync(Guest guest, string email, string password)
    {
        await guest.OpenAsync("/register");
        await guest.EnterAddressAsync(email, password);
        await guest.ArriveAsync("/register/sent*");
    }

    private async Task<Language?> LanguageOfAsync(string email)
    {
        var me = await (await chromium.App.SignInAsync(email, People.Password)).GetAsync("/api/me").JsonAsync();
        var grains = chromium.App.Services.GetRequiredService<IGrainFactory>();
        return (await grains.GetProfile(new AccountId(me.GetProperty("id").GetGuid())).Get()).Language;
    }
}
