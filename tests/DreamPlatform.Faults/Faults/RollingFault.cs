using DreamPlatform.Faults.Parts;

namespace DreamPlatform.Faults.Faults;

/// <summary>Every process is stopped and started again, one at a time, as when a release is put in: under load.</summary>
internal sealed class RollingFault : IFault
{
    public string Name => "rolling";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var times = stage.Times(1, 10);
        var postgres = await stage.StartPostgresAsync(stop);
        var cluster = await stage.StartClusterAsync(postgres, silos: 2, webs: 2, stop);
        var world = await World.MakeAsync(cluster.Addresses[0], wishes: 8, stop);
        using var load = new Load(world, cluster.Addresses, seed: 8);
        await load.DuringAsync(
            workers: 6,
            async () =>
            {
                foreach (var process in Enumerable.Repeat(cluster.Silos.Concat(cluster.Webs), times).SelectMany(it => it))
                {
                    await load.HasAcknowledgedAsync(20, stop);
                    await process.EndAsync(stop);
                    await load.HasAcknowledgedAsync(20, stop);
                    await process.StartAsync(stop);
                    stage.Tell($"{process.Name} restarted, {load.Acknowledged.Count} acknowledged");
                }
            },
            stop);
        await load.SettleAsync(stop);
        var others = await load.RepeatAsync(atMost: 500, stop);
        BrokenException.Unless(others == 0, $"{others} repeats got another answer.");
        return $"each of 4 processes restarted {times} times, {await Ledger.CheckAsync(postgres, cluster, load)}";
    }
}
