using System.Security.Cryptography;
using System.Text;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;

namespace DreamPlatform.Faults.Parts;

/// <summary>A silo of its own with the vault of the platform, and nothing else of it.</summary>
internal sealed class VaultSilo : IAsyncDisposable
{
    private const string State = "dossier.v1";

    private static readonly Guid Holder = Guid.CreateVersion7();

    private static readonly string Secret = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("a test")));

    private readonly InProcessTestCluster silo;

    private VaultSilo(InProcessTestCluster silo) => this.silo = silo;

    private IGrainStorage Storage =>
        silo.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(Vault.Name);

    public static async Task<VaultSilo> StartAsync(string folder, VaultOptions options)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ClusterId = $"{Guid.CreateVersion7()}";
        builder.Options.ServiceId = "dreamplatform";
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureClient(client => client.Services.AddDomainSerialization());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddDomainSerialization();
            silo.Services.AddSingleton(_ => Keys(Path.Combine(folder, "keys.db")));
            Vault.AddTo(silo, options);
        });
        var built = builder.Build();
        await built.DeployAsync();
        return new VaultSilo(built);
    }

    /// <summary>Whether its first write was taken; false when it hears of a conflict.</summary>
    public async Task<bool> WritesFirstAsync(GrainId id, string text)
    {
        try
        {
            await Storage.WriteStateAsync(State, id, new GrainState<Dossier>(new Dossier
            {
                Holder = Holder,
                LastVersion = 1,
                Entries =
                [
                    new DossierEntry(
                        1, new CommandId(Guid.CreateVersion7()), new AccountId(Holder), DateTimeOffset.UnixEpoch,
                        new Note(text)),
                ],
            }));
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    public async Task<string> ReadAsync(GrainId id)
    {
        var state = new GrainState<Dossier>(new Dossier());
        await Storage.ReadStateAsync(State, id, state);
        return ((Note)state.State!.Entries[0].Content).Text;
    }

    public async ValueTask DisposeAsync()
    {
        await silo.StopAllSilosAsync();
        await silo.DisposeAsync();
    }

    private static PersonKeys Keys(string path)
    {
        var keys = new PersonKeys(new SqliteFile(path), new KeySecrets(Secret, previous: null), TimeProvider.System);
        keys.Prepare();
        return keys;
    }
}
