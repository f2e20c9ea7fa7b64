using System.Net;
using System.Text;

namespace DreamPlatform.Web.Tests;

/// <summary>A JSON body of which the last part is held back.</summary>
public sealed class SlowBody : HttpContent
{
    private readonly byte[] json;
    private readonly TaskCompletionSource begun = new(), goOn = new();

    public SlowBody(string json)
    {
        this.json = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new("application/json");
    }

    /// <summary>When the request is with the server, but for the rest of its body.</summary>
    public Task Begun => begun.Task;

    public void GoOn() => goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(json.AsMemory(0, 1));
        await stream.FlushAsync();
        begun.SetResult();
        await goOn.Task;
        await stream.WriteAsync(json.AsMemory(1));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = json.Length;
        return true;
    }
}
