using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>How pages are laid out where nobody would notice that it broke.</summary>
public sealed class LayoutTests(Chromium chromium)
{
    [Fact]
    public async Task A_link_back_begins_where_its_page_begins()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = "donor" });

        await guest.OpenAsync("/me/email");

        Assert.Equal(await LeftAsync(guest, "main h1"), await LeftAsync(guest, ".back a"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_wish_on_paper_is_dark_ink_without_what_only_a_screen_can_use(ColorScheme scheme)
    {
        Chromium.Require();
        var address = await new SitePageCase("/wishes/{wish}").AddressAsync(chromium.App);
        await using var guest = await chromium.VisitAsync();
        await guest.OpenAsync(address);

        await guest.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = scheme });

        foreach (var selector in (string[])[".top nav", ".who-am-i", ".pledge", ".status .btn", ".foot nav"])
            Assert.False(await guest.Page.Locator(selector).First.IsVisibleAsync(), selector);
        Assert.True(await guest.Page.Locator(".status .big").IsVisibleAsync());
        foreach (var selector in (string[])["h1", ".status .big", ".flow-to td"])
        {
            Assert.Equal("rgb(20, 39, 43)", await guest.Page.Locator(selector).First
                .EvaluateAsync<string>("it => getComputedStyle(it).color"));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/wishes")]
    [InlineData("/projects")]
    [InlineData("/apply")]
    [InlineData("/wishes/{wish}/give")]
    public async Task On_the_narrowest_phone_doubled_text_is_not_wider_than_the_page(string path)
    {
        Chromium.Require();
        var address = await new SitePageCase(path).AddressAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { Width = 320 });
        await guest.OpenAsync(address);

        await guest.Page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");

        Assert.True(await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320);
    }

    private static async Task<double> LeftAsync(Guest guest, string selector) =>
        Math.Round((await guest.Page.Locator(selector).First.BoundingBoxAsync())!.X);
}
