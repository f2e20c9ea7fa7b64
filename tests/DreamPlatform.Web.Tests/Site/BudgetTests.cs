using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>How much a phone has to load, measured by the browser.</summary>
public sealed class BudgetTests(Chromium chromium, ReleaseServer release)
{
    private const string Shifts = """
        new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((sum, it) => sum + it.value, 0)))
          .observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 500))
        """;

    [Fact]
    public async Task A_wall_of_twenty_wishes_loads_100_KB_at_first_and_30_KB_for_the_next_page_and_does_not_jump()
    {
        Chromium.Require();
        ReleaseServer.Require();
        await using var guest = await chromium.VisitAsync(new() { At = release.Address, Width = 360 });
        var bytes = 0.0;
        var network = await guest.Page.Context.NewCDPSessionAsync(guest.Page);
        await network.SendAsync("Network.enable");
        network.Event("Network.loadingFinished").OnEvent += (_, loaded) =>
            bytes += loaded!.Value.GetProperty("encodedDataLength").GetDouble();

        await guest.OpenAsync("/wishes");
        await guest.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var first = bytes;
        var shift = await guest.Page.EvaluateAsync<double>(Shifts);
        Assert.Equal(20, await guest.Page.Locator(".wall > .card").CountAsync());
        await guest.OpenAsync("/wishes?sort=closing");
        await guest.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.InRange(first, 1_000, 100 * 1024);
        Assert.InRange(bytes - first, 1_000, 30 * 1024);
        Assert.Equal(0, shift);
    }

    [Fact]
    public async Task Only_pages_without_a_token_are_compressed_and_only_for_who_is_not_signed_in()
    {
        Chromium.Require();
        var wish = await new SitePageCase("/wishes/{wish}").AddressAsync(chromium.App);
        var project = await new SitePageCase("/projects/{project}").AddressAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { HasScript = false });
        string[] compressed = ["/", "/wishes", wish, "/projects", project, "/how", "/privacy", "/accessibility"];
        foreach (var path in compressed)
        {
            var answer = await guest.OpenAsync(path);
            Assert.True(
                await answer!.HeaderValueAsync("content-encoding") is "br" or "gzip", $"{path} is not compressed.");
            Assert.DoesNotContain(
                "__RequestVerificationToken", await guest.Page.ContentAsync(), StringComparison.Ordinal);
        }

        Assert.Null(await (await guest.OpenAsync("/sign-in"))!.HeaderValueAsync("content-encoding"));
        Assert.Null(await (await guest.OpenAsync($"{wish}/give"))!.HeaderValueAsync("content-encoding"));
        await guest.SignInAsync("donor");
        foreach (var path in compressed)
            Assert.Null(await (await guest.OpenAsync(path))!.HeaderValueAsync("content-encoding"));
    }
}
