using System.Net;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace DreamPlatform.Web.Http;

/// <summary>"Proxies": whom we believe where a request came from.</summary>
public sealed class ProxySettings
{
    /// <summary>Addresses and networks (10.0.0.0/8) of reverse proxies; what others forward is not believed.</summary>
    public string[] Trusted { get; set; } = [];
}

/// <summary>Takes a client's address and scheme from what trusted proxies forward.</summary>
internal static class Proxies
{
    public static void AddProxies(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ProxySettings>("Proxies").Validate(
            proxies => proxies.Trusted.All(it => Network(it) is not null),
            "Set Proxies:Trusted to addresses such as 10.0.0.1 or networks such as 10.0.0.0/8.");
        builder.Services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<ProxySettings>>((forwarded, settings) => Configure(forwarded, settings.Value));
    }

    public static void UseProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<ProxySettings>>().Value;
        if (proxies.Trusted.Length > 0) app.UseForwardedHeaders();
    }

    private static void Configure(ForwardedHeadersOptions forwarded, ProxySettings settings)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // As many as are trusted, from the nearest on.
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var trusted in settings.Trusted) forwarded.KnownIPNetworks.Add(Network(trusted)!.Value);
    }

    private static IPNetwork? Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
    }
}
