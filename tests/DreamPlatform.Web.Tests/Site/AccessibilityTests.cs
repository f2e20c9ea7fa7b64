using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DreamPlatform.Web.Tests.Site.Chromium))]

namespace DreamPlatform.Web.Tests.Site;

public sealed class AccessibilityTests(Chromium chromium)
{
    /// <summary>The folder where pages are photographed for people to look at; none when not set.</summary>
    private static readonly string? Screens = Environment.GetEnvironmentVariable("DREAMPLATFORM_SCREENS");

    /// <summary>Those below the first screen are loaded only when somebody comes near.</summary>
    private const string WithPictures =
        "() => Promise.all([...document.images].map(it => { it.loading = 'eager'; return it.decode().catch(() => {}); }))";

    [Theory]
    [MemberData(nameof(SitePages.Checked), MemberType = typeof(SitePages))]
    public async Task A_page_is_open_to_everybody_in_both_languages_and_both_colour_schemes(string name)
    {
        Chromium.Require();
        var page = SitePages.Of(name);
        var address = await page.AddressAsync(chromium.App);
        foreach (var language in (string[])["zh-CN", "en-GB"])
        {
            await using var guest = await chromium.VisitAsync(
                new() { As = page.As, Language = language });

            var answer = await guest.OpenAsync(address);

            Assert.Equal(page.Status, answer!.Status);
            Assert.Equal(page.As is null ? 0 : 1, await guest.Page.Locator("form[action='/sign-out']").CountAsync());
            Assert.Equal(language[..2], (await guest.Page.GetAttributeAsync("html", "lang"))![..2]);
            foreach (var (scheme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1280), (ColorScheme.Dark, 360)])
            {
                await guest.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await guest.Page.SetViewportSizeAsync(width, 800);
                if (Screens is { Length: > 0 } folder)
                {
                    await guest.Page.EvaluateAsync(WithPictures);
                    await guest.Page.ScreenshotAsync(new()
                    {
                        Path = Path.Combine(folder, $"{page.FileName}-{language[..2]}-{scheme}-{width}.png"),
                        FullPage = true,
                    });
                }

                var problems = string.Join('\n', (await guest.Page.RunAxe()).Violations.Select(it =>
                    $"{language} {scheme} {it.Id}: {it.Help} {string.Join(" | ", it.Nodes.Select(node => node.Html))}"));
                Assert.True(problems.Length == 0, problems);
                Assert.True(
                    await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width,
                    $"{language}: the page is wider than {width}.");
            }

            Assert.Equal("", string.Join('\n', guest.Complaints));
        }
    }
}
