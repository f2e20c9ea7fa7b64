using DreamPlatform.Faults.Parts;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Faults.Faults;

/// <summary>A process kills itself at each step of a commit, in the midst of load.</summary>
internal sealed class FailpointsFault : IFault
{
    private const int MaxCommits = 40;

    public string Name => "failpoints";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var times = stage.Times(2, 20);
        var postgres = await stage.StartPostgresAsync(stop);
        var cluster = await stage.StartClusterAsync(postgres, silos: 0, webs: 1, stop);
        var world = await World.MakeAsync(cluster.Addresses[0], wishes: 6, stop);
        using var load = new Load(world, cluster.Addresses, seed: 5);
        var random = new Random(20261127);
        var (process, steps) = (cluster.Silos[0], Enum.GetValues<CommitStep>());
        await process.KillAsync();
        foreach (var step in Enumerable.Repeat(steps, times).SelectMany(it => it))
        {
            process.Environment[Failpoints.Variable] = $"{step}:{random.Next(1, MaxCommits)}";
            // It may die before it is ready: it commits whenever something falls due.
            process.Start();
            await load.DuringAsync(workers: 8, () => EndedAsync(process, stop), stop);
            stage.Tell($"killed at {process.Environment[Failpoints.Variable]}, {load.Acknowledged.Count} acknowledged");
        }

        process.Environment.Remove(Failpoints.Variable);
        await process.StartAsync(stop);
        await load.SettleAsync(stop);
        var others = await load.RepeatAsync(atMost: 500, stop);
        BrokenException.Unless(others == 0, $"{others} repeats got another answer.");
        return $"each of {steps.Length} steps {times} times, {await Ledger.CheckAsync(postgres, cluster, load)}";
    }

    private static async Task EndedAsync(ServerProcess process, CancellationToken stop)
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(stop);
        impatient.CancelAfter(TimeSpan.FromSeconds(90));
        await process.EndedAsync(impatient.Token);
    }
}
