using System.Data.Common;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Journal;

/// <summary>Reads the journal and its read models; never touches a grain or the commit log.</summary>
public sealed class JournalReader(Database database)
{
    /// <summary>
    /// Rows of a query with named parameters, which are written <c>@name</c> in the text.
    /// </summary>
    public async Task<IReadOnlyList<T>> Query<T>(
        string sql, Func<Row, T> map, params (string Name, object? Value)[] parameters)
    {
        await using var connection = database.Open();
        return await database.Query(connection, sql, map, parameters);
    }

    /// <summary>The first row of a query, or null when there is none.</summary>
    public async Task<T?> QueryFirst<T>(
        string sql, Func<Row, T> map, params (string Name, object? Value)[] parameters) where T : class =>
        await Query(sql, map, parameters) is [var first, ..] ? first : null;

    /// <summary>Folds a stream from its events.</summary>
    /// <exception cref="PoisonEventException">One of them cannot be read.</exception>
    public async Task<StoredStream> Load(StreamId id)
    {
        var rows = await Query(
            """
            SELECT s.kind, e.version, e.name, e.data, e.at_ms
            FROM events e JOIN streams s ON s.id = e.stream_id
            WHERE e.stream_id = @id ORDER BY e.version
            """,
            row => (Kind: (StreamKind)row.Code(0), Version: row.Number(1), Name: row.Text(2),
                Data: row.Text(3), At: row.Time(4)),
            ("id", id.Value));
        if (rows.Count == 0) return new StoredStream(StreamStates.Empty(id), 0, DateTimeOffset.UnixEpoch, 0);

        var last = rows[^1];
        var state = rows[0].Kind == id.Kind
            ? rows.Aggregate(
                StreamStates.Empty(id),
                (state, row) => state.Evolve(JournalJson.Read(id, row.Version, row.Name, row.Data)))
            : new TakenId(id);
        return new StoredStream(state, last.Version, last.At, rows.Count);
    }
}

/// <summary>A stream as it is stored.</summary>
/// <param name="RowsRead">How many events it took to know.</param>
public sealed record StoredStream(StreamState State, long Version, DateTimeOffset LastAt, int RowsRead);

/// <summary>A row of a query.</summary>
public readonly struct Row(DbDataReader reader, Database database)
{
    public Guid Uuid(int column) => database.Uuid(reader, column);

    public Guid? UuidOrNull(int column) => reader.IsDBNull(column) ? null : database.Uuid(reader, column);

    public short Code(int column) => reader.GetInt16(column);

    public long Number(int column) => reader.GetInt64(column);

    public long? NumberOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
