using System.Diagnostics;
using System.Text.Json;
using DreamPlatform.Faults.Parts;
using Npgsql;

namespace DreamPlatform.Faults.Faults;

/// <summary>
/// Two of four silos stand still for a minute, in the middle of transactions, while the others take over and change
/// what those were about to change; then they go on as if nothing had been.
/// </summary>
internal sealed class StopFault : IFault
{
    private const int SmallGoalMinor = 1_000, SmallWishes = 20, LargeWishes = 8, LargeGoalMinor = 1_000_000_000,
        StoodStill = 2;

    private static readonly TimeSpan Still = TimeSpan.FromSeconds(60), Patience = TimeSpan.FromSeconds(60);

    public string Name => "stop";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var rounds = stage.Times(1, 10);
        var postgres = await stage.StartPostgresAsync(stop);
        var cluster = await stage.StartClusterAsync(postgres, silos: 4, webs: 2, stop);
        var figures = new List<string>();
        for (var round = 1; round <= rounds; round++)
        {
            var goals = Enumerable.Range(0, SmallWishes + LargeWishes)
                .Select(i => i < SmallWishes ? (long)SmallGoalMinor : LargeGoalMinor).ToArray();
            var world = await World.MakeAsync(cluster.Addresses[0], goals, stop);
            using var load = new Load(
                world, cluster.Addresses, seed: round, targets: [.. world.Wishes.Skip(SmallWishes)]);
            await load.DuringAsync(
                workers: 2,
                async () => figures.Add(await StandStillAsync(postgres, cluster, load, stop)), stop);
            await load.SettleAsync(stop);
            BrokenException.Unless(await load.RepeatAsync(atMost: 500, stop) == 0, "A repeat got another answer.");
            figures[^1] += await Ledger.CheckAsync(postgres, cluster, load);
            stage.Tell($"{round} of {rounds}: {figures[^1]}");
        }

        return $"{StoodStill * rounds} stops; {string.Join("; ", figures)}";
    }

    private static async Task<string> StandStillAsync(
        PostgresServer postgres, Cluster cluster, Load load, CancellationToken stop)
    {
        var small = load.World.Wishes.Take(SmallWishes).ToArray();
        var underWay = small.Select(wish => load.World.Pledge(wish, 1)).ToArray();
        ServerProcess[] still = [];
        Task<string>[] answers;
        var (cut, stale) = (Cut(postgres), Stale(cluster));
        await using (var held = await Hold(postgres, small))
        {
            answers = [.. underWay.Select(sent => load.DeliverAsync(sent, stop))];
            await Until.IsAsync(
                async () =>
                {
                    var waiting = await Waiting(postgres);
                    if (waiting.Count == 0) return false;
                    still = [.. cluster.Silos.OrderByDescending(silo => waiting.Contains(silo.Name)).Take(StoodStill)];
                    await Task.WhenAll(still.Select(silo => silo.PauseAsync()));
                    // One that has just given up waiting would not stand still where it should.
                    if ((await Waiting(postgres)).Overlaps(still.Select(silo => silo.Name))) return true;
                    await Task.WhenAll(still.Select(silo => silo.ContinueAsync()));
                    return false;
                },
                TimeSpan.FromSeconds(20), "a silo stands still in a transaction, where it waits for a row", stop);
        }

        var paused = Stopwatch.GetTimestamp();
        await Task.WhenAll(small.Zip(answers).Select(async pair =>
        {
            var pledge = JsonSerializer.Deserialize<JsonElement>(await pair.Second).GetProperty("id").GetGuid();
            await load.DeliverAsync(World.Payment(pair.First, pledge), stop);
            await load.DeliverAsync(load.World.Grant(pair.First, SmallGoalMinor - 1), stop);
        }));
        var takenOver = Stopwatch.GetElapsedTime(paused);
        BrokenException.Unless(takenOver < Still, $"The others took over after {takenOver.TotalSeconds:0} s.");
        await Until.WaitAsync(Still - Stopwatch.GetElapsedTime(paused), stop);
        var ended = await GoOnAsync(still, stop);
        await Full(postgres, small);
        (cut, stale) = (Cut(postgres) - cut, Stale(cluster) - stale);
        BrokenException.Unless(cut > 0, "None stood still in the middle of a transaction.");
        return $"others took over after {takenOver.TotalSeconds:0.0} s, {cut} open transactions were cut, {stale} stale "
            + $"rounds refused, {ended} silos ended themselves, ";
    }

    /// <summary>One that finds out that it was given up ends itself, and is started again.</summary>
    /// <returns>How many ended themselves.</returns>
    private static async Task<int> GoOnAsync(IReadOnlyList<ServerProcess> still, CancellationToken stop)
    {
        await Task.WhenAll(still.Select(silo => silo.ContinueAsync()));
        await Until.WaitAsync(TimeSpan.FromSeconds(10), stop);
        var ended = still.Where(silo => !silo.IsRunning).ToArray();
        await Task.WhenAll(ended.Select(silo => silo.StartAsync(stop)));
        await Until.IsAsync(
            async () => (await Task.WhenAll(still.Select(silo => silo.IsReadyAsync()))).All(isReady => isReady),
            Patience, "those that stood still are ready", stop);
        return ended.Length;
    }

    private static async Task<NpgsqlConnection> Hold(PostgresServer postgres, Guid[] streams)
    {
        var connection = await postgres.OpenAsync();
        await using var command = new NpgsqlCommand(
            "BEGIN; SELECT id FROM streams WHERE id = ANY(@ids) ORDER BY id FOR UPDATE", connection);
        command.Parameters.AddWithValue("ids", streams);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>The processes that wait for a row.</summary>
    private static async Task<HashSet<string>> Waiting(PostgresServer postgres) =>
        [.. (await postgres.QueryAsync(
            "SELECT application_name FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))
            .Select(row => (string)row[0])];

    /// <summary>What was full before those went on is exactly full, and no more than that was taken.</summary>
    private static async Task Full(PostgresServer postgres, Guid[] wishes)
    {
        var funded = (long)(await postgres.QueryAsync(
            "SELECT COUNT(*) FROM wishes WHERE id = ANY($1::uuid[]) AND status = 'Funded'", (object)wishes))[0][0];
        BrokenException.Unless(funded == wishes.Length, $"{funded} of {wishes.Length} wishes are funded.");
    }

    private static int Cut(PostgresServer postgres) => Lines(postgres.Log, "idle-in-transaction timeout");

    private static int Stale(Cluster cluster) =>
        cluster.Silos.Sum(silo => Lines(silo.Log, "what was decided on that was not written"));

    private static int Lines(string log, string text) =>
        File.ReadLines(log).Count(line => line.Contains(text, StringComparison.Ordinal));
}
