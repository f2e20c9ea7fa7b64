using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>How pages are laid out where nobody would notice that it broke.</summary>
public sealed partial class LayoutTests(Chromium chromium)
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

    [Fact]
    public async Task On_the_narrowest_phone_doubled_text_is_not_wider_than_any_page()
    {
        Chromium.Require();
        var tooWide = new List<string>();
        var kinds = SitePages.All.Where(page => page.Status == 200)
            .DistinctBy(page => (page.As, WhatDiffers().Replace(page.Path, "")));
        foreach (var pages in kinds.GroupBy(page => page.As))
        {
            await using var guest = await chromium.VisitAsync(new() { As = pages.Key, Width = 320 });
            foreach (var page in pages)
            {
                await guest.OpenAsync(await page.AddressAsync(chromium.App));
                var wide = await guest.Page.EvaluateAsync<string>(Widest);
                if (wide.Length > 0) tooWide.Add($"{page}: {wide}");
            }
        }

        Assert.True(tooWide.Count == 0, string.Join('\n', tooWide));
    }

    /// <summary>How wide the page is if it is too wide, and what makes it so.</summary>
    private const string Widest = """
        () => {
          document.documentElement.style.fontSize = "200%";
          const width = document.documentElement.scrollWidth;
          if (width <= 320) return "";
          const inner = [...document.querySelectorAll("main *, header *, footer *")].filter(it =>
            it.getBoundingClientRect().right > 320.5 && ![...it.children].some(child =>
              child.getBoundingClientRect().right > 320.5) && !it.closest(".scroll, figure"));
          return width + " " + inner.slice(0, 4).map(it => it.outerHTML.slice(0, 120)).join(" | ");
        }
        """;

    /// <summary>What makes two pages out of one kind of page.</summary>
    [GeneratedRegex(@"\{[\w-]+\}|\?.*")]
    private static partial Regex WhatDiffers();

    private static async Task<double> LeftAsync(Guest guest, string selector) =>
        Math.Round((await guest.Page.Locator(selector).First.BoundingBoxAsync())!.X);
}
