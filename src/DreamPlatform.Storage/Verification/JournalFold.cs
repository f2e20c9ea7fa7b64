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
            var id = new StreamId((StreamKind)row.Code(1), row.Uuid(0));
            if (current is not null && current.State.Stream != id)
            {
                yield return current;
                current = null;
            }

            current ??= Loaded.Nothing(id);
            if (row.Number(2) != current.Version + 1)
                throw new VerificationException($"Event {current.Version + 1} of {id} is missing.");
            current = current.Append(JournalJson.Read(id, row.Number(2), row.Text(3), row.Text(4)), row.Time(5));
        }

        if (current is not null) yield return current;
    }
}

/// <summary>The journal itself is broken; the message says where.</summary>
public sealed class VerificationException(string message) : Exception(message);
