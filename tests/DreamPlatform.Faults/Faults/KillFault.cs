using System.Diagnostics;
using DreamPlatform.Faults.Parts;

namespace DreamPlatform.Faults.Faults;

/// <summary>One of three silos is killed under load, again and again.</summary>
internal sealed class KillFault : IFault
{
    private static readonly TimeSpan MedianGoal = TimeSpan.FromSeconds(6), Patience = TimeSpan.FromSeconds(60);

    public string Name => "kill";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var times = stage.Times(10, 200);
        var postgres = await stage.StartPostgresAsync(stop);
        var cluster = await stage.StartClusterAsync(postgres, silos: 3, webs: 2, stop);
        var world = await World.MakeAsync(cluster.Addresses[0], wishes: 12, stop);
        using var load = new Load(world, cluster.Addresses, seed: 1);
        var random = new Random(20261127);
        var served = new List<double>();
        await load.DuringAsync(
            workers: 8,
            async () =>
            {
                for (var i = 1; i <= times; i++)
                {
                    await load.HasAcknowledgedAsync(random.Next(20, 120), stop);
                    var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
                    var killed = Stopwatch.GetTimestamp();
                    await silo.KillAsync();
                    served.Add((await load.ServedAsync(killed, Patience, stop)).TotalSeconds);
                    stage.Tell($"{i} of {times}: {silo.Name} killed, all served again after {served[^1]:0.0} s");
                    await silo.StartAsync(stop);
                }
            },
            stop);
        await load.SettleAsync(stop);
        var others = await load.RepeatAsync(atMost: 500, stop);
        BrokenException.Unless(others == 0, $"{others} repeats got another answer.");
        var figures = await Ledger.CheckAsync(postgres, cluster, load);
        served.Sort();
        var median = (served[(served.Count - 1) / 2] + served[served.Count / 2]) / 2;
        BrokenException.Unless(
            median <= MedianGoal.TotalSeconds,
            $"Served again after a median of {median:0.0} s; the goal is {MedianGoal.TotalSeconds:0}.");
        return $"{times} kills, {figures}; served again: median {median:0.0} s, longest {served[^1]:0.0} s";
    }
}
