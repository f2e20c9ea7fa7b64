using System.Net.Http.Json;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What the steps of giving say to who chose something that does not go, or not together.</summary>
public sealed class GiveStepTests(Chromium chromium)
{
    [Theory]
    [InlineData("check")]
    [InlineData("name")]
    public async Task An_amount_beyond_what_is_left_leads_back_to_the_first_step_which_says_why(string step)
    {
        Chromium.Require();
        var wish = await DemoWishes.FundingAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "donor" });

        await guest.OpenAsync($"/wishes/{wish}/give/{step}?amount=99999999&message=Hello");

        await guest.ArriveAsync("/give?amount=99999999&message=Hello");
        Assert.Contains("¥999,999.99 超过", await guest.Page.InnerTextAsync("main .errors"), StringComparison.Ordinal);
        Assert.Equal("999999.99", await guest.Page.InputValueAsync("#amountMinor"));
    }

    [Fact]
    public async Task Of_a_choice_and_another_amount_that_was_written_neither_is_taken_silently()
    {
        Chromium.Require();
        var wish = await DemoWishes.FundingAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "donor", HasScript = false });
        var page = guest.Page;
        await guest.OpenAsync($"/wishes/{wish}/give");

        await page.CheckAsync("[name=choice][value='5000']");
        await page.FillAsync("#amountMinor", "35");
        await page.ClickAsync("main form button");
        Assert.Contains("另一个", await page.InnerTextAsync(".field.bad .err"), StringComparison.Ordinal);
        await page.CheckAsync("[name=choice][value=own]");
        await page.ClickAsync("main form button");
        await guest.ArriveAsync("/give/name?amount=3500");

        // Who comes back for another choice need not empty what the field begins with.
        await guest.OpenAsync($"/wishes/{wish}/give?amount=3500");
        await page.CheckAsync("[name=choice][value='5000']");
        await page.ClickAsync("main form button");
        await guest.ArriveAsync("/give/name?amount=5000");
    }

    [Fact]
    public async Task Who_shows_a_name_reads_before_giving_how_others_will_read_it()
    {
        Chromium.Require();
        var wish = await DemoWishes.FundingAsync(chromium.App);
        const string Email = "nameless@demo.example";
        await chromium.App.RegisterAsync(Email, Platform.Password);
        await using var guest = await chromium.VisitAsync();
        await guest.SignInAsync("nameless", Platform.Password);

        await guest.OpenAsync($"/wishes/{wish}/give/check?amount=500&anonymous=false");
        Assert.Contains("还没有公开的名字", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        using var donor = await chromium.App.SignInAsync(Email, Platform.Password);
        using (await donor.PutAsJsonAsync("/api/me/display-name", new { displayName = "小林" }))
            await guest.OpenAsync($"/wishes/{wish}/give/check?amount=500&anonymous=false");

        Assert.Contains("别人看到的是“小林”", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }
}
