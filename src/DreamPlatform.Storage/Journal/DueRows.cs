using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Journal;

/// <summary>What falls due, and who is seeing to it.</summary>
public sealed class DueRows(Database database, JournalReader reader)
{
    /// <summary>The most rows one claim takes.</summary>
    public const int MaxClaimed = 100;

    private static readonly TimeSpan ClaimedFor = TimeSpan.FromSeconds(30);

    /// <summary>Claims the oldest rows that are due and that nobody has claimed, for 30 seconds.</summary>
    public async Task<IReadOnlyList<Due>> Claim(DateTimeOffset now)
    {
        // A look first: on SQLite even an update of nothing would wait for the one writer.
        var waiting = await reader.Query(
            "SELECT 1 FROM due WHERE at_ms <= @now AND claimed_until_ms <= @now LIMIT 1", _ => true,
            ("now", now.ToUnixTimeMilliseconds()));
        if (waiting.Count == 0) return [];

        var skipLocked = database is PostgresDatabase ? "FOR UPDATE SKIP LOCKED" : "";
        var sql = $"""
            UPDATE due SET claimed_until_ms = @until
            WHERE (at_ms, subject_id, kind) IN (
              SELECT at_ms, subject_id, kind FROM due
              WHERE at_ms <= @now AND claimed_until_ms <= @now
              ORDER BY at_ms, subject_id, kind LIMIT {MaxClaimed} {skipLocked})
            RETURNING at_ms, subject_id, kind, owner_id, owner_kind
            """;
        var claimed = await Run(
            sql, row => new Due(
                (DueKind)row.Code(2), row.Time(0), new StreamId(StreamKind.Pledge, row.Uuid(1)),
                new StreamId((StreamKind)row.Code(4), row.Uuid(3))),
            ("now", now.ToUnixTimeMilliseconds()), ("until", (now + ClaimedFor).ToUnixTimeMilliseconds()));
        return [.. claimed.OrderBy(due => due.At)];
    }

    /// <summary>Drops a row that its owner says is no longer so.</summary>
    public Task Remove(Due due) => Run(
        "DELETE FROM due WHERE at_ms = @at AND subject_id = @subject AND kind = @kind", row => 0,
        ("at", due.At.ToUnixTimeMilliseconds()), ("subject", due.Subject.Value), ("kind", (short)due.Kind));

    private async Task<IReadOnlyList<T>> Run<T>(
        string sql, Func<Row, T> map, params (string Name, object? Value)[] parameters)
    {
        await using var connection = database.OpenToWrite();
        return await database.Query(connection, sql, map, parameters);
    }
}
