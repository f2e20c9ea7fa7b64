using System.Text.Json;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Documentation;

public sealed class ApiDocumentTests
{
    /// <summary>The id that all examples have.</summary>
    private const string SomeId = "01965a3e-7c00-7000-8000-0123456789ab";

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_a_summary_or_tag_and_its_refusals()
    {
        await using var app = await TestApp.StartAsync();
        var document = await app.Anonymous.GetAsync("/openapi/v1.json").JsonAsync();
        var operations = Operations(document).ToList();

        Assert.Distinct(operations.Select(it => it.GetProperty("operationId").GetString()));
        Assert.All(operations, operation =>
        {
            var answers = operation.GetProperty("responses");
            if (operation.TryGetProperty("requestBody", out _))
                Assert.All(["400", "413", "415"], status => Assert.True(answers.TryGetProperty(status, out _)));
            if (operation.TryGetProperty("security", out _)) Assert.True(answers.TryGetProperty("401", out _));
            Assert.Matches("^[a-zA-Z0-9]+$", operation.GetProperty("operationId").GetString());
        });
    }

    [Fact]
    public async Task Every_body_has_an_example_and_what_is_sent_so_can_be_read()
    {
        await using var app = await TestApp.StartDemoAsync();
        using var person = await app.SignInAsync("applicant");
        var document = await app.Anonymous.GetAsync("/openapi/v1.json").JsonAsync();
        var sent = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.All(Contents(operation.Value), content => Assert.True(
                    content.TryGetProperty("example", out _), $"{operation.Name} {path.Name} has a body without an example."));
                // What signs people in refuses codes that it did not send.
                if (path.Name.StartsWith("/api/account/", StringComparison.Ordinal)
                    || !operation.Value.TryGetProperty("requestBody", out var body)
                    || !body.GetProperty("content").TryGetProperty("application/json", out var json)) continue;
                using var request = new HttpRequestMessage(
                    new HttpMethod(operation.Name), Regex.Replace(path.Name, "{[^}]*}", SomeId))
                {
                    Content = Answers.Raw(json.GetProperty("example").ToString()),
                };
                request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
                using var answer = await person.SendAsync(request, TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.False(
                    text.Contains("\"malformed\"", StringComparison.Ordinal), $"{operation.Name} {path.Name}: {text}");
                sent++;
            }
        }

        Assert.True(sent > 15, $"Only {sent} examples.");
    }

    private static IEnumerable<JsonElement> Contents(JsonElement operation)
    {
        var bodies = operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Value)
            .Concat(operation.TryGetProperty("requestBody", out var body) ? [body] : []);
        foreach (var one in bodies)
            if (one.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json))
                yield return json;
    }

    [Fact]
    public async Task The_document_speaks_as_the_JSON_does()
    {
        await using var app = await TestApp.StartAsync();
        var document = await app.Anonymous.GetAsync("/openapi/v1.json").JsonAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");

        var roles = schemas.GetProperty("Role").GetProperty("enum").EnumerateArray();
        Assert.Contains("reviewer", roles.Select(it => it.GetString()));
        foreach (var schema in schemas.EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("properties", out var members)) continue;
            Assert.All(members.EnumerateObject(), member => Assert.True(
                member.Value.TryGetProperty("type", out _) || member.Value.TryGetProperty("$ref", out _)
                || member.Value.TryGetProperty("oneOf", out _), $"{schema.Name}.{member.Name} has no type."));
        }
    }

    [Fact]
    public async Task Headers_and_pages_are_told_of()
    {
        await using var app = await TestApp.StartAsync(new()
        {
            Map = it =>
            {
                it.MapPost("/api/test/a", (IdempotencyKey key, IfMatch match) => Results.Ok()).WithName("a");
                it.MapPost("/api/test/b", (IdempotencyKey? key) => Results.Ok()).WithName("b");
                it.MapGet("/api/test/c", (Page page) => new Listing<int>([], null)).WithName("c");
            },
        });
        var document = await app.Anonymous.GetAsync("/openapi/v1.json").JsonAsync();

        bool IsRequired(JsonElement parameter) => parameter.TryGetProperty("required", out var it) && it.GetBoolean();
        string[] Parameters(string name) => [.. Operations(document)
            .Single(it => it.GetProperty("operationId").GetString() == name).GetProperty("parameters").EnumerateArray()
            .Select(it => it.GetProperty("name").GetString() + (IsRequired(it) ? "!" : ""))];
        Assert.Equal(["Idempotency-Key!", "If-Match"], Parameters("a"));
        Assert.Equal(["Idempotency-Key"], Parameters("b"));
        Assert.Equal(["limit", "after"], Parameters("c"));
    }

    [Fact]
    public async Task Every_route_of_the_API_says_who_may_call_it()
    {
        await using var app = await TestApp.StartAsync();
        string[] open =
        [
            "register", "login", "refresh", "confirmEmail", "resendConfirmationEmail", "forgotPassword",
            "resetPassword",
        ];

        var silent = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(it => it.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
                && it.Metadata.GetMetadata<IAuthorizeData>() is null
                && it.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(it => it.RoutePattern.RawText!.Split('/')[^1]);

        Assert.Empty(silent.Except(open));
    }

    private static IEnumerable<JsonElement> Operations(JsonElement document) => document.GetProperty("paths")
        .EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(method => method.Value);
}
