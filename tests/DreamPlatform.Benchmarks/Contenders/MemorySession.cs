using System.Data.Common;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>
/// A session that keeps balances and nothing else: what is left of a pledge's cost when no database is there. Every
/// command is new to it, and versions of owners never move, which is so for pledges.
/// </summary>
internal sealed class MemorySession(Dictionary<string, object?[]> accounts) : JournalSession
{
    private const int FirstSum = 1, Sums = 5;

    private readonly MemoryRow row = new();

    public override short Lane => 0;

    public override bool LocksRows => false;

    /// <summary>The seeded accounts, in the order of the columns that a batch reads.</summary>
    public static Dictionary<string, object?[]> AccountsOf(DbConnection seeded)
    {
        using var command = seeded.CreateCommand();
        command.CommandText = $"SELECT {AccountRow.Columns} FROM accounts WHERE lane = 0";
        using var rows = command.ExecuteReader();
        var accounts = new Dictionary<string, object?[]>();
        while (rows.Read())
        {
            var values = new object[rows.FieldCount];
            rows.GetValues(values);
            accounts[rows.GetString(0)] = values;
        }

        return accounts;
    }

    public override void Begin()
    {
    }

    public override void Run(IReadOnlyList<Read> reads)
    {
        foreach (var read in reads)
        {
            if (!read.Sqlite.Contains("FROM accounts", StringComparison.Ordinal)) continue;
            foreach (var key in read.Keys)
            {
                row.Values = accounts[(string)key];
                read.OnRow(row);
            }
        }
    }

    public override void Run(IReadOnlyList<Write> writes)
    {
        foreach (var write in writes)
        {
            if (write.Statement.Table == "accounts") foreach (var gain in write.Rows) Add(gain);
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

    /// <summary>Adds a row of gains, which has the lane between name and sums.</summary>
    private void Add(object?[] gain)
    {
        if (!accounts.TryGetValue((string)gain[0]!, out var account)) return;
        for (var i = FirstSum; i < FirstSum + Sums; i++) account[i] = (long)account[i]! + (long)gain[i + 1]!;
    }
}
