using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Journal;

/// <summary>A message that is owed to somebody.</summary>
/// <param name="Id">Follows from the event, and is the message's id wherever it goes.</param>
/// <param name="LastError">A code of why the last attempt failed.</param>
public sealed record MessageRow(Guid Id, string Topic, int Attempts, string? LastError, DateTimeOffset NextAt);

/// <summary>The messages among what falls due.</summary>
public sealed class MessageRows(Database database, JournalReader reader)
{
    /// <summary>When a message that is stuck is tried next.</summary>
    public static readonly DateTimeOffset Never =
        DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());

    /// <summary>Messages that wait, or that are stuck, by when they are tried next.</summary>
    public Task<IReadOnlyList<MessageRow>> List(bool isStuck, (DateTimeOffset At, Guid Id)? after, int limit) =>
        reader.Query(
            $"""
            SELECT subject_id, topic, attempts, last_error, at_ms FROM due
            WHERE kind = @kind AND at_ms {(isStuck ? "=" : "<")} @never
              {(after is null ? "" : "AND (at_ms, subject_id) > (@at, @after)")}
            ORDER BY at_ms, subject_id LIMIT @limit
            """,
            row => new MessageRow(
                row.Uuid(0), row.Text(1), (int)row.Number(2), row.TextOrNull(3), row.Time(4)),
            ("kind", (short)DueKind.Message), ("never", Never.ToUnixTimeMilliseconds()),
            ("at", after?.At.ToUnixTimeMilliseconds()), ("after", after?.Id), ("limit", limit));

    /// <summary>Has a message that nobody is sending tried at once, and as often as a new one.</summary>
    public async Task<bool> Retry(Guid id, DateTimeOffset now)
    {
        await using var connection = database.OpenToWrite();
        return await database.Query(
            connection,
            """
            UPDATE due SET at_ms = @now, claimed_until_ms = 0, attempts = 0
            WHERE kind = @kind AND subject_id = @id AND claimed_until_ms <= @now RETURNING 1
            """,
            _ => true, ("kind", (short)DueKind.Message), ("id", id), ("now", now.ToUnixTimeMilliseconds())) is [_, ..];
    }

    /// <summary>Removes whatever somebody has not been told yet.</summary>
    public async Task Forget(AccountId recipient)
    {
        await using var connection = database.OpenToWrite();
        await database.Query(
            connection, "DELETE FROM due WHERE recipient_id = @recipient", _ => 0, ("recipient", recipient.Value));
    }
}
