using System.Runtime.CompilerServices;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>
/// Photographs every page for people to look at, where explicit tests are asked for; find artifacts/screens.
/// </summary>
public sealed class ScreenTests(Chromium chromium)
{
    [Fact(Explicit = true)]
    public async Task Every_page_is_photographed_in_both_widths_languages_and_colour_schemes()
    {
        Chromium.Require();
        var folder = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "screens")).FullName;
        foreach (var language in new[] { "zh-CN", "en-GB" })
        {
            foreach (var (width, isDark) in new[] { (360, false), (1280, false), (360, true), (1280, true) })
            {
                foreach (var pages in SitePages.All.GroupBy(page => page.As))
                {
                    await using var guest = await chromium.VisitAsync(
                        new() { As = pages.Key, Language = language, IsDark = isDark, Width = width });
                    foreach (var page in pages)
                    {
                        await guest.OpenAsync(await page.AddressAsync(chromium.App));
                        var file = $"{page.FileName}-{language[..2]}-{(isDark ? "dark" : "light")}-{width}.png";
                        var path = Path.Combine(folder, file);
                        await guest.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
                        Assert.True(new FileInfo(path).Length > 1_000, path);
                    }
                }
            }
        }
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
