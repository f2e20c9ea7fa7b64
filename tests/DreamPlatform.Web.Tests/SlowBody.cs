using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DreamPlatform.Web.Tests;

/// <summary>A body of which all but the first byte is held back.</summary>
public sealed class SlowBody : HttpContent
{
    private readonly byte[] content;
    private readonly TaskCompletionSource begun = new(), goOn = new();

    public SlowBody(string json) : this(Encoding.UTF8.GetBytes(json), new("application/json"))
    {
    }

    public SlowBody(byte[] content, MediaTypeHeaderValue type)
    {
        this.content = content;
        Headers.ContentType = type;
    }

    /// <summary>When the request is with the server, but for the rest of its body.</summary>
    public Task Begun => begun.Task;

    public void GoOn() => goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(content.AsMemory(0, 1));
        await stream.FlushAsync();
        begun.SetResult();
        await goOn.Task;
        await stream.WriteAsync(content.AsMemory(1));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
