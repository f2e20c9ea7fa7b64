using System.Text.Json;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What the page of a project says of it.</summary>
public sealed class ProjectPageTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN", "现在还不会自动拨钱")]
    [InlineData("en-GB", "No money moves by this rule yet.")]
    public async Task A_match_is_not_promised_while_no_money_moves_by_it(string language, string said)
    {
        Chromium.Require();
        var project = (await chromium.App.Anonymous.Get("/api/projects?limit=100")).Items()
            .First(it => it.GetProperty("matchRule").ValueKind == JsonValueKind.Object).Id();
        await using var guest = await chromium.VisitAsync(new() { Language = language });

        await guest.OpenAsync($"/projects/{project}");

        Assert.Contains(said, await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_that_are_open_come_before_newer_ones_that_are_closed_page_by_page()
    {
        Chromium.Require();
        await Desk.ProjectAsync(chromium.App, "open", "close");
        await Desk.ProjectAsync(chromium.App, "open");
        await Desk.ProjectAsync(chromium.App, "open", "close");

        var listed = new List<JsonElement>();
        for (string? after = ""; after is not null;)
        {
            var page = await chromium.App.Anonymous.Get($"/api/projects?limit=2{after}");
            listed.AddRange(page.Items());
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }

        Assert.Equal(listed.Count, listed.Select(it => it.Id()).Distinct().Count());
        Assert.Equal(
            listed.OrderByDescending(it => it.Text("status") == "Open").ThenByDescending(it => it.Text("id"), StringComparer.Ordinal),
            listed);
        Assert.True(listed.Count(it => it.Text("status") != "Open") >= 2);
    }

    [Fact]
    public async Task The_account_of_a_project_names_the_wishes_that_its_money_went_to_and_came_back_from()
    {
        Chromium.Require();
        var wish = await Desk.FundedAsync(chromium.App);
        var project = (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).Text("projectId");
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/projects/{project}");
        var link = guest.Page.Locator($"#account a[href='/wishes/{wish}']");
        while (await link.CountAsync() == 0) await guest.Page.ClickAsync("#account .acts a");

        Assert.Equal("一台洗衣机", await link.First.InnerTextAsync());
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_closed_project_has_no_end_to_come()
    {
        Chromium.Require();
        var project = await Desk.ProjectAsync(chromium.App, "open", "close");
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/projects/{project}");

        var standing = await guest.Page.InnerTextAsync(".status .s");
        Assert.Contains("已结束", standing, StringComparison.Ordinal);
        Assert.DoesNotContain("2099", standing, StringComparison.Ordinal);
    }
}
