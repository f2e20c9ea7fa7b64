using Deque.AxeCore.Commons;
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

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string Problems = """
        async () => (await axe.run({ resultTypes: ['violations'] })).violations
            .map(it => `${it.id}: ${it.help} ${it.nodes.map(node => node.html).join(' | ')}`).join('\n')
        """;

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
            await guest.Page.EvaluateAsync(Axe);
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

                var problems = await guest.Page.EvaluateAsync<string>(Problems);
                Assert.True(problems.Length == 0, $"{language} {scheme} {problems}");
                Assert.True(
                    await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width,
                    $"{language}: the page is wider than {width}.");
            }

            Assert.Equal("", string.Join('\n', guest.Complaints));
        }
    }
}
