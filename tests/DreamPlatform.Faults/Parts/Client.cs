using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DreamPlatform.Faults.Parts;

/// <summary>Something a caller asks to be done, under its key.</summary>
/// <param name="Key">The id of the command, in the journal too.</param>
/// <param name="Event">The stored name of the event that it comes to.</param>
/// <param name="Wish">Whose money it moves.</param>
/// <param name="AmountMinor">What it adds to what the wish is promised.</param>
internal sealed record Sent(
    Guid Key, string Path, string Body, string? Token, string Event, Guid Wish, long AmountMinor);

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The stable code of a problem.</summary>
    public string? Code => Body.StartsWith('{') && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>Whether the same may be asked again, to do it or to find out.</summary>
    public bool MayBeRepeated => Status == HttpStatusCode.ServiceUnavailable;
}

/// <summary>Talks to one address as people's programs do.</summary>
internal sealed class Client(Uri address, TimeSpan patience) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        BaseAddress = address,
        Timeout = patience,
    };

    /// <summary>Sends a command; null when no answer came.</summary>
    public async Task<Answer?> TrySendAsync(Sent sent, CancellationToken stop)
    {
        try
        {
            return await SendAsync(HttpMethod.Post, sent.Path, sent.Body, sent.Token, sent.Key, stop);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Asks for something that must be done.</summary>
    public async Task<JsonElement> MustAsync(
        HttpMethod method, string path, string? token, object? body, CancellationToken stop)
    {
        var text = body is null ? null : JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
        var answer = await SendAsync(method, path, text, token, Guid.CreateVersion7(), stop);
        BrokenException.Unless((int)answer.Status < 300, $"{method} {path}: {(int)answer.Status} {answer.Body}");
        return answer.Body.Length > 0 ? answer.Json : default;
    }

    public async Task<Answer> GetAsync(string path, string? token, CancellationToken stop) =>
        await SendAsync(HttpMethod.Get, path, null, token, null, stop);

    public void Dispose() => http.Dispose();

    private async Task<Answer> SendAsync(
        HttpMethod method, string path, string? body, string? token, Guid? key, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key.ToString());
        using var answer = await http.SendAsync(request, stop);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(stop));
    }
}
