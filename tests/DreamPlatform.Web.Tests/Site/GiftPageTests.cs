using System.Net;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What a donor reads about a gift, from the day it is paid until it has become something.</summary>
public sealed class GiftPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_gift_says_what_comes_next_only_while_it_comes_and_is_lit_as_far_as_the_wish_is_funded()
    {
        Chromium.Require();
        var wish = await DemoWishes.FundingAsync(chromium.App);
        using var donor = await DonorAsync("gift-next");
        var pledge = await PayAsync(donor, $"wishes/{wish}", new { amountMinor = 2_600, ifWishFails = "move" });
        await using var guest = await VisitAsync("gift-next");
        Task<string> PageAsync() => guest.Page.InnerTextAsync("main");

        await guest.OpenAsync($"/me/giving/{pledge}");
        Assert.Equal("谢谢你，钱到了", await guest.Page.InnerTextAsync("h1"));
        Assert.Contains("等愿望筹齐。", await PageAsync(), StringComparison.Ordinal);
        Assert.Contains("按你选的留给项目", await PageAsync(), StringComparison.Ordinal);
        // 13 % of the 47 units that a lantern is high.
        Assert.Equal("6.1", await guest.Page.GetAttributeAsync(".gift .lit", "height"));

        await PayAsync(donor, $"wishes/{wish}", new { amountMinor = 17_400 });
        await guest.Page.ReloadAsync();
        Assert.Contains("愿望筹齐了", await PageAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("等愿望筹齐。", await PageAsync(), StringComparison.Ordinal);
        Assert.Equal("47", await guest.Page.GetAttributeAsync(".gift .lit", "height"));

        await DeliverAsync(wish);
        await guest.Page.ReloadAsync();
        Assert.Equal("你的捐款已经变成东西送到", await guest.Page.InnerTextAsync("h1"));
        Assert.Equal(0, await guest.Page.Locator("#h-next").CountAsync());
        Assert.Matches("棉被：.*送到，付了 ¥150.00", await PageAsync());
        Assert.Contains("基金会留有凭证", await PageAsync(), StringComparison.Ordinal);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_gift_to_a_wish_that_was_cancelled_says_that_it_is_with_the_project()
    {
        Chromium.Require();
        var wish = await DemoWishes.FundingAsync(chromium.App);
        using var donor = await DonorAsync("gift-back");
        var pledge = await PayAsync(donor, $"wishes/{wish}", new { amountMinor = 20_000 });
        await ForEachItemAsync(wish, (finance, path, _) => finance.Post($"{path}/cancel"));
        await using var guest = await VisitAsync("gift-back");

        await guest.OpenAsync($"/me/giving/{pledge}");

        Assert.Equal("这笔捐助现在在项目里", await guest.Page.InnerTextAsync("h1"));
        Assert.Equal(0, await guest.Page.Locator("#h-next").CountAsync());
        Assert.Contains("回到项目里", await guest.Page.InnerTextAsync(".trace"), StringComparison.Ordinal);
        Assert.Equal(0, await guest.Page.Locator(".gift .lit").CountAsync());
    }

    [Fact]
    public async Task The_sums_of_a_donors_giving_are_of_all_gifts_and_not_of_those_on_the_page()
    {
        Chromium.Require();
        var wish = await DemoWishes.FundingAsync(chromium.App);
        using var donor = await DonorAsync("gift-many");
        var project = (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).Text("projectId");
        await PayAsync(donor, $"wishes/{wish}", new { amountMinor = 20_000 });
        await DeliverAsync(wish);
        for (var i = 0; i < 21; i++) await PayAsync(donor, $"projects/{project}", new { amountMinor = 100 });
        await using var guest = await VisitAsync("gift-many");

        await guest.OpenAsync("/me/giving");

        Assert.Equal(
            ["¥200.00", "¥0.00", "¥21.00"], await guest.Page.Locator(".sums dd").AllInnerTextsAsync());
        Assert.Equal(20, await guest.Page.Locator(".gift").CountAsync());
    }

    private async Task<HttpClient> DonorAsync(string name)
    {
        await chromium.App.RegisterAsync($"{name}@demo.example", Platform.Password);
        return await chromium.App.SignInAsync($"{name}@demo.example", Platform.Password);
    }

    private async Task<Guest> VisitAsync(string name)
    {
        var guest = await chromium.VisitAsync();
        await guest.SignInAsync(name, Platform.Password);
        return guest;
    }

    private static async Task<Guid> PayAsync(HttpClient donor, string target, object body)
    {
        var pledge = (await donor.Post($"/api/{target}/pledges", body, HttpStatusCode.Created)).Id();
        await donor.Post($"/api/payments/sandbox/{pledge}", new { result = "paid" });
        return pledge;
    }

    private Task DeliverAsync(Guid wish) => ForEachItemAsync(wish, async (finance, path, amountMinor) =>
    {
        await finance.Post($"{path}/order", new { payee = "Shop", amountMinor });
        await finance.Post($"{path}/deliver", new { actualAmountMinor = amountMinor, evidence = "Signed" });
    });

    private async Task ForEachItemAsync(Guid wish, Func<HttpClient, string, long, Task> act)
    {
        using var finance = await chromium.App.SignInAsync("finance");
        foreach (var item in (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).Items())
            await act(finance, $"/api/wishes/{wish}/items/{item.Id()}", item.Number("amountMinor"));
    }
}
