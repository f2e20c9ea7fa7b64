namespace DreamPlatform.Web.Tests.Site;

/// <summary>What people write is read as they mean it, and what a form never offered is refused.</summary>
public sealed class FormInputTests(Chromium chromium)
{
    [Theory]
    [InlineData("２", "￥８９９．５０")]
    [InlineData("2", "899.5元")]
    [InlineData("2", "¥899.50 元")]
    public async Task A_price_is_read_as_an_input_method_for_Chinese_writes_it(string quantity, string yuan)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = await chromium.NewcomerAsync(), HasScript = false });
        var wish = await guest.BeginAsync();
        await guest.OpenAsync($"/apply/{wish}/items/1");

        await guest.AnswerItemAsync(0, "洗衣机", quantity, yuan);

        var item = await guest.Page.InnerTextAsync(".rows");
        Assert.Contains("¥899.50", item, StringComparison.Ordinal);
        Assert.Contains("2件", item, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1200，50")]
    [InlineData("20,5")]
    [InlineData("八十")]
    [InlineData("1.234")]
    public async Task A_price_that_can_be_read_in_two_ways_or_in_none_is_asked_again(string yuan)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = await chromium.NewcomerAsync(), HasScript = false });
        var wish = await guest.BeginAsync();
        await guest.OpenAsync($"/apply/{wish}/items/1");
        await guest.Page.FillAsync("[name='items[0].name']", "洗衣机");
        await guest.Page.FillAsync("[name='items[0].amountMinor']", yuan);

        await guest.Page.ClickAsync(Wizard.Main);

        Assert.Contains("比如 1200", await guest.Page.InnerTextAsync(".field.bad .err"), StringComparison.Ordinal);
        Assert.Equal(yuan, await guest.Page.InputValueAsync("[name='items[0].amountMinor']"));
    }

    [Fact]
    public async Task A_story_that_is_too_long_is_all_there_to_be_made_shorter()
    {
        Chromium.Require();
        var story = new string('长', 5_001);
        await using var guest = await chromium.VisitAsync(new() { As = await chromium.NewcomerAsync() });
        await guest.BeginAsync();
        await guest.AnswerNeedAsync("一台洗衣机");
        await guest.Page.FillAsync("[name=story]", story);

        await guest.Page.ClickAsync(Wizard.Main);

        Assert.Contains("5,000", (await guest.Page.InnerTextAsync(".field.bad .err")).Replace("5000", "5,000", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(story, await guest.Page.InputValueAsync("[name=story]"));
    }

    [Fact]
    public async Task A_kind_of_need_that_the_form_does_not_offer_is_refused()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = await chromium.NewcomerAsync() });
        var wish = await guest.BeginAsync();
        await guest.OpenAsync($"/apply/{wish}/category");
        await guest.Page.Locator("[name=category]").First.CheckAsync();
        await guest.Page.EvaluateAsync("document.querySelector('[name=category]:checked').value = 'made-up'");

        await guest.Page.ClickAsync(Wizard.Main);

        await guest.Page.Locator(".errors a[href$='#category']").WaitForAsync();
        Assert.Contains("是哪方面的需要", await guest.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.EndsWith("/category", new Uri(guest.Page.Url).AbsolutePath, StringComparison.Ordinal);
    }
}
