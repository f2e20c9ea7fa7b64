using System.Net;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What finance officers, administrators and operators do, by keyboard alone.</summary>
public sealed class OfficeTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deposit_is_noted_once_and_is_in_the_balance(bool hasScript)
    {
        Chromium.Require();
        var project = await Desk.ProjectAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "finance", HasScript = hasScript });
        var hands = new Hands(guest.Page, hasMouse: false);
        await guest.OpenAsync($"/manage/projects/{project}");
        await hands.PressAsync($"a[href='/manage/projects/{project}/deposit']");
        await hands.WriteAsync("[name=amountMinor]", "一千");
        await hands.WriteAsync("[name=reference]", "ICBC 4417");
        await hands.PressAsync("form:has([name=_handler][value=deposit]) button");
        await guest.Page.Locator(".field.bad [name=amountMinor]").WaitForAsync();
        Assert.Equal("ICBC 4417", await guest.Page.InputValueAsync("[name=reference]"));

        await hands.WriteAsync("[name=amountMinor]", "1,234.50");
        await guest.Page.DblClickAsync("form:has([name=_handler][value=deposit]) button");
        await guest.Page.Locator("main .note").WaitForAsync();

        Assert.Equal("¥1,234.50", await guest.Page.InnerTextAsync(".big"));
        Assert.DoesNotContain("4417", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task An_item_that_is_not_bought_gives_its_money_back_to_the_project()
    {
        Chromium.Require();
        var wish = await Desk.FundedAsync(chromium.App);
        var item = (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).GetProperty("items")[1].Id();
        await using var guest = await chromium.VisitAsync(new() { As = "finance" });
        var hands = new Hands(guest.Page, hasMouse: false);
        await guest.OpenAsync("/finance");
        await hands.PressAsync($"a[href='/finance/{wish}/{item}']");
        await hands.PressAsync("form:has([name=_handler][value=cancel]) button");
        await guest.Page.GetByText("已取消，钱回到了项目").WaitForAsync();

        var now = await chromium.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal("Cancelled", now.GetProperty("items")[1].Text("status"));
        Assert.Equal(0, await guest.Page.Locator(".panel form").CountAsync());
        await hands.PressAsync("a[href='/finance?queue=order']");
        await guest.Page.Locator("a[aria-current=page][href='/finance?queue=order']").WaitForAsync();
        Assert.Equal(0, await guest.Page.Locator($"a[href='/finance/{wish}/{item}']").CountAsync());
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task What_was_written_with_a_refused_order_or_delivery_is_shown_as_no_evidence()
    {
        Chromium.Require();
        var wish = await Desk.FundedAsync(chromium.App);
        var item = (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).GetProperty("items")[0];
        var (path, amount) = ($"/api/wishes/{wish}/items/{item.Id()}", item.Number("amountMinor"));
        using var finance = await chromium.App.SignInAsync("finance");

        await finance.Post(
            $"{path}/order", new { payee = "WRONG-payee", amountMinor = amount + 1 }, HttpStatusCode.Conflict);
        await finance.Post($"{path}/order", new { payee = "城南家电商行", amountMinor = amount });
        await finance.Post(
            $"{path}/deliver", new { actualAmountMinor = amount + 1, evidence = "WRONG-slip" },
            HttpStatusCode.Conflict);

        var receipt = Assert.Single((await finance.Get($"{path}/receipts")).Items());
        Assert.Equal(("order", "城南家电商行"), (receipt.Text("what"), receipt.Text("text")));
        await using var guest = await chromium.VisitAsync(new() { As = "finance" });
        await guest.OpenAsync($"/finance/{wish}/{item.Id()}");
        var page = await guest.Page.InnerTextAsync("main");
        Assert.Contains("城南家电商行", page, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", page, StringComparison.Ordinal);
        Assert.Equal(0, await guest.Page.GetByRole(
            Microsoft.Playwright.AriaRole.Heading, new() { Name = "送到的凭证" }).CountAsync());
    }

    [Fact]
    public async Task Mail_that_is_stuck_is_tried_again()
    {
        Chromium.Require();
        var letter = await StuckAsync();
        await using var guest = await chromium.VisitAsync(new() { As = "operator" });
        var hands = new Hands(guest.Page, hasMouse: false);
        await guest.OpenAsync("/operate");
        await hands.PressAsync("a[href='/operate/messages']");
        await guest.Page.GetByText("smtp-550").First.WaitForAsync();
        await hands.PressAsync($"form:has([value='retry-{letter}']) button");
        await guest.Page.Locator("main .note").WaitForAsync();

        Assert.Equal(0, await guest.Page.Locator($"form:has([value='retry-{letter}'])").CountAsync());
        await using var scope = chromium.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var kept = await db.Letters.SingleAsync(it => it.Id == letter, TestContext.Current.CancellationToken);
        Assert.Equal(0, kept.Attempts);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task Administrators_see_who_works_for_them_and_the_operator_takes_a_role_away()
    {
        Chromium.Require();
        var email = await chromium.App.NewPersonAsync();
        using var api = await chromium.App.SignInAsync("foundation");
        var me = await api.Get("/api/me");
        var foundation = me.GetProperty("roles")[0].Text("foundationId");
        using var operators = await chromium.App.SignInAsync("operator");
        await operators.Post($"/api/accounts/{email}/roles", new { role = "auditor", foundationId = foundation });
        await using var administrator = await chromium.VisitAsync(new() { As = "foundation" });
        await administrator.OpenAsync("/manage/people");
        var person = $"li:has(> h3:text-is('{email}'))";
        Assert.Contains("审计", await administrator.Page.InnerTextAsync(person), StringComparison.Ordinal);
        Assert.Equal(0, await administrator.Page.Locator($"{person} button").CountAsync());

        await using var guest = await chromium.VisitAsync(new() { As = "operator" });
        await guest.OpenAsync($"/manage/people?foundation={foundation}");
        await new Hands(guest.Page, hasMouse: false).PressAsync($"{person} button");
        await guest.Page.Locator("main .note").WaitForAsync();

        Assert.Equal(0, await guest.Page.Locator(person).CountAsync());
        Assert.Empty(guest.Complaints.Concat(administrator.Complaints));
    }

    /// <summary>A letter that was tried too often.</summary>
    private async Task<Guid> StuckAsync()
    {
        await using var scope = chromium.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        scope.ServiceProvider.GetRequiredService<Letters>().Add(null, "wang@people.example", Topics.EmailChanged);
        var letter = db.Letters.Local.Single();
        (letter.NextAt, letter.Attempts, letter.LastError) = (MessageRows.Never, 12, "smtp-550");
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return letter.Id;
    }
}
