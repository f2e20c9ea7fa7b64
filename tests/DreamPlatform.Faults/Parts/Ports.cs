using System.Net;
using System.Net.Sockets;

namespace DreamPlatform.Faults.Parts;

/// <summary>Free ports of the loopback interface, each given once.</summary>
internal static class Ports
{
    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            lock (Given)
                if (Given.Add(port)) return port;
        }
    }
}
