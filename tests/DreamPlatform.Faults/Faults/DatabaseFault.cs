using System.Diagnostics;
using DreamPlatform.Faults.Parts;

namespace DreamPlatform.Faults.Faults;

/// <summary>PostgreSQL is killed under load and started again; nobody touches the platform.</summary>
internal sealed class DatabaseFault : IFault
{
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(30), MaxAway = TimeSpan.FromSeconds(4);

    public string Name => "database";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var times = stage.Times(3, 20);
        var postgres = await stage.StartPostgresAsync(stop);
        var cluster = await stage.StartClusterAsync(postgres, silos: 2, webs: 1, stop);
        var world = await World.MakeAsync(cluster.Addresses[0], wishes: 8, stop);
        using var load = new Load(world, cluster.Addresses, seed: 2);
        var random = new Random(20261127);
        var longest = TimeSpan.Zero;
        await load.DuringAsync(
            workers: 8,
            async () =>
            {
                for (var i = 1; i <= times; i++)
                {
                    await load.HasAcknowledgedAsync(random.Next(50, 250), stop);
                    await postgres.KillAsync();
                    await Until.WaitAsync(MaxAway * random.NextDouble(), stop);
                    await postgres.StartAsync();
                    var served = await load.ServedAsync(Stopwatch.GetTimestamp(), Goal, stop);
                    stage.Tell($"{i} of {times}: all served again {served.TotalSeconds:0.0} s after it was back");
                    longest = served > longest ? served : longest;
                }
            },
            stop);
        await load.SettleAsync(stop);
        return $"{times} kills, {await Ledger.CheckAsync(postgres, cluster, load)}; "
            + $"served again at latest {longest.TotalSeconds:0.0} s after it was back";
    }
}
