using System.Net;
using System.Net.NetworkInformation;
using DreamPlatform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// How the processes of one platform find each other: by a table on the server that has the journal. Orleans' own
/// provider, with queries of our own like those of the vault.
/// </summary>
public static class Clustering
{
    private const string Invariant = "Npgsql";

    /// <summary>Of the whole platform, in every cluster: the vault's rows are kept under it.</summary>
    private const string ServiceId = "dreamplatform";

    /// <summary>How long a call waits for its answer; after that its outcome is unknown, and it is repeated.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked at who is there.</summary>
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Makes the table and puts our queries in, before Orleans reads them.</summary>
    public static void Prepare(ClusterPlace place) =>
        PostgresServer.Apply(place.Server, Scripts.Read("cluster.postgres.sql"));

    /// <summary>A silo that others may join.</summary>
    public static ISiloBuilder UseCluster(this ISiloBuilder silo, ClusterPlace place)
    {
        silo.UseAdoNetClustering(table => (table.Invariant, table.DataSource) = (Invariant, place.Server));
        silo.Configure<ClusterOptions>(place.Name);
        silo.Configure<EndpointOptions>(place.Listen);
        silo.Configure<ClusterMembershipOptions>(NoticeSoon);
        silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
        silo.AddOutgoingGrainCallFilter<CallAgain>();
        return silo;
    }

    /// <summary>A client of such silos. It waits for the first of them, and goes on when some of them die.</summary>
    public static IClientBuilder UseCluster(this IClientBuilder client, ClusterPlace place)
    {
        client.UseAdoNetClustering(table => (table.Invariant, table.DataSource) = (Invariant, place.Server));
        client.Configure<ClusterOptions>(place.Name);
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = RefreshPeriod);
        client.Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
        client.UseConnectionRetryFilter<WaitForSilos>();
        client.AddOutgoingGrainCallFilter<CallAgain>();
        client.Services.AddDomainSerialization();
        return client;
    }

    private static void Name(this ClusterPlace place, ClusterOptions cluster) =>
        (cluster.ServiceId, cluster.ClusterId) = (ServiceId, place.Id);

    private static void Listen(this ClusterPlace place, EndpointOptions endpoints)
    {
        // Behind something that forwards, the address that others know is none of this machine's.
        var here = IsHere(place.Address) ? place.Address : IPAddress.Any;
        var ports = SiloPorts.Remembered(place.PortsFile, here);
        endpoints.AdvertisedIPAddress = place.Address;
        endpoints.SiloPort = place.SiloPort ?? ports.Silo;
        endpoints.GatewayPort = place.GatewayPort ?? ports.Gateway;
        endpoints.SiloListeningEndpoint = new IPEndPoint(here, endpoints.SiloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(here, place.GatewayListenPort ?? endpoints.GatewayPort);
    }

    private static bool IsHere(IPAddress address) => IPAddress.IsLoopback(address)
        || NetworkInterface.GetAllNetworkInterfaces().SelectMany(it => it.GetIPProperties().UnicastAddresses)
            .Any(it => it.Address.Equals(address));

    /// <summary>
    /// A silo that does not answer for three seconds is declared dead by the first who notices: a wish waits seconds for
    /// its next owner, not minutes. One who was wrongly declared dead ends itself, and what it still writes is refused.
    /// </summary>
    private static void NoticeSoon(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 1;
        membership.TableRefreshTimeout = RefreshPeriod;
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        // Silos of an earlier start that nobody declared dead are not waited for any longer.
        membership.MaxJoinAttemptTime = TimeSpan.FromSeconds(15);
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }
}

/// <summary>Which cluster a process belongs to, and where it is in it.</summary>
/// <param name="Postgres">The connection string of the server with the table of silos.</param>
/// <param name="Id">Processes with the same id on one server are one cluster.</param>
/// <param name="Address">Where others reach this silo.</param>
/// <param name="SiloPort">Where other silos reach it; a free port when null.</param>
/// <param name="GatewayPort">Where clients reach it; a free port when null.</param>
/// <param name="GatewayListenPort">Where it listens for clients, when something between forwards to there.</param>
/// <param name="PortsFile">Where it remembers which free ports it took.</param>
public sealed record ClusterPlace(
    string Postgres, string Id, IPAddress Address, int? SiloPort, int? GatewayPort, int? GatewayListenPort,
    string PortsFile) : IDisposable
{
    private readonly Lazy<NpgsqlDataSource> server =
        new(() => PostgresServer.Open(Postgres, settings => settings.MaxPoolSize = 5));

    internal NpgsqlDataSource Server => server.Value;

    public void Dispose()
    {
        if (server.IsValueCreated) server.Value.Dispose();
    }
}
