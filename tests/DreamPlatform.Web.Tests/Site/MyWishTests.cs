using DreamPlatform.Domain.Wishes;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Demo;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What an applicant decides about a wish that was approved, and afterwards.</summary>
public sealed class MyWishTests(Chromium chromium)
{
    private const string Title = "<i>一台洗衣机</i>", Story = "夜里用手洗。\n<script>alert(1)</script>";

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    public async Task Exactly_what_the_preview_shows_becomes_public(string consent, bool hasScript)
    {
        Chromium.Require();
        var (who, wish) = await WishAsync(WishStatus.Approved);
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript, Width = 360 });
        await guest.OpenAsync("/me/wishes");
        await guest.Page.ClickAsync(".card a");
        await guest.Page.ClickAsync("main a[href$='/accept']");

        var preview = await guest.Page.Locator(".preview").InnerTextAsync();
        Assert.All(
            new[] { Title, "夜里用手洗。", "<script>alert(1)</script>", "洗衣机", "¥899.00" },
            said => Assert.Contains(said, preview, StringComparison.Ordinal));
        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator(".errors").WaitForAsync();
        await guest.Page.CheckAsync($"[name=publishStory][value={consent}]");
        await guest.Page.DblClickAsync(Wizard.Main);
        await guest.ArriveAsync($"/me/wishes/{wish}");

        var shown = await chromium.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal("Funding", shown.Text("status"));
        Assert.Equal(Title, shown.Text("title"));
        Assert.Equal(consent == "yes" ? Story : null, shown.GetProperty("story").GetString());
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task An_offer_is_declined_only_after_it_was_asked_again()
    {
        Chromium.Require();
        var (who, wish) = await WishAsync(WishStatus.Approved);
        await using var guest = await chromium.VisitAsync(new() { As = who });
        await guest.OpenAsync($"/me/wishes/{wish}/accept");

        await guest.Page.ClickAsync("main a[href$='/withdraw']");
        await guest.ArriveAsync("/withdraw");
        await guest.Page.ClickAsync(Wizard.Main);
        await guest.ArriveAsync($"/me/wishes/{wish}");

        using var client = await chromium.App.SignInAsync(who);
        Assert.Equal("Withdrawn", (await client.Get($"/api/me/wishes/{wish}")).Text("status"));
    }

    [Fact]
    public async Task Who_declines_in_one_window_what_they_accepted_in_another_hears_that_it_is_too_late()
    {
        Chromium.Require();
        var (who, wish) = await WishAsync(WishStatus.Approved);
        await using var guest = await chromium.VisitAsync(new() { As = who });
        await guest.OpenAsync($"/me/wishes/{wish}/withdraw");
        using var client = await chromium.App.SignInAsync(who);
        await client.Post($"/api/wishes/{wish}/accept", new { publishStory = false });

        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator(".errors").WaitForAsync();

        var page = await guest.Page.InnerTextAsync("main");
        Assert.DoesNotContain("withdraw.", page + await guest.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await guest.Page.Locator("main form button").CountAsync());
        await guest.Page.ClickAsync($"main a[href='/me/wishes/{wish}']");
        await guest.ArriveAsync($"/me/wishes/{wish}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivered_item_is_confirmed_by_its_applicant(bool hasScript)
    {
        Chromium.Require();
        var (who, wish) = await WishAsync(WishStatus.Delivered);
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript });
        await guest.OpenAsync($"/me/wishes/{wish}");

        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator("text=愿望实现了").WaitForAsync();

        Assert.Equal("Fulfilled", (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).Text("status"));
    }

    [Theory]
    [InlineData("Submitted", false)]
    [InlineData("Rejected", false)]
    [InlineData("Funding", true)]
    public async Task Of_orders_is_spoken_only_where_there_may_be_one(string status, bool isSpoken)
    {
        Chromium.Require();
        var address = await new SitePageCase($"/me/wishes/{{mine-{status}}}").AddressAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "applicant" });

        await guest.OpenAsync(address);

        Assert.Equal(
            isSpoken, (await guest.Page.InnerTextAsync(".rows")).Contains("还没下单", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Consent_is_taken_back_and_the_words_are_gone()
    {
        Chromium.Require();
        var (who, wish) = await WishAsync(WishStatus.Funding);
        await using var guest = await chromium.VisitAsync(new() { As = who });
        await guest.OpenAsync($"/me/wishes/{wish}");
        Assert.Contains("夜里用手洗", (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).Text("story"), StringComparison.Ordinal);

        await guest.Page.ClickAsync("main a[href$='/revoke']");
        await guest.ArriveAsync("/revoke");
        await guest.Page.ClickAsync(Wizard.Main);
        await guest.ArriveAsync($"/me/wishes/{wish}");

        var shown = await chromium.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Null(shown.GetProperty("title").GetString());
        Assert.Null(shown.GetProperty("story").GetString());
        Assert.Equal(0, await guest.Page.Locator("main a[href$='/revoke']").CountAsync());
    }

    [Fact]
    public async Task A_helper_is_not_offered_what_only_the_applicant_may_decide()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = "helper" });
        var page = SitePages.Of("/me/wishes/{mine-Approved} as helper");
        var address = await page.AddressAsync(chromium.App);

        await guest.OpenAsync(address);
        Assert.Equal(0, await guest.Page.Locator("main a[href$='/accept']").CountAsync());
        await guest.OpenAsync($"{address}/accept");

        Assert.EndsWith(address, guest.Page.Url, StringComparison.Ordinal);
    }

    /// <summary>A wish of an account of the test's own, taken as far as wanted.</summary>
    private async Task<(string Who, Guid Wish)> WishAsync(WishStatus until)
    {
        var who = await chromium.NewcomerAsync();
        await using var scope = chromium.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<DemoAccounts>();
        var cast = (await DemoCast.Find(accounts))! with { Applicant = (await accounts.FindAsync(who))! };
        var project = await DemoWishes.ProjectAsync(chromium.App);
        await chromium.App.Services.GetRequiredService<DemoStage>().Play(
            cast, new(project), new(until, Title, Story, "household", "sichuan", [("洗衣机", 1, 899_00)]), 1);
        using var client = await chromium.App.SignInAsync(who);
        return (who, (await client.Get("/api/me/wishes")).Items()[0].Id());
    }
}
