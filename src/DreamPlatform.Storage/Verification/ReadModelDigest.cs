using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Search;

namespace DreamPlatform.Storage.Verification;

/// <summary>
/// A digest of each read model that does not depend on the order of its rows, so that any number of rows can be
/// compared in constant memory.
/// </summary>
internal sealed class ReadModelDigest
{
    public Dictionary<string, UInt128> Tables { get; } =
        BatchWrites.DerivedTables.ToDictionary(derived => derived.Statement.Table, _ => (UInt128)0);

    public long Streams { get; private set; }

    public long Rows { get; private set; }

    public static ReadModelDigest OfJournal(
        IEnumerable<Loaded> streams, IReadOnlyDictionary<string, Balance> balances, Database database,
        DbConnection connection)
    {
        var digest = new ReadModelDigest();
        var counts = new Dictionary<Guid, long>();
        var searched = new List<Searched>();
        foreach (var stream in streams)
        {
            digest.Streams++;
            if (Searched.Of(stream.State) is { } published) searched.Add(published);
            var writes = new Writes();
            writes.Folded(stream, account => balances.GetValueOrDefault(account.Value));
            foreach (var write in BatchWrites.Derived(writes))
            {
                foreach (var row in write.Rows)
                {
                    if (write.Statement.Table == "pledge_counts")
                        counts[(Guid)row[0]!] = counts.GetValueOrDefault((Guid)row[0]!) + (long)row[1]!;
                    else digest.Add(write.Statement.Table, row);
                }
            }
        }

        foreach (var (target, count) in counts.Where(count => count.Value != 0))
            digest.Add("pledge_counts", [target, count]);
        foreach (var row in SearchIndex.Expected(database, connection, searched))
            digest.Add(SearchIndex.Terms.Table, row);
        return digest;
    }

    public static ReadModelDigest OfTables(Database database, DbConnection connection)
    {
        var digest = new ReadModelDigest();
        foreach (var ((name, columns, _, _), which) in BatchWrites.DerivedTables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => column.Name))} FROM {name} "
                + (name == "pledge_counts" ? "WHERE pledges <> 0" : which);
            command.CommandTimeout = 0;
            using var reader = command.ExecuteReader();
            var row = new Row(reader, database);
            while (reader.Read())
            {
                digest.Add(name, [.. columns.Select((column, i) => column.Type switch
                {
                    Column.Uuid => row.UuidOrNull(i),
                    Column.Text => row.TextOrNull(i),
                    _ => (object?)row.NumberOrNull(i),
                })]);
                digest.Rows++;
            }
        }

        return digest;
    }

    private void Add(string table, object?[] row)
    {
        var text = string.Join('\u001f', row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        Tables[table] = unchecked(Tables[table] + BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }
}
