using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>
/// Where people find themselves on a small screen when the script has put one page in place of another: as they would
/// without it.
/// </summary>
public sealed class ArrivalTests(Chromium chromium)
{
    private const string Top = "it => it.getBoundingClientRect().top";

    [Fact]
    public async Task The_next_question_is_at_the_top_and_has_the_focus()
    {
        Chromium.Require();
        await using var guest = await VisitAsync(await chromium.NewcomerAsync());
        await guest.BeginAsync();
        await guest.AnswerNeedAsync("一台洗衣机");
        await guest.Page.FillAsync("[name=story]", string.Join('\n', Enumerable.Repeat("夜里用手洗。", 30)));

        await guest.GoOnAsync("category");

        await AtHeadingAsync(guest);
    }

    [Fact]
    public async Task What_is_wrong_comes_into_view_and_has_the_focus()
    {
        Chromium.Require();
        await using var guest = await VisitAsync(await chromium.NewcomerAsync());
        var wish = await guest.BeginAsync();
        await guest.OpenAsync($"/apply/{wish}/person");
        await guest.Page.Locator(Wizard.Main).ScrollIntoViewIfNeededAsync();

        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator(".errors").WaitForAsync();

        await Assertions.Expect(guest.Page.Locator(".errors")).ToBeFocusedAsync();
        Assert.InRange(await guest.Page.Locator(".errors").EvaluateAsync<double>(Top), 0, 640);
    }

    [Fact]
    public async Task The_next_page_of_a_list_begins_at_its_top_and_going_back_does_not()
    {
        Chromium.Require();
        await DemoWishes.FundingAsync(chromium.App, Enumerable.Range(1, 21).Select(i => $"第{i}床棉被"));
        await using var guest = await VisitAsync(null);
        await guest.OpenAsync("/wishes");
        await guest.Page.Locator("a[rel=next]").ScrollIntoViewIfNeededAsync();

        await guest.Page.ClickAsync("a[rel=next]");
        await guest.ArriveAsync("after=*");
        await AtHeadingAsync(guest);
        await guest.Page.GoBackAsync();
        await guest.ArriveAsync("/wishes");

        await Assertions.Expect(guest.Page.Locator("h1")).Not.ToBeFocusedAsync();
    }

    private Task<Guest> VisitAsync(string? who) => chromium.VisitAsync(new() { As = who, Width = 360 });

    private static async Task AtHeadingAsync(Guest guest)
    {
        await Assertions.Expect(guest.Page.Locator("h1")).ToBeFocusedAsync();
        Assert.Equal(0, await guest.Page.EvaluateAsync<double>("scrollY"));
        Assert.InRange(await guest.Page.Locator("h1").EvaluateAsync<double>(Top), 0, 640);
    }
}
