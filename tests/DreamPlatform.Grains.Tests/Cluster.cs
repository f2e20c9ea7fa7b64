using System.Data.Common;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Due;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Storage;
using Orleans.TestingHost;

namespace DreamPlatform.Grains.Tests;

/// <summary>A cluster of one silo on a test's journal, with a vault of its own beside it.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly string Secret = Convert.ToBase64String([.. Enumerable.Range(0, Seal.KeyBytes).Select(i => (byte)i)]);

    private readonly InProcessTestCluster cluster;

    private Cluster(InProcessTestCluster cluster, VaultOptions vault)
    {
        this.cluster = cluster;
        Vault = vault;
        World = new World((owner, envelope) => Owner(owner).Execute(envelope));
    }

    public VaultOptions Vault { get; }

    public World World { get; }

    public IClusterClient Grains => cluster.Client;

    public IServiceProvider Services => cluster.Silos[0].ServiceProvider;

    /// <summary>The vault as each silo has it.</summary>
    public IReadOnlyList<IGrainStorage> Vaults => [.. cluster.Silos.Select(silo =>
        silo.ServiceProvider.GetRequiredKeyedService<IGrainStorage>(DreamPlatform.Grains.Hosting.Vault.Name))];

    public Failpoints Failpoints => Services.GetRequiredService<Failpoints>();

    public Sweeper Sweeper => Services.GetRequiredService<Sweeper>();

    /// <summary>Starts a cluster; two on one journal have two activations of the same grain.</summary>
    /// <param name="vault">Where the vault is; beside the journal when null.</param>
    /// <param name="more">What a test adds to each silo.</param>
    public static async Task<Cluster> Start(
        TestJournal journal, VaultOptions? vault = null, short silos = 1, Action<ISiloBuilder>? more = null)
    {
        var options = journal.ServiceOptions;
        vault ??= new VaultOptions
        {
            SqlitePath = options.SqlitePath is { } path ? $"{path}-vault" : null,
            Postgres = options.Postgres,
        };
        DreamPlatform.Grains.Hosting.Vault.Prepare(vault);
        var files = new FolderFileStore($"{journal.SqlitePath}-files");
        await files.Prepare();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ClusterId = $"{Guid.CreateVersion7()}";
        builder.Options.ServiceId = "dreamplatform";
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureClient(client => client.Services.AddDomainSerialization());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(journal.Time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddJournal(options);
            silo.Services.AddSingleton(provider => Keys(journal, provider.GetRequiredService<TimeProvider>()));
            silo.Services.AddSingleton<IFileStore>(files);
            silo.AddDreamPlatform(vault);
            more?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new Cluster(cluster, vault);
    }

    /// <summary>The keys of a test's vault, which outlive a cluster as the vault does.</summary>
    public static PersonKeys Keys(TestJournal journal, TimeProvider time)
    {
        DbDataSource rows = journal.ServiceOptions.Postgres is { } server
            ? NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { MaxPoolSize = 4 })
            : new SqliteFile(journal.SqlitePath + "-keys");
        var keys = new PersonKeys(rows, new KeySecrets(Secret, previous: null), time);
        keys.Prepare();
        return keys;
    }

    public IOwnerGrain Owner(StreamId stream) => Grains.GetOwner(stream);

    public Task<Outcome> Send(StreamId owner, Envelope envelope) => Owner(owner).Execute(envelope);

    /// <summary>Counts how often a step of a commit is reached from now on.</summary>
    public Func<int> Counting(CommitStep counted)
    {
        var count = 0;
        Failpoints.OnStep = step =>
        {
            if (step == counted) count++;
        };
        return () => count;
    }

    /// <summary>Whether the grain is in memory somewhere.</summary>
    public async Task<bool> IsActive(IAddressable grain) =>
        await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain) is not null;

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
