using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Giving in a browser: every test has a wish of 20,000 fen of its own.</summary>
public sealed partial class GivingPageTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_donor_pledges_and_pays_by_mouse_with_or_without_JavaScript(bool hasScript)
    {
        Chromium.Require();
        var wish = await NewWishAsync();
        await using var guest = await chromium.VisitAsync(new() { As = "donor", HasScript = hasScript });
        var page = guest.Page;

        await guest.OpenAsync($"/wishes/{wish}/give");
        await page.CheckAsync("[name=choice][value=own]");
        await page.FillAsync("#amountMinor", "35.50");
        await SendAsync(page, "/give");
        await page.Locator(FormAt("/give/name?amount=3550")).WaitForAsync();
        await page.CheckAsync("[name=anonymous][value=false]");
        await page.FillAsync("#message", "早点暖和起来");
        await page.CheckAsync("[name=fails][value=move]");
        await SendAsync(page, "/give/name");
        await page.Locator(FormAt("/give/check")).WaitForAsync();
        Assert.Contains("早点暖和起来", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await SendAsync(page, "/give/check");
        await page.ClickAsync("main button[value=failed]");
        await page.Locator("main .errors").WaitForAsync();
        await page.ClickAsync("main button[value=paid]");
        await page.Locator(".gift").WaitForAsync();

        var pledge = Assert.Single(await PledgesAsync("donor", wish));
        Assert.Equal(("Paid", 3_550L, "move", false), (
            pledge.Text("status"), pledge.Number("amountMinor"), pledge.Text("ifWishFails"),
            pledge.GetProperty("anonymous").GetBoolean()));
        await guest.OpenAsync($"/wishes/{wish}");
        Assert.Contains("早点暖和起来", await page.InnerTextAsync(".gifts"), StringComparison.Ordinal);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_double_click_and_the_back_button_pledge_once()
    {
        Chromium.Require();
        var wish = await NewWishAsync();
        await using var guest = await chromium.VisitAsync(new() { As = "donor" });
        var page = guest.Page;

        await AtCheckAsync(page, wish, 2_000);
        await page.DblClickAsync($"{FormAt("/give/check")} button");
        await page.ClickAsync("main button[value=paid]");
        await page.Locator(".gift").WaitForAsync();
        do await page.GoBackAsync();
        while (!page.Url.Contains("/give/check", StringComparison.Ordinal));
        await SendAsync(page, "/give/check");
        await page.Locator(".cashier").WaitForAsync();

        Assert.Equal(0, await page.Locator("main button[name=result]").CountAsync());
        Assert.Single(await PledgesAsync("donor", wish));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task Of_two_tabs_that_pledge_the_rest_one_hears_what_remains_and_gives_that()
    {
        Chromium.Require();
        var wish = await NewWishAsync();
        await using var guest = await chromium.VisitAsync(new() { As = "donor" });
        var (first, second) = (guest.Page, await guest.Page.Context.NewPageAsync());
        await AtCheckAsync(first, wish, 15_000);
        await AtCheckAsync(second, wish, 20_000);

        await SendAsync(first, "/give/check");
        await first.Locator(".cashier").WaitForAsync();
        await SendAsync(second, "/give/check");
        await second.Locator("main .errors").WaitForAsync();
        Assert.Contains("50.00", await second.InnerTextAsync("main .errors"), StringComparison.Ordinal);
        await second.ClickAsync("main a.btn[href*='amount=5000']");
        await SendAsync(second, "/give/name");
        await SendAsync(second, "/give/check");
        await second.Locator(".cashier").WaitForAsync();

        Assert.Equal(
            [5_000L, 15_000L],
            (await PledgesAsync("donor", wish)).Select(pledge => pledge.Number("amountMinor")).Order());
    }

    [Fact]
    public async Task Who_is_not_signed_in_or_no_longer_keeps_all_that_was_chosen()
    {
        Chromium.Require();
        var wish = await NewWishAsync();
        await using var guest = await chromium.VisitAsync();
        var page = guest.Page;

        await guest.OpenAsync($"/wishes/{wish}/give/name?amount=1234");
        await page.FillAsync("#message", "给你们");
        await SendAsync(page, "/give/name");
        await page.Locator("[name=password]").WaitForAsync();
        await guest.EnterAsync("donor2");
        await page.Locator(FormAt("/give/check")).WaitForAsync();
        Assert.Contains("给你们", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.Context.ClearCookiesAsync();
        await SendAsync(page, "/give/check");
        await page.Locator("[name=password]").WaitForAsync();
        await guest.EnterAsync("donor2");
        await SendAsync(page, "/give/check");
        await page.Locator(".cashier").WaitForAsync();

        Assert.Equal(1_234, Assert.Single(await PledgesAsync("donor2", wish)).Number("amountMinor"));
    }

    [Fact]
    public async Task An_open_page_shows_what_another_donor_pays()
    {
        Chromium.Require();
        var wish = await NewWishAsync();
        await using var guest = await chromium.VisitAsync();
        await guest.OpenAsync($"/wishes/{wish}");
        Assert.Equal("¥200.00", await guest.Page.InnerTextAsync("[data-live-left]"));

        await GiveAsync("donor2", wish, new { amountMinor = 4_001, anonymous = true });

        await Assertions.Expect(guest.Page.Locator("[data-live-left]")).ToHaveTextAsync("¥159.99");
        await Assertions.Expect(guest.Page.Locator("[data-live-paid]")).ToHaveTextAsync("¥40.01");
        await Assertions.Expect(guest.Page.Locator("[data-live-gave]")).ToHaveTextAsync("1笔捐助");
        await guest.Page.ClickAsync("[data-live-news] a");
        await Assertions.Expect(guest.Page.Locator(".gifts .m").First).ToHaveTextAsync("¥40.01");
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task The_picture_and_its_tables_show_the_figures_of_the_API()
    {
        Chromium.Require();
        var wish = await NewWishAsync();
        await GiveAsync("donor", wish, new { amountMinor = 3_333, anonymous = false });
        await GiveAsync("donor2", wish, new { amountMinor = 4_444, anonymous = true });
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/wishes/{wish}");
        var api = await chromium.App.Anonymous.Get($"/api/wishes/{wish}");
        var (paid, goal) = (api.Number("paidMinor"), api.Number("goalMinor"));

        Assert.Equal(7_777, paid);
        Assert.Equal(paid, await SumAsync(guest.Page, ".flow .mid"));
        Assert.Equal(paid, await SumAsync(guest.Page, ".flow .end[x]"));
        Assert.Equal(paid, await SumAsync(guest.Page, ".flow .end:not([x])"));
        Assert.Equal(goal - paid, await SumAsync(guest.Page, ".flow .miss[x='470']"));
        Assert.Equal(goal - paid, await SumAsync(guest.Page, ".flow .miss[x='974']"));
        Assert.Equal(paid, await SumOfCellsAsync(guest.Page, ".flow-from tbody"));
        Assert.Equal(paid, await SumOfCellsAsync(guest.Page, ".flow-to tbody"));
        Assert.Equal(
            api.Items().Select(item => item.Number("amountMinor")).Sum(),
            await guest.Page.EvaluateAsync<long>(
                "[...document.querySelectorAll('.item progress')].reduce((sum, it) => sum + it.max, 0)"));
    }

    [Fact]
    public async Task A_hostile_name_and_message_are_only_text()
    {
        Chromium.Require();
        const string Name = "<img src=x onerror=alert(1)>", Message = "</p><script>alert(2)</script> & {0}";
        var wish = await NewWishAsync();
        await chromium.App.RegisterAsync("hostile@people.example", Platform.Password);
        using var hostile = await chromium.App.SignInAsync("hostile@people.example", Platform.Password);
        using (var named = await hostile.PutAsJsonAsync("/api/me/display-name", new { displayName = Name }))
            Assert.True(named.IsSuccessStatusCode, await named.Content.ReadAsStringAsync());
        var pledge = (await hostile.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 700, anonymous = false, message = Message },
            System.Net.HttpStatusCode.Created)).Id();
        await hostile.Post($"/api/payments/sandbox/{pledge}", new { result = "paid" });
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/wishes/{wish}");

        Assert.Equal(Name, await guest.Page.InnerTextAsync(".gifts h3"));
        Assert.Equal(Message, await guest.Page.InnerTextAsync(".gifts .said"));
        Assert.Equal(0, await guest.Page.Locator("main script, main img[src=x]").CountAsync());
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_reserved_pledge_is_cancelled_and_one_to_a_project_is_paid_into_its_pool()
    {
        Chromium.Require();
        var wish = await NewWishAsync();
        using var donor = await chromium.App.SignInAsync("donor2");
        var pledge = (await donor.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 900 }, System.Net.HttpStatusCode.Created)).Id();
        var project = await DemoWishes.ProjectAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "donor2" });
        var page = guest.Page;

        await guest.OpenAsync($"/me/giving/{pledge}");
        await page.ClickAsync(".gift form button");
        await page.Locator(".gift").Nth(1).WaitForAsync();
        Assert.Equal("Cancelled", (await donor.Get($"/api/pledges/{pledge}")).Text("status"));
        await guest.OpenAsync($"/projects/{project}/give?amount=2000");
        foreach (var step in new[] { "/give?", "/give/name", "/give/check", "/pay/" }) await SendAsync(page, step);
        await page.Locator(".gift").WaitForAsync();

        Assert.Equal("pool", await page.GetAttributeAsync(".gift", "data-state"));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_cancelled_wish_says_where_its_money_went_and_not_that_it_had_come()
    {
        Chromium.Require();
        var wish = await DemoWishes.CancelledAsync(chromium.App);
        var project = $"project-{wish.Text("projectId")}";
        var back = (await chromium.App.Anonymous.Get($"/api/wishes/{wish.Id()}/money?limit=100")).Items()
            .Where(transfer => transfer.Text("credit") == project).Sum(transfer => transfer.GetProperty("amountMinor").GetInt64());
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/wishes/{wish.Id()}");

        Assert.Equal(wish.GetProperty("goalMinor").GetInt64(), back);
        var panel = await guest.Page.InnerTextAsync(".status");
        Assert.Contains("捐款回到项目里", panel, StringComparison.Ordinal);
        Assert.DoesNotContain("已筹", panel, StringComparison.Ordinal);
        // Nothing was bought with any of it: no band is drawn as spent, and the table says where it is.
        Assert.Equal(back, await SumAsync(guest.Page, ".flow rect.unspent"));
        Assert.Equal(0, await guest.Page.Locator(".flow .end[x]").CountAsync());
        Assert.Contains("点线框：¥1,099.00 回到项目", await guest.Page.Locator(".flow").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("¥1,099.00", await guest.Page.InnerTextAsync(".flow-to tfoot"), StringComparison.Ordinal);
        Assert.Empty(guest.Complaints);
    }

    private async Task<Guid> NewWishAsync() => await DemoWishes.FundingAsync(chromium.App);

    private static async Task AtCheckAsync(IPage page, Guid wish, long amountMinor)
    {
        await page.GotoAsync($"/wishes/{wish}/give/name?amount={amountMinor}");
        await SendAsync(page, "/give/name");
        await page.Locator(FormAt("/give/check")).WaitForAsync();
    }

    /// <summary>A step is there when its form is; the address alone may be ahead of it.</summary>
    private static string FormAt(string step) => $"main form[method=post][action*='{step}']";

    private static Task SendAsync(IPage page, string step) => page.ClickAsync($"{FormAt(step)} button >> nth=0");

    private async Task GiveAsync(string name, Guid wish, object body)
    {
        using var donor = await chromium.App.SignInAsync(name);
        var pledge = (await donor.Post($"/api/wishes/{wish}/pledges", body, System.Net.HttpStatusCode.Created)).Id();
        await donor.Post($"/api/payments/sandbox/{pledge}", new { result = "paid" });
    }

    private async Task<IReadOnlyList<JsonElement>> PledgesAsync(string name, Guid wish)
    {
        using var donor = await chromium.App.SignInAsync(name);
        return [.. (await donor.Get("/api/me/pledges?limit=100")).Items().Where(pledge =>
            pledge.GetProperty("wishId").ValueKind != JsonValueKind.Null
            && pledge.GetProperty("wishId").GetGuid() == wish)];
    }

    private static Task<long> SumAsync(IPage page, string shapes) => page.EvaluateAsync<long>(
        "s => [...document.querySelectorAll(s)].reduce((sum, it) => sum + Number(it.getAttribute('height')), 0)", shapes);

    private static async Task<long> SumOfCellsAsync(IPage page, string body) =>
        (await page.Locator($"{body} td:last-child").AllInnerTextsAsync()).Sum(text =>
            long.Parse(NotDigits().Replace(text, ""), CultureInfo.InvariantCulture));

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NotDigits();
}
