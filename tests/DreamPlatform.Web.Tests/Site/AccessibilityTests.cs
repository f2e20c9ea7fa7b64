using Deque.AxeCore.Playwright;

[assembly: AssemblyFixture(typeof(DreamPlatform.Web.Tests.Site.Chromium))]

namespace DreamPlatform.Web.Tests.Site;

public sealed class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [MemberData(nameof(SitePages.Names), MemberType = typeof(SitePages))]
    public async Task A_page_is_open_to_everybody_in_both_languages_and_both_colour_schemes(string name)
    {
        Chromium.Require();
        var page = SitePages.Of(name);
        var address = await page.AddressAsync(chromium.App);
        (string, bool)[] looks = [("zh-CN", false), ("en-GB", true), ("zh-CN", true), ("en-GB", false)];
        foreach (var (language, isDark) in looks)
        {
            await using var guest = await chromium.VisitAsync(
                new() { As = page.As, Language = language, IsDark = isDark, Width = isDark ? 360 : 1280 });

            var answer = await guest.OpenAsync(address);
            var result = await guest.Page.RunAxe();

            Assert.Equal(page.Status, answer!.Status);
            Assert.Equal(
                "",
                string.Join('\n', result.Violations.Select(violation =>
                    $"{language} dark={isDark} {violation.Id}: {violation.Help} "
                    + string.Join(" | ", violation.Nodes.Select(node => node.Html)))));
            Assert.Equal(language[..2], (await guest.Page.GetAttributeAsync("html", "lang"))![..2]);
            Assert.True(
                await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= (isDark ? 360 : 1280),
                "The page is wider than the window.");
            Assert.Equal("", string.Join('\n', guest.Complaints));
        }
    }
}
