using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace DreamPlatform.Web.Tests;

/// <summary>What an answer says when it is a problem.</summary>
public sealed record ProblemAnswer(
    int Status, string Code, IReadOnlyDictionary<string, string[]> Errors, JsonElement Body)
{
    public string Fields => string.Join(",", Errors.Keys.Order(StringComparer.Ordinal));
}

internal static class Answers
{
    public static async Task<ProblemAnswer> ProblemAsync(this Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)answer.StatusCode, body.GetProperty("status").GetInt32());
        Assert.NotEmpty(body.GetProperty("detail").GetString()!);
        var errors = body.TryGetProperty("errors", out var fields)
            ? fields.Deserialize<Dictionary<string, string[]>>()!
            : [];
        return new((int)answer.StatusCode, body.GetProperty("code").GetString()!, errors, body);
    }

    /// <summary>Why something was refused.</summary>
    public static async Task<string> CodeAsync(this Task<HttpResponseMessage> sending) =>
        (await sending.ProblemAsync()).Code;

    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> sending, int status = 200)
    {
        using var answer = await sending;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>A body of exactly these characters.</summary>
    public static StringContent Raw(string json) => new(json, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, object body) =>
        client.SendAsync(new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) });
}
