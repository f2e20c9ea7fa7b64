using System.Net;
using System.Net.Sockets;

namespace DreamPlatform.Faults.Parts;

/// <summary>How often, of a piece of data that passes, something happens to it.</summary>
/// <param name="Delayed">It arrives late, by at most <paramref name="MaxDelay"/>.</param>
/// <param name="Cut">The connection is cut instead of passing on what was asked.</param>
/// <param name="ReplyLost">What was asked has arrived; the reply does not, and then the connection is cut.</param>
internal sealed record Weather(double Delayed, TimeSpan MaxDelay, double Cut, double ReplyLost);

/// <summary>Stands between a client and a server on the loopback interface, and behaves as the weather is.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, Ports.Next());
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Random random;
    private readonly Task accepting;
    private int delays, cuts, losses;

    /// <param name="target">The port of the server.</param>
    /// <param name="seed">Of what is done to whom, as far as the order of what passes is the same.</param>
    public TcpProxy(int target, int seed)
    {
        (this.target, random) = (target, new Random(seed));
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Null while everything passes as it is.</summary>
    public Weather? Weather { get; set; }

    public (int Delays, int Cuts, int Losses) Done => (delays, cuts, losses);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        using (var cut = CancellationTokenSource.CreateLinkedTokenSource(stop.Token))
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, cut.Token);
                client.NoDelay = server.NoDelay = true;
                var first = await Task.WhenAny(
                    PassAsync(client, server, isReply: false, cut.Token),
                    PassAsync(server, client, isReply: true, cut.Token));
                await first;
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Whoever ends it, both ends hear of it below.
            }

            await cut.CancelAsync();
        }
    }

    /// <summary>Passes on what comes until it ends or is cut.</summary>
    private async Task PassAsync(TcpClient from, TcpClient to, bool isReply, CancellationToken cut)
    {
        var (source, sink, buffer) = (from.GetStream(), to.GetStream(), new byte[64 * 1024]);
        int read;
        while ((read = await source.ReadAsync(buffer, cut)) > 0)
        {
            if (Weather is { } weather)
            {
                var (isCut, delay) = Draw(weather, isReply);
                if (delay > TimeSpan.Zero) await Task.Delay(delay, TimeProvider.System, cut);
                if (isCut) return;
            }

            await sink.WriteAsync(buffer.AsMemory(0, read), cut);
        }
    }

    private (bool IsCut, TimeSpan Delay) Draw(Weather weather, bool isReply)
    {
        lock (random)
        {
            var isCut = random.NextDouble() < (isReply ? weather.ReplyLost : weather.Cut);
            var isDelayed = random.NextDouble() < weather.Delayed;
            if (isCut && isReply) losses++;
            else if (isCut) cuts++;
            if (isDelayed) delays++;
            return (isCut, isDelayed ? weather.MaxDelay * random.NextDouble() : TimeSpan.Zero);
        }
    }
}
