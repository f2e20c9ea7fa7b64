using System.Diagnostics;
using DreamPlatform.Faults.Faults;

namespace DreamPlatform.Faults;

/// <summary>Runs the faults and tells what came of each.</summary>
internal sealed class Suite(FaultOptions options)
{
    /// <summary>
    /// Phases one after another; in each, lanes beside each other. Where time is measured closely little else runs.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<IReadOnlyList<IFault>>> Plan { get; } =
    [
        [[new KillFault()], [new VaultFault(), new PoisonFault(), new RollingFault()]],
        [[new StopFault(), new DiskFault()], [new DatabaseFault(), new NetworkFault()], [new FailpointsFault()]],
    ];

    private int passed, failed;

    public async Task<(int Passed, int Failed)> RunAsync(CancellationToken stop)
    {
        foreach (var lanes in options.Faults)
        {
            await Task.WhenAll(lanes.Select(async lane =>
            {
                foreach (var fault in lane) await RunAsync(fault, stop);
            }));
        }

        return (passed, failed);
    }

    private async Task RunAsync(IFault fault, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            Tell(fault, "not run", false);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        await using var stage = new Stage(fault.Name, options);
        try
        {
            var figures = await fault.RunAsync(stage, stop);
            Tell(fault, $"{figures} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)", true);
        }
        catch (Exception exception)
        {
            await stage.StopAsync();
            if (!stop.IsCancellationRequested) stage.ShowLogs();
            var what = exception is BrokenException ? exception.Message : exception.ToString();
            Tell(fault, stop.IsCancellationRequested ? "stopped" : what, false);
        }
    }

    private void Tell(IFault fault, string what, bool holds)
    {
        Interlocked.Increment(ref holds ? ref passed : ref failed);
        Console.WriteLine($"{(holds ? "passed" : "FAILED")} {fault.Name}: {what}");
    }
}
