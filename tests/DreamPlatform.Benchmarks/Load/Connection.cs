using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DreamPlatform.Benchmarks.Load;

/// <summary>
/// One keep-alive HTTP/1.1 connection of one donor with one pledge under way at most. Its request is built once; each
/// sending only writes the wish and a new idempotency key into it.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int IdLength = 36;

    private static readonly string NoId = new('0', IdLength);

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] request;
    private readonly int wishAt, keyAt;
    private readonly byte[] response = new byte[16 * 1024];
    private int received;

    public Connection(EndPoint server, string authorization, long amountMinor)
    {
        var body = $$"""{"amountMinor":{{amountMinor}},"anonymous":true}""";
        var start = $"POST /api/wishes/{NoId}/pledges HTTP/1.1\r\nHost: localhost\r\n{authorization}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nIdempotency-Key: ";
        request = Encoding.ASCII.GetBytes($"{start}{NoId}\r\n\r\n{body}");
        (wishAt, keyAt) = ("POST /api/wishes/".Length, start.Length);
        socket.Connect(server);
    }

    public Socket Socket => socket;

    /// <summary>When the pledge under way was due to be sent.</summary>
    public long StartedAt { get; private set; }

    public void Send(Guid wish, long startedAt)
    {
        StartedAt = startedAt;
        received = 0;
        wish.TryFormat(request.AsSpan(wishAt), out _);
        Guid.CreateVersion7().TryFormat(request.AsSpan(keyAt), out _);
        for (var sent = 0; sent < request.Length;) sent += socket.Send(request.AsSpan(sent));
    }

    /// <summary>Reads what is there; the answer's status once it is complete, 0 before.</summary>
    public int Receive()
    {
        var count = socket.Receive(response.AsSpan(received));
        if (count == 0) throw new IOException("The server closed a connection.");
        received += count;
        var bytes = response.AsSpan(0, received);
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0 || !IsWhole(bytes[..head], bytes[(head + 4)..])) return 0;
        return ((bytes[9] - '0') * 100) + ((bytes[10] - '0') * 10) + (bytes[11] - '0');
    }

    public string Response => Encoding.UTF8.GetString(response, 0, received);

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var length = head.IndexOf("\r\nContent-Length: "u8);
        if (length < 0) return body.EndsWith("0\r\n\r\n"u8);
        var expected = 0;
        foreach (var digit in head[(length + 18)..])
        {
            if (!char.IsAsciiDigit((char)digit)) break;
            expected = (expected * 10) + (digit - '0');
        }

        return body.Length >= expected;
    }
}
