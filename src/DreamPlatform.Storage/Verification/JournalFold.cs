using System.Data.Common;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Verification;

/// <summary>Folds every stream of a journal anew, one after another.</summary>
internal static class JournalFold
{
    public static IEnumerable<Loaded> Streams(Database database, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT e.stream_id, s.kind, e.version, e.name, e.data, e.at_ms
            FROM events e LEFT JOIN streams s ON s.id = e.stream_id
            ORDER BY e.stream_id, e.version
            """;
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        var row = new Row(reader, database);
        Loaded? current = null;
        while (reader.Read())
        {
            var id = StreamOf(row);
            if (current is not null && current.State.Stream != id)
            {
                yield return current;
                current = null;
            }

            current = Append(current ?? Loaded.Nothing(id), row);
        }

        if (current is not null) yield return current;
    }

    private static StreamId StreamOf(Row row)
    {
        if (row.NumberOrNull(1) is not { } kind) throw new VerificationException($"Stream {row.Uuid(0)} has no head.");
        if (!Enum.IsDefined((StreamKind)kind))
            throw new VerificationException(
                $"Stream {row.Uuid(0)} is of kind {kind}, which this release does not know.");
        return new StreamId((StreamKind)kind, row.Uuid(0));
    }

    private static Loaded Append(Loaded stream, Row row)
    {
        var (id, version) = (stream.State.Stream, row.Number(2));
        if (version != stream.Version + 1)
            throw new VerificationException($"Event {stream.Version + 1} of {id} is missing.");
        var @event = JournalJson.Read(id, version, row.Text(3), row.Text(4));
        try
        {
            return stream.Append(@event, row.Time(5));
        }
        catch (Exception exception) when (exception is not (UnknownEventException or OutOfMemoryException))
        {
            throw new VerificationException(
                $"Event {version} of {id}, named {row.Text(3)}, cannot be folded: {exception.Message}");
        }
    }
}

/// <summary>The journal itself is broken; the message says where.</summary>
public sealed class VerificationException(string message) : Exception(message);
