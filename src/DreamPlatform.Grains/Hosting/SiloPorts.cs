using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// The ports of a silo that nobody chose. A silo that starts again takes those it had: by its address the others, and
/// it itself, know that the one before is gone, and nobody waits for that one's answer.
/// </summary>
internal sealed record SiloPorts(int Silo, int Gateway)
{
    /// <summary>Those of the last start where they are free, or others; remembered for the next.</summary>
    public static SiloPorts Remembered(string file, IPAddress address)
    {
        var last = File.Exists(file) ? File.ReadAllLines(file) : [];
        var ports = new SiloPorts(Port(address, last.ElementAtOrDefault(0)), Port(address, last.ElementAtOrDefault(1)));
        File.WriteAllLines(file, [Text(ports.Silo), Text(ports.Gateway)]);
        return ports;
    }

    private static int Port(IPAddress address, string? last) =>
        ushort.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && TryListen(address, port) is { } same
                ? same
                : TryListen(address, 0)!.Value;

    /// <returns>The port; null when somebody has it.</returns>
    private static int? TryListen(IPAddress address, int port)
    {
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException) when (port != 0)
        {
            return null;
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
