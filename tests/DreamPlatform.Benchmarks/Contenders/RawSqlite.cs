using System.Diagnostics;
using System.Globalization;
using DreamPlatform.Benchmarks.Load;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>
/// L1: the rows of a pledge written to the same tables and indexes by a bare loop in one thread, a batch to a
/// transaction, durable at each COMMIT. It reads nothing, decides nothing and speaks to nobody.
/// </summary>
internal sealed class RawSqlite : IDisposable
{
    public const string Result = "result ";

    private const int BatchSize = 200, Seed = 4711;

    private const string Event =
        """{"target":{"kind":"Wish","value":"019b76da-a800-7a5e-8000-000000000000"},"donor":"019b76da-a800-7a5e-8000-000000000000","amountMinor":100,"matchMinor":0,"anonymous":true,"ifWishFails":"refund","gateway":"sandbox","placedAt":"2026-01-01T00:00:00.000+00:00","payBy":"2026-01-01T00:30:00.000+00:00"}""";

    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, @event, command, transfer, head, account, due, byDonor, count;
    private readonly Targets targets = new ZipfWishes(Contenders.Seed.Wishes, new Random(Seed));
    private readonly byte[][] donors = [.. Enumerable.Range(0, Contenders.Seed.DonorCount).Select(_ => Bytes(Guid.CreateVersion7()))];
    private readonly Dictionary<Guid, long> gains = [];
    private long pledges;

    private RawSqlite(string data)
    {
        connection = new SqliteConnection($"Data Source={Path.Combine(data, "journal.db")};Pooling=False");
        connection.Open();
        // The same log length at which the application's checkpointer begins.
        Prepare("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -65536", 0).ExecuteNonQuery();
        (begin, commit) = (Prepare("BEGIN IMMEDIATE", 0), Prepare("COMMIT", 0));
        @event = Prepare("INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6, $7)", 7);
        command = Prepare("INSERT INTO commands VALUES ($1, $2, $3, $4, $5)", 5);
        transfer = Prepare("INSERT INTO transfers VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 8);
        head = Prepare("INSERT INTO streams VALUES ($1, $2, $3)", 3);
        account = Prepare(
            """
            INSERT INTO accounts VALUES ($1, 0, $2, 0, $3, 0, 0, NULL) ON CONFLICT DO UPDATE SET
              debits_pending_minor = debits_pending_minor + excluded.debits_pending_minor,
              credits_pending_minor = credits_pending_minor + excluded.credits_pending_minor
            """, 3);
        due = Prepare("INSERT INTO due (at_ms, subject_id, kind, owner_id, owner_kind) VALUES ($1, $2, $3, $4, $5)", 5);
        byDonor = Prepare("INSERT INTO pledges_by_donor VALUES ($1, $2)", 2);
        count = Prepare("INSERT INTO pledge_counts VALUES ($1, $2) ON CONFLICT DO UPDATE SET pledges = pledges + excluded.pledges", 2);
    }

    /// <summary>Says it is ready, waits for "seconds of warm-up, seconds to measure", and tells what came of it.</summary>
    public static int Run(string data)
    {
        using var loop = new RawSqlite(data);
        Console.WriteLine(ServeOptions.Ready);
        if (Console.ReadLine()?.Split(' ') is not [var warmUp, var window]) return 1;
        loop.RunFor(double.Parse(warmUp, CultureInfo.InvariantCulture));
        var (before, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var written = loop.RunFor(double.Parse(window, CultureInfo.InvariantCulture));
        var (cpu, elapsed) = (Environment.CpuUsage.TotalTime - before, Stopwatch.GetElapsedTime(started));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Result}{written / elapsed.TotalSeconds} {cpu.TotalMicroseconds / written}"));
        return 0;
    }

    public void Dispose() => connection.Dispose();

    private long RunFor(double seconds)
    {
        var (first, started) = (pledges, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds) WriteBatch();
        return pledges - first;
    }

    private void WriteBatch()
    {
        begin.ExecuteNonQuery();
        gains.Clear();
        for (var i = 0; i < BatchSize; i++) WritePledge();
        foreach (var (wish, number) in gains)
        {
            Execute(account, $"wish-{wish}", 0, 100 * number);
            Execute(count, Bytes(wish), number);
        }

        Execute(account, "clearing-sandbox", 100 * BatchSize, 0);
        commit.ExecuteNonQuery();
    }

    private void WritePledge()
    {
        var wish = targets.Next();
        gains[wish] = gains.GetValueOrDefault(wish) + 1;
        var (pledge, key, donor) = (Bytes(Guid.CreateVersion7()), Bytes(Guid.CreateVersion7()), donors[pledges++ % donors.Length]);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Execute(@event, pledge, 1, "pledge-placed.v1", Event, now, donor, key);
        Execute(command, key, donor, key, pledge, 1);
        Execute(transfer, pledge, 2, 1, "clearing-sandbox", $"wish-{wish}", 100, null, now);
        Execute(head, pledge, 5, 1);
        Execute(due, now + 1_800_000, pledge, 1, Bytes(wish), 1);
        Execute(byDonor, donor, pledge);
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var prepared = connection.CreateCommand();
        prepared.CommandText = sql;
        for (var i = 1; i <= parameters; i++) prepared.Parameters.Add(new SqliteParameter($"${i}", null));
        return prepared;
    }

    private static void Execute(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);
}
