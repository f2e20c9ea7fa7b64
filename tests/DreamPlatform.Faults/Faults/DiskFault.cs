using System.Diagnostics;
using DreamPlatform.Faults.Parts;
using Npgsql;

namespace DreamPlatform.Faults.Faults;

/// <summary>
/// Somebody else fills PostgreSQL's disk under load: first its tables cannot grow, then its log cannot either, and it
/// ends itself. When there is room again, only PostgreSQL is started again, if it is not there.
/// </summary>
internal sealed class DiskFault : IFault
{
    private const int DiskMegabytes = 192, LogMegabytes = 300;

    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(30), Full = TimeSpan.FromSeconds(3);

    public string Name => "disk";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var times = stage.Times(1, 5);
        var postgres = await stage.StartPostgresAsync(stop, DiskMegabytes);
        var cluster = await stage.StartClusterAsync(postgres, silos: 2, webs: 1, stop);
        var world = await World.MakeAsync(cluster.Addresses[0], wishes: 8, stop);
        using var load = new Load(world, cluster.Addresses, seed: 3);
        var (longest, panics) = (TimeSpan.Zero, 0);
        await load.DuringAsync(
            workers: 8,
            async () =>
            {
                for (var i = 1; i <= 2 * times; i++)
                {
                    await load.HasAcknowledgedAsync(more: 50, stop);
                    var isOfLog = i % 2 == 0;
                    if (await FillAsync(postgres, isOfLog, stop)) panics++;
                    if (!postgres.IsRunning) await postgres.StartAsync();
                    var served = await load.ServedAsync(Stopwatch.GetTimestamp(), Goal, stop);
                    stage.Tell($"{i} of {2 * times}: {(isOfLog ? "no room for the log" : "no room for tables")}, "
                        + $"all served again {served.TotalSeconds:0.0} s after there was");
                    longest = served > longest ? served : longest;
                }
            },
            stop);
        await load.SettleAsync(stop);
        BrokenException.Unless(panics == times, $"PostgreSQL ended itself {panics} times, not {times} times.");
        return $"{2 * times} times full, {panics} of them PostgreSQL ended itself, "
            + $"{await Ledger.CheckAsync(postgres, cluster, load)}; "
            + $"served again at latest {longest.TotalSeconds:0.0} s after there was room";
    }

    /// <summary>Takes all room, lets people hear of it, and gives it back.</summary>
    /// <returns>Whether the database ended itself.</returns>
    private static async Task<bool> FillAsync(PostgresServer postgres, bool isOfLog, CancellationToken stop)
    {
        var refusals = Refusals(postgres);
        var ballast = Path.Combine(postgres.Disk, "ballast");
        try
        {
            await Fill(ballast);
            var hasPanicked = isOfLog && await FillLog(postgres);
            await Until.IsAsync(
                () => Task.FromResult(Refusals(postgres) > refusals), TimeSpan.FromSeconds(30),
                "the database says that its disk is full", stop);
            await Until.WaitAsync(Full, stop);
            return hasPanicked;
        }
        finally
        {
            File.Delete(ballast);
        }
    }

    private static int Refusals(PostgresServer postgres) =>
        File.ReadLines(postgres.Log).Count(line => line.Contains("No space left on device", StringComparison.Ordinal));

    private static async Task Fill(string ballast)
    {
        await using var file = new FileStream(
            ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    /// <summary>Uses up what the log has in store.</summary>
    private static async Task<bool> FillLog(PostgresServer postgres)
    {
        try
        {
            await postgres.QueryAsync(
                "SELECT COUNT(pg_logical_emit_message(false, 'ballast', repeat('x', 1000000))) "
                + $"FROM generate_series(1, {LogMegabytes})");
            return false;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }
}
