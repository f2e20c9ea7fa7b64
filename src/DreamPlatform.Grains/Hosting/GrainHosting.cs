using System.Net;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Due;
using DreamPlatform.Grains.Files;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;

namespace DreamPlatform.Grains.Hosting;

/// <summary>Puts the platform's grains into a silo.</summary>
public static class GrainHosting
{
    /// <summary>The grains with their vault, serialization and sweeper; clustering is the caller's business.</summary>
    public static ISiloBuilder AddDreamPlatform(this ISiloBuilder silo, VaultOptions vault)
    {
        Vault.AddTo(silo, vault);
        silo.Services.AddSingleton<Pumps>();
        silo.Services.AddSingleton<FileRemover>();
        silo.Services.AddSingleton<EvidenceFiles>();
        silo.Services.AddDomainSerialization();
        silo.Services.AddSingleton<IDueHandler, PledgeLapse>();
        silo.Services.AddSingleton<IDueHandler, FileSweep>();
        silo.Services.AddSingleton<Sweeper>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<Sweeper>());
        return silo;
    }

    /// <summary>A silo of its own in this process: no port is fixed and nobody else joins.</summary>
    public static ISiloBuilder UseSingleProcess(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(gatewayPort: 0, serviceId: "dreamplatform", clusterId: "embedded");
        silo.Configure<EndpointOptions>(endpoints =>
            endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0));
        return silo;
    }

    /// <summary>How the domain's types travel: as they are within a silo, as JSON between silos.</summary>
    public static IServiceCollection AddDomainSerialization(this IServiceCollection services)
    {
        services.AddSingleton<IGeneralizedCopier, DomainCopier>();
        services.Configure<TypeManifestOptions>(types =>
        {
            types.AddAllowedAssembly(typeof(Event).Assembly);
            types.AddAllowedAssembly(typeof(DomainCopier).Assembly);
        });
        return services.AddSerializer(serializer => serializer.AddJsonSerializer(
            IsDomainType, isCopyable: _ => false,
            options => options.Configure(json => json.SerializerOptions = JournalJson.Options)));
    }

    private static bool IsDomainType(Type type) =>
        type.Assembly == typeof(Event).Assembly || type == typeof(Wishes.DossierView);
}
