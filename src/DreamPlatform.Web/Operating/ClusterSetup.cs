using System.Net;
using System.Net.Sockets;
using DreamPlatform.Grains.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Dashboard;

namespace DreamPlatform.Web.Operating;

/// <summary>"Cluster": which processes belong together, and where this one is reached by the others.</summary>
public sealed class ClusterSettings
{
    /// <summary>Processes with the same id on the same database are one cluster.</summary>
    public string Id { get; set; } = "dreamplatform";

    /// <summary>The IP address at which other processes reach this silo; this machine's first one when not set.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>Where other silos reach this one; a free port when not set.</summary>
    public int? SiloPort { get; set; }

    /// <summary>Where web processes reach this silo; a free port when not set.</summary>
    public int? GatewayPort { get; set; }

    /// <summary>Where this silo listens for web processes, if something between forwards GatewayPort to there.</summary>
    public int? GatewayListenPort { get; set; }
}

/// <summary>Whether this process is alone, a silo of a cluster, or a client of one.</summary>
internal static class ClusterSetup
{
    private const string Local = "127.0.0.1";

    /// <summary>On a database server any number of processes are one platform; a file has a single process.</summary>
    public static void AddCluster(
        this WebApplicationBuilder builder, ServeArguments arguments, DataDirectory data, VaultOptions vault)
    {
        builder.AddClusterSettings(arguments);
        if (builder.Configuration["Database:Postgres"] is not { } postgres)
        {
            builder.Host.UseOrleans(silo => silo.UseSingleProcess().AddPlatformTo(vault));
            return;
        }

        var settings = builder.Configuration.GetSection("Cluster").Get<ClusterSettings>() ?? new ClusterSettings();
        var place = new ClusterPlace(
            postgres, settings.Id, AddressOf(settings, arguments.Role), settings.SiloPort, settings.GatewayPort,
            settings.GatewayListenPort, data.File("silo-ports"));
        builder.Services.AddSingleton(_ => place);
        if (arguments.IsSilo)
        {
            builder.Host.UseOrleans(silo => silo.UseCluster(place).AddPlatformTo(vault));
            return;
        }

        builder.Host.UseOrleansClient(client => client.UseCluster(place).AddDashboard());
        builder.Services.AddHealthChecks().AddCheck<SilosAnswer>("silos");
    }

    private static void AddPlatformTo(this ISiloBuilder silo, VaultOptions vault) =>
        silo.AddDreamPlatform(vault).AddDashboard(dashboard => dashboard.HideTrace = true);

    private static void AddClusterSettings(this WebApplicationBuilder builder, ServeArguments arguments) =>
        builder.AddSettings<ClusterSettings>("Cluster")
            .Validate(
                cluster => cluster.Id is { Length: >= 1 and <= 150 }, "Set Cluster:Id to a text of 1 to 150 characters.")
            .Validate(
                cluster => cluster.AdvertisedAddress is null || IPAddress.TryParse(cluster.AdvertisedAddress, out _),
                "Set Cluster:AdvertisedAddress to an IP address, or leave it out.")
            .Validate(
                cluster => new[] { cluster.SiloPort, cluster.GatewayPort, cluster.GatewayListenPort }.All(
                    port => port is null or (>= 1 and <= 65535)),
                "Set Cluster:SiloPort, Cluster:GatewayPort and Cluster:GatewayListenPort to numbers from 1 to 65535, "
                + "or leave them out.")
            .Validate(
                _ => arguments.Role == ProcessRole.All || builder.Configuration["Database:Postgres"] is not null,
                "Set Database:Postgres: silo and web processes meet on a database server. Or leave --role out.")
            .Validate(
                _ => arguments.Role == ProcessRole.All || builder.Configuration["Keys:Secret"] is not null,
                "Set Keys:Secret, the same for all silo and web processes. Or leave --role out.");

    private static IPAddress AddressOf(ClusterSettings settings, ProcessRole role)
    {
        if (IPAddress.TryParse(settings.AdvertisedAddress, out var address)) return address;
        return role == ProcessRole.All
            ? IPAddress.Parse(Local)
            : Dns.GetHostAddresses(Dns.GetHostName()).First(it => it.AddressFamily == AddressFamily.InterNetwork);
    }

    private sealed class SilosAnswer(IGrainFactory grains) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken stop = default) =>
            (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, stop)).Count > 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy();
    }
}
