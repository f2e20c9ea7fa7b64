using System.Net;
using System.Net.Sockets;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// Where a request comes from, as far as one customer of a network goes: an IPv4 address, or the /64 of an IPv6 one.
/// </summary>
internal readonly record struct ClientAddress(Guid Value)
{
    private const int Bytes = 16, PrefixBytes = 8;

    public static ClientAddress Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    public static ClientAddress Of(IPAddress? address)
    {
        // A request within the process, as of a test server, comes from nowhere.
        if (address is null) return default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (address.AddressFamily == AddressFamily.InterNetwork) address = address.MapToIPv6();
        address.TryWriteBytes(bytes, out _);
        if (!address.IsIPv4MappedToIPv6) bytes[PrefixBytes..].Clear();
        return new ClientAddress(new Guid(bytes));
    }

    public override string ToString() => Value.ToString("N");
}
