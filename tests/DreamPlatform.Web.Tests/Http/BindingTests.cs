using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DreamPlatform.Web.Tests.Http;

/// <summary>The headers and parameters that many routes share.</summary>
public sealed class BindingTests(BindingTests.Routes routes) : IClassFixture<BindingTests.Routes>
{
    private const string Key = "0197a1b2-0000-7000-8000-000000000000";

    [Theory]
    [InlineData("required", null, "idempotency-key-required")]
    [InlineData("required", "7", "idempotency-key-malformed")]
    [InlineData("required", "{0197a1b2-0000-7000-8000-000000000000}", "idempotency-key-malformed")]
    [InlineData("required", "00000000-0000-0000-0000-000000000000", "idempotency-key-malformed")]
    [InlineData("optional", "", "idempotency-key-malformed")]
    public async Task An_idempotency_key_is_a_UUID(string route, string? key, string code)
    {
        var problem = await SendAsync(route, "Idempotency-Key", key).ProblemAsync();

        Assert.Equal((400, code, "Idempotency-Key"), (problem.Status, problem.Code, problem.Fields));
    }

    [Theory]
    [InlineData("required", Key, Key)]
    [InlineData("optional", Key, Key)]
    [InlineData("optional", null, "none")]
    public async Task An_idempotency_key_reaches_the_handler(string route, string? key, string seen) =>
        Assert.Equal(seen, (await SendAsync(route, "Idempotency-Key", key).JsonAsync()).GetString());

    [Theory]
    [InlineData(null, "any")]
    [InlineData("*", "any")]
    [InlineData("\"0\"", "0")]
    [InlineData("\"12\"", "12")]
    public async Task If_Match_is_the_version_of_an_ETag(string? tag, string seen) =>
        Assert.Equal(seen, (await SendAsync("match", "If-Match", tag).JsonAsync()).GetString());

    [Theory]
    [InlineData("12")]
    [InlineData("W/\"12\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("\"")]
    public async Task Another_If_Match_is_refused(string tag)
    {
        var problem = await SendAsync("match", "If-Match", tag).ProblemAsync();

        Assert.Equal((400, "if-match-malformed"), (problem.Status, problem.Code));
    }

    [Theory]
    [InlineData("limit=0", "malformed", "limit")]
    [InlineData("limit=101", "malformed", "limit")]
    [InlineData("limit=-1", "malformed", "limit")]
    [InlineData("limit=1&limit=2", "malformed", "limit")]
    [InlineData("limit=", "malformed", "limit")]
    [InlineData("after=", "cursor-malformed", "after")]
    [InlineData("after=AAAA", "cursor-malformed", "after")]
    [InlineData("after=%ff%fe", "cursor-malformed", "after")]
    public async Task Pages_that_cannot_be_are_refused(string query, string code, string fields)
    {
        var problem = await routes.App.Anonymous.GetAsync($"/api/test/numbers?{query}").ProblemAsync();

        Assert.Equal((400, code, fields), (problem.Status, problem.Code, problem.Fields));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_to_its_end()
    {
        var (seen, next, pages) = (new List<int>(), "", 0);
        do
        {
            var page = await routes.App.Anonymous.GetAsync($"/api/test/numbers?limit=10{next}").JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(it => it.GetInt32()));
            next = page.GetProperty("next").GetString() is { } after ? $"&after={after}" : null;
            pages++;
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(1, 25), seen);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var other = new Cursor((byte)'x', 3);

        var problem = await routes.App.Anonymous.GetAsync($"/api/test/numbers?after={other}").ProblemAsync();

        Assert.Equal("cursor-malformed", problem.Code);
    }

    [Fact]
    public void A_cursor_comes_back_as_it_was()
    {
        Cursor[] cursors = [default, new(7, long.MinValue, Guid.NewGuid()), new(255, long.MaxValue)];
        foreach (var cursor in cursors)
        {
            Assert.True(Cursor.TryParse(cursor.ToString(), out var read));
            Assert.Equal(cursor, read);
            Assert.False(Cursor.TryParse(cursor + "A", out _));
            Assert.False(Cursor.TryParse(cursor.ToString()[1..], out _));
            Assert.False(Cursor.TryParse(cursor.ToString()[1..] + "!", out _));
        }
    }

    private Task<HttpResponseMessage> SendAsync(string route, string header, string? value)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/test/{route}");
        if (value is not null) Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        return routes.App.Anonymous.SendAsync(request);
    }

    /// <summary>The app with a route for each.</summary>
    public sealed class Routes : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(new() { Map = Map });

        public ValueTask DisposeAsync() => App.DisposeAsync();

        private static void Map(WebApplication app)
        {
            var test = app.MapGroup("/api/test");
            test.MapPost("/required", (IdempotencyKey key) => Results.Ok(key.Command.ToString()));
            test.MapPost("/optional", (IdempotencyKey? key) => Results.Ok(key?.Command.ToString() ?? "none"));
            test.MapPost("/match", (IfMatch match) => Results.Ok(match.Version?.ToString("D", null) ?? "any"));
            test.MapGet("/numbers", (Page page) =>
            {
                var first = (int)(page.Cursor((byte)'n')?.At ?? 0) + 1;
                var rows = Enumerable.Range(first, 25 - first + 1).Take(page.Limit + 1).ToList();
                return page.Of(rows, number => new Cursor((byte)'n', number));
            });
        }
    }
}
