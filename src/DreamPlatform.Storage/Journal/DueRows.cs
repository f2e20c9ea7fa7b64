using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Journal;

/// <summary>What falls due, and who is seeing to it.</summary>
public sealed class DueRows(Database database, JournalReader reader)
{
    /// <summary>The most rows one claim takes.</summary>
    public const int MaxClaimed = 100;

    private static readonly TimeSpan ClaimedFor = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Claims the oldest rows of a kind that are due and that nobody has claimed, for 30 seconds unless told otherwise.
    /// </summary>
    public async Task<IReadOnlyList<Due>> Claim(
        DueKind kind, DateTimeOffset now, int most = MaxClaimed, TimeSpan? claimedFor = null)
    {
        // A look first: on SQLite even an update of nothing would wait for the one writer.
        var waiting = await reader.Query(
            "SELECT 1 FROM due WHERE kind = @kind AND at_ms <= @now AND claimed_until_ms <= @now LIMIT 1", _ => true,
            ("kind", (short)kind), ("now", now.ToUnixTimeMilliseconds()));
        if (waiting.Count == 0) return [];

        var skipLocked = database is PostgresDatabase ? "FOR UPDATE SKIP LOCKED" : "";
        var sql = $"""
            UPDATE due SET claimed_until_ms = @until
            WHERE (kind, at_ms, subject_id) IN (
              SELECT kind, at_ms, subject_id FROM due
              WHERE kind = @kind AND at_ms <= @now AND claimed_until_ms <= @now
              ORDER BY at_ms, subject_id LIMIT {Math.Min(most, MaxClaimed)} {skipLocked})
            RETURNING {Columns}
            """;
        var until = now + (claimedFor ?? ClaimedFor);
        var claimed = await Run(
            sql, Map, ("kind", (short)kind), ("now", now.ToUnixTimeMilliseconds()),
            ("until", until.ToUnixTimeMilliseconds()));
        return [.. claimed.OrderBy(due => due.At).ThenBy(due => due.Version)];
    }

    /// <summary>Keeps something to be seen to that no event made; once, however often it is added.</summary>
    public Task Add(Due due) => Run(
        """
        INSERT INTO due (kind, at_ms, subject_id, owner_id, owner_kind)
        VALUES (@kind, @at, @subject, @owner, @ownerKind) ON CONFLICT DO NOTHING
        """,
        _ => 0, [.. Key(due), ("owner", due.Owner.Value), ("ownerKind", (short)due.Owner.Kind)]);

    /// <summary>Drops a row that was seen to, or that is no longer so.</summary>
    public Task Remove(Due due) => Run($"DELETE FROM due WHERE {KeyIs}", _ => 0, Key(due));

    /// <summary>Lets it fall due once more at a later time, with one more attempt and why the last one failed.</summary>
    /// <param name="error">A code, never what somebody else wrote.</param>
    public Task Postpone(Due due, DateTimeOffset until, string error) => Run(
        $"""
        UPDATE due SET at_ms = @until, claimed_until_ms = 0, attempts = attempts + 1, last_error = @error
        WHERE {KeyIs}
        """,
        _ => 0, [.. Key(due), ("until", until.ToUnixTimeMilliseconds()), ("error", error)]);

    private const string Columns =
        "kind, at_ms, subject_id, owner_kind, owner_id, recipient_id, topic, version, attempts";

    private const string KeyIs = "kind = @kind AND at_ms = @at AND subject_id = @subject";

    private static Due Map(Row row)
    {
        var owner = new StreamId((StreamKind)row.Code(3), row.Uuid(4));
        return new Due((DueKind)row.Code(0), row.Time(1), row.Uuid(2), owner)
        {
            Telling = row.UuidOrNull(5) is { } recipient && Names.Parse<Topic>(row.Text(6)) is { } topic
                ? new Telling(new AccountId(recipient), topic)
                : null,
            Version = row.NumberOrNull(7) ?? 0,
            Attempts = (int)row.Number(8),
        };
    }

    private static (string Name, object? Value)[] Key(Due due) =>
    [
        ("kind", (short)due.Kind), ("at", due.At.ToUnixTimeMilliseconds()), ("subject", due.Subject),
    ];

    private async Task<IReadOnlyList<T>> Run<T>(
        string sql, Func<Row, T> map, params (string Name, object? Value)[] parameters)
    {
        await using var connection = database.OpenToWrite();
        return await database.Query(connection, sql, map, parameters);
    }
}
