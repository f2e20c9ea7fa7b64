using System.Net;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>The wall and its wishes at other times, and when what is asked makes no sense.</summary>
public sealed class WallPageTests
{
    private static readonly string LongQuery = string.Concat(Enumerable.Range(0, 60).Select(i => (char)('\u4e00' + i)));

    [Fact]
    public async Task A_wish_past_its_last_day_asks_nobody_for_money()
    {
        var clock = new Clock();
        await using var app = await TestApp.StartDemoAsync(clock);
        var wish = (await app.Anonymous.Get("/api/wishes?status=Funding&sort=closing")).Items()[0].Id();
        using var before = await Cookies.VisitAsync(app.Address, null);
        Assert.Contains($"/wishes/{wish}", await before.GetStringAsync("/"), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromDays(3_650));

        using var guest = await Cookies.VisitAsync(app.Address, null);
        var (home, page) = (await guest.GetStringAsync("/"), await guest.GetStringAsync($"/wishes/{wish}"));
        Assert.DoesNotContain($"/wishes/{wish}", home, StringComparison.Ordinal);
        Assert.Contains("筹款已经结束", page, StringComparison.Ordinal);
        Assert.All((string[])["还差", "筹款中", "id=\"pledge\""], it => Assert.DoesNotContain(it, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<form method=\"post\"", await guest.GetStringAsync($"/wishes/{wish}/give"), StringComparison.Ordinal);
        Assert.False((await app.Anonymous.Get($"/api/wishes/{wish}")).GetProperty("isCollecting").GetBoolean());

        using var applicant = await app.SignInAsync("applicant");
        var mine = (await applicant.Get("/api/me/wishes?limit=100")).Items()
            .First(it => it.Text("status") == "Funding").Id();
        using var person = await Cookies.VisitAsync(app.Address, "applicant");
        var own = await person.GetStringAsync($"/me/wishes/{mine}");
        Assert.Contains("接下来怎么办由基金会决定", own, StringComparison.Ordinal);
        Assert.DoesNotContain("为止。", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_asks_too_much_stays_to_be_made_shorter_and_a_stale_page_leads_to_the_first()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = await Cookies.VisitAsync(app.Address, null);

        using var tooLong = await guest.GetAsync($"/wishes?category=food&q={Uri.EscapeDataString(LongQuery)}");
        using var stale = await guest.GetAsync("/wishes?category=food&after=nonsense");

        using var wrong = await guest.GetAsync("/wishes?sort=wrong");

        Assert.Contains(
            "怎么排：请从列表里选", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        var page = await tooLong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"value=\"{LongQuery}\"", page, StringComparison.Ordinal);
        Assert.Contains("40", page[page.IndexOf("id=\"q-error\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, stale.StatusCode);
        Assert.Contains(
            "href=\"/wishes?category=food\"",
            await stale.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
