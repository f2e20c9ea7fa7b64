using System.Data.Common;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>
/// A session that keeps balances and nothing else: what is left of a pledge's cost when no database is there. Every
/// command is new to it, and versions of owners never move, which is so for pledges.
/// </summary>
internal sealed class MemorySession(MemoryTables tables) : JournalSession
{
    private readonly MemoryRow row = new();

    public override short Lane => 0;

    public override bool LocksRows => false;

    public override void Begin()
    {
    }

    public override void Run(IReadOnlyList<Read> reads)
    {
        foreach (var read in reads)
        {
            if (tables.Of(read.Sqlite) is not { } table) continue;
            foreach (var key in read.Keys)
            {
                if (!table.TryGetValue(key, out var values)) continue;
                row.Values = values;
                read.OnRow(row);
            }
        }
    }

    public override void Run(IReadOnlyList<Write> writes)
    {
        foreach (var write in writes)
        {
            if (write.Statement.Table == "accounts") foreach (var gain in write.Rows) tables.Add(gain);
        }
    }

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }

    public override Guid Uuid(DbDataReader row, int column) => row.GetGuid(column);

    public override bool IsTransient(Exception exception) => false;

    public override void Dispose()
    {
    }
}

/// <summary>The seeded heads and accounts, in memory.</summary>
internal sealed class MemoryTables
{
    private const int FirstSum = 1, Sums = 5;

    private const string OfAccounts = "FROM accounts", OfHeads = "FROM streams WHERE";

    private readonly Dictionary<object, object?[]> accounts, heads;

    public MemoryTables(DbConnection seeded)
    {
        accounts = Read(seeded, $"SELECT {AccountRow.Columns} {OfAccounts} WHERE lane = 0");
        heads = Read(seeded, "SELECT id, kind, version FROM streams");
    }

    /// <summary>The rows that a read asks for by their key; null where there never are any.</summary>
    public Dictionary<object, object?[]>? Of(string query) =>
        query.Contains(OfAccounts, StringComparison.Ordinal) ? accounts
        : query.Contains(OfHeads, StringComparison.Ordinal) ? heads
        : null;

    /// <summary>Adds a row of gains, which has the lane between name and sums.</summary>
    public void Add(object?[] gain)
    {
        if (!accounts.TryGetValue(gain[0]!, out var account)) return;
        for (var i = FirstSum; i < FirstSum + Sums; i++) account[i] = (long)account[i]! + (long)gain[i + 1]!;
    }

    private static Dictionary<object, object?[]> Read(DbConnection seeded, string sql)
    {
        using var command = seeded.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var read = new Dictionary<object, object?[]>();
        while (rows.Read())
        {
            var values = new object[rows.FieldCount];
            rows.GetValues(values);
            if (values[0] is byte[] id) values[0] = new Guid(id, bigEndian: true);
            read[values[0]] = values;
        }

        return read;
    }
}
