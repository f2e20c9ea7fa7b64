using System.Net.Http.Headers;
using System.Text;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DreamPlatform.Web.Tests.Errors;

/// <summary>Bad input of every kind is answered 4xx with a code and the field, never 500.</summary>
public sealed class BadRequestTests(BadRequestTests.Echo echo) : IClassFixture<BadRequestTests.Echo>
{
    private const string Good = """{"title":"a","amountMinor":1,"items":[{"name":"b"}]}""";

    private HttpClient Client => echo.App.Anonymous;

    [Fact]
    public async Task A_good_body_is_read() => await Client.PostAsync("/api/test/echo", Answers.Raw(Good)).JsonAsync();

    [Theory]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("1", "")]
    [InlineData("\"text\"", "")]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData(Good + "{}", "")]
    [InlineData("{}", "amountMinor,items,title")]
    [InlineData("""{"title":null,"amountMinor":1,"items":[]}""", "title")]
    [InlineData("""{"title":7,"amountMinor":1,"items":[]}""", "title")]
    [InlineData("""{"title":{},"amountMinor":1,"items":[]}""", "title")]
    [InlineData("""{"Title":"a","amountMinor":1,"items":[]}""", "title")]
    [InlineData("""{"title":"a","title":"b","amountMinor":1,"items":[]}""", "title")]
    [InlineData("""{"title":"a","amountMinor":"1","items":[]}""", "amountMinor")]
    [InlineData("""{"title":"a","amountMinor":1.5,"items":[]}""", "amountMinor")]
    [InlineData("""{"title":"a","amountMinor":null,"items":[]}""", "amountMinor")]
    [InlineData("""{"title":"a","amountMinor":9223372036854775808,"items":[]}""", "amountMinor")]
    [InlineData("""{"title":"a","amountMinor":1e400,"items":[]}""", "amountMinor")]
    [InlineData("""{"title":"a\u0000b","amountMinor":1,"items":[]}""", "title")]
    [InlineData("""{"title":"\ud800","amountMinor":1,"items":[]}""", "title")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[{}]}""", "items[0].name")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[{"name":1}]}""", "items[0].name")]
    [InlineData("""{"title":"a","amountMinor":1,"items":{}}""", "items")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[null]}""", "items[0]")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[{"name":"b"},null]}""", "items[1]")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"tags":[null]}""", "tags[0]")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"projectId":"7"}""", "projectId")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"startsOn":"2026-02-30"}""", "startsOn")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"anonymous":"yes"}""", "anonymous")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"urgent":"x"}""", "urgent")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"paid":1}""", "paid")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"paid":"7"}""", "paid")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"paid":"Reserved, Paid"}""", "paid")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"paid":"paid"}""", "paid")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"paid":null}""", "paid")]
    [InlineData("""{"title":"a","amountMinor":1,"items":[],"\ud800":1}""", "")]
    public async Task A_bad_body_is_400_and_names_the_field(string body, string fields)
    {
        var problem = await Client.PostAsync("/api/test/echo", Answers.Raw(body)).ProblemAsync();

        Assert.Equal((400, "malformed", fields), (problem.Status, problem.Code, problem.Fields));
        Assert.All(problem.Errors.Values.SelectMany(it => it), Assert.NotEmpty);
    }

    [Fact]
    public async Task Messages_say_what_a_field_must_be()
    {
        async Task<string> Message(string member)
        {
            var body = Answers.Raw($$"""{"title":"a","amountMinor":1,"items":[],{{member}}}""");
            return (await Client.PostAsync("/api/test/echo", body).ProblemAsync()).Errors.Single().Value[0];
        }

        Assert.Equal("Must be a UUID.", await Message("\"projectId\":\"7\""));
        Assert.Equal("Must be true or false.", await Message("\"anonymous\":\"yes\""));
        Assert.Equal("Must be true or false.", await Message("\"urgent\":\"yes\""));
        Assert.Equal("Must not be null.", await Message("\"anonymous\":null"));
        Assert.Equal("Must be a date such as 2026-01-31.", await Message("\"startsOn\":\"soon\""));
        Assert.Equal("Must be one of Reserved, Paid.", await Message("\"paid\":\"x\""));
        Assert.Equal("Must be a string.", await Message("\"note\":1"));
        Assert.Equal("Must not be given twice.", await Message("\"note\":\"1\",\"note\":\"2\""));
    }

    [Fact]
    public async Task A_body_nested_too_deeply_is_400()
    {
        var body = string.Concat(Enumerable.Repeat("[", 5000));

        var unknown = await Client.PostAsync("/api/test/echo", Answers.Raw($$"""{"x":{{body}}""")).ProblemAsync();
        var known = await Client.PostAsync("/api/test/echo", Answers.Raw($$"""{"items":{{body}}""")).ProblemAsync();

        Assert.All([unknown, known], problem => Assert.Equal((400, "malformed"), (problem.Status, problem.Code)));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_400()
    {
        var content = new ByteArrayContent([.. "{\"title\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        Assert.Equal(400, (await Client.PostAsync("/api/test/echo", content).ProblemAsync()).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=no-such-charset")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_media_type_is_415(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        var problem = await Client.PostAsync("/api/test/echo", content).ProblemAsync();

        Assert.Equal((415, "unsupported-media-type"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task UTF8_may_be_said_in_quotes()
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=\"UTF-8\"");

        await Client.PostAsync("/api/test/echo", content).JsonAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_256_KiB_is_413(bool isChunked)
    {
        var body = Good.Replace("\"a\"", '"' + new string('a', 256 * 1024) + '"', StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/test/echo") { Content = Answers.Raw(body) };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.ExpectContinue = true;

        var problem = await Client.SendAsync(request).ProblemAsync();

        Assert.Equal((413, "body-too-large"), (problem.Status, problem.Code));
    }

    [Theory]
    [InlineData("GET", "/api/no/such/route", 404, "not-found", "")]
    [InlineData("PATCH", "/api/test/echo", 405, "method-not-allowed", "")]
    [InlineData("GET", "/api/test/things/7", 400, "malformed", "id")]
    [InlineData("GET", "/api/test/things/0197a1b2-0000-7000-8000-000000000000?size=x", 400, "malformed", "size")]
    [InlineData("GET", "/api/test/things/0197a1b2-0000-7000-8000-000000000000?q=%00", 400, "malformed", "q")]
    public async Task A_bad_address_is_refused(string method, string path, int status, string code, string fields)
    {
        var problem = await Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)).ProblemAsync();

        Assert.Equal((status, code, fields), (problem.Status, problem.Code, problem.Fields));
    }

    [Fact]
    public async Task A_browser_gets_the_same_form()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/no/such/route");
        request.Headers.Accept.ParseAdd("text/html");

        Assert.Equal("not-found", (await Client.SendAsync(request).ProblemAsync()).Code);
    }

    [Fact]
    public async Task A_bug_is_500_and_tells_nothing_of_itself()
    {
        var problem = await Client.GetAsync("/api/test/bug").ProblemAsync();

        Assert.Equal((500, "internal-error"), (problem.Status, problem.Code));
        Assert.DoesNotContain("secret", problem.Body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", problem.Body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/test/timeout", "outcome-unknown")]
    [InlineData("/api/test/rejected", "outcome-unknown")]
    [InlineData("/api/test/busy", "busy")]
    public async Task What_may_be_repeated_is_503_with_Retry_After(string path, string code)
    {
        using var answer = await Client.GetAsync(path);

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(code, (await Task.FromResult(answer).ProblemAsync()).Code);
    }

    [Fact]
    public async Task Checks_are_answered_all_at_once()
    {
        var problem = await Client.GetAsync("/api/test/check").ProblemAsync();

        Assert.Equal((400, "malformed", "amountMinor,items,title"), (problem.Status, problem.Code, problem.Fields));
        Assert.Equal("Must be from 1 to 9.", problem.Errors["amountMinor"][0]);
    }

    [Fact]
    public async Task Answers_carry_headers_that_keep_browsers_and_caches_out()
    {
        using var answer = await Client.GetAsync("/api/test/check");

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    private enum Status
    {
        Reserved,
        Paid,
    }

    private sealed record Body(
        string Title, long AmountMinor, IReadOnlyList<Item> Items, Guid? ProjectId = null, DateOnly? StartsOn = null,
        bool Anonymous = false, Status Paid = Status.Reserved, string? Note = null,
        bool? Urgent = null, IReadOnlyList<string>? Tags = null);

    private sealed record Item(string Name);

    /// <summary>The app with routes that show how requests are read.</summary>
    public sealed class Echo : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(new() { Map = Map });

        public ValueTask DisposeAsync() => App.DisposeAsync();

        private static void Map(WebApplication app)
        {
            var test = app.MapGroup("/api/test");
            test.MapPost("/echo", (Body body) => Results.Ok(body));
            test.MapGet("/things/{id}", (Guid id, int? size, string? q) => Results.Ok(new { id, size, q }));
            test.MapGet("/bug", string () => throw new InvalidOperationException("secret"));
            test.MapGet("/timeout", string () => throw new TimeoutException("secret"));
            test.MapGet("/rejected", string () => throw new OrleansException("secret"));
            test.MapGet("/busy", () => Results.StatusCode(503));
            test.MapGet("/check", () => new Check()
                .Text("title", " ", 10).Range("amountMinor", 10, 1, 9).That(false, "items", "Must be few.").Problem!);
        }
    }
}
