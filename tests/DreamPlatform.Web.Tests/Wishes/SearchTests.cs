using System.Net;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Wishes;

public sealed class SearchTests
{
    [Fact]
    public async Task The_wall_is_searched_by_what_is_published_and_by_nothing_else()
    {
        await using var platform = await Platform.Start();
        var wish = await platform.FundingWish();
        async Task<Guid[]> Find(string query) =>
            [.. (await platform.App.Anonymous.Get($"/api/wishes?{query}")).Items().Select(item => item.Id())];

        Assert.Equal([wish], await Find("q=blanket"));
        Assert.Equal([wish], await Find("q=WINTER%20blankets&status=Funding&region=sichuan&sort=closing"));
        Assert.Equal([wish], await Find("q="));
        Assert.Empty(await Find("q=blanket&region=yunnan"));
        Assert.Empty(await Find("q=dormitory")); // In the application, and not in what was published.
        Assert.Empty(await Find("q=Hua"));
        Assert.Empty(await Find("q=%27%25%2A%22"));
        Assert.Empty(await Find("q=%E4%B9%A6%E5%8C%85"));
    }

    [Fact]
    public async Task A_query_of_too_many_words_or_characters_is_refused_with_what_is_too_much()
    {
        await using var app = await TestApp.StartAsync();
        Task<HttpResponseMessage> Ask(string query) =>
            app.Anonymous.GetAsync(new Uri($"/api/wishes?q={Uri.EscapeDataString(query)}", UriKind.Relative));

        var tooLong = await Ask(new string('x', 201)).ProblemAsync();
        Assert.Equal((400, "malformed", "q"), (tooLong.Status, tooLong.Code, tooLong.Fields));
        Assert.Contains("200 characters", tooLong.Errors["q"][0], StringComparison.Ordinal);
        var tooMany = await Ask(string.Join(' ', Enumerable.Range(0, 41))).ProblemAsync();
        Assert.Equal((400, "malformed", "q"), (tooMany.Status, tooMany.Code, tooMany.Fields));
        Assert.Contains("40 words", tooMany.Errors["q"][0], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Ask(string.Join(' ', Enumerable.Range(0, 40)))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Ask(new string('书', 200))).StatusCode);
    }
}
