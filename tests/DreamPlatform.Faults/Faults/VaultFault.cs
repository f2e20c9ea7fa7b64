using DreamPlatform.Faults.Parts;
using DreamPlatform.Grains.Hosting;

namespace DreamPlatform.Faults.Faults;

/// <summary>Two silos write the same private state for the first time at the same moment, on every store.</summary>
internal sealed class VaultFault : IFault
{
    private const int AtOnce = 8;

    public string Name => "vault";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var times = stage.Times(500, 10_000);
        var azurite = stage.Options.Azurite
            ?? throw new BrokenException("Set DREAMPLATFORM_TEST_AZURITE to an Azure Storage server for tests.");
        var postgres = await stage.StartPostgresAsync(stop);
        (string Name, VaultOptions Options)[] stores =
        [
            ("SQLite", new VaultOptions { SqlitePath = Path.Combine(stage.Folder, "vault.db") }),
            ("PostgreSQL", new VaultOptions { Postgres = postgres.Place.ToString() }),
            ("Azurite", new VaultOptions
            {
                AzureTables = new AzureTables { ConnectionString = azurite, Table = $"v{Guid.CreateVersion7():N}" },
            }),
        ];
        var figures = new List<string>();
        foreach (var (name, options) in stores)
        {
            Vault.Prepare(options);
            await using var one = await VaultSilo.StartAsync(stage.Folder, options);
            await using var other = await VaultSilo.StartAsync(stage.Folder, options);
            var wins = new int[2];
            foreach (var some in Enumerable.Range(0, times).Chunk(AtOnce))
            {
                stop.ThrowIfCancellationRequested();
                foreach (var winner in await Task.WhenAll(some.Select(_ => RaceAsync(one, other)))) wins[winner]++;
            }

            figures.Add($"{name} {times} ({wins[0]} : {wins[1]})");
        }

        return $"of two first writes one won and the other heard of a conflict: {string.Join(", ", figures)}; 0 wrong";
    }

    /// <summary>Which of the two won.</summary>
    private static async Task<int> RaceAsync(VaultSilo one, VaultSilo other)
    {
        var id = GrainId.Create("dossier", $"wish-{Guid.CreateVersion7()}");
        var wins = await Task.WhenAll(
            Task.Run(() => one.WritesFirstAsync(id, "one")), Task.Run(() => other.WritesFirstAsync(id, "other")));
        BrokenException.Unless(wins[0] != wins[1], $"{(wins[0] ? "Both" : "Neither")} of two first writes won: {id}.");
        var text = wins[0] ? "one" : "other";
        foreach (var silo in (VaultSilo[])[one, other])
            BrokenException.Unless(await silo.ReadAsync(id) == text, $"What is read is not what won: {id}.");
        return wins[0] ? 0 : 1;
    }
}
