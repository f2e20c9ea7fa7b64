using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Storage.Commits;

/// <summary>The one writer of a SQLite journal.</summary>
internal sealed class SqliteSession : JournalSession
{
    private const int Busy = 5, Locked = 6, LockTimeoutSeconds = 1;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = [];
    private readonly SqliteCheckpointer? checkpointer;
    private bool inTransaction;

    public SqliteSession(string connectionString, SqliteCheckpointer? checkpointer = null)
    {
        this.checkpointer = checkpointer;
        connection = new SqliteConnection(connectionString) { DefaultTimeout = LockTimeoutSeconds };
        connection.Open();
        Execute(
            "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; "
            + "PRAGMA busy_timeout = 1000; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON");
    }

    public override short Lane => 0;

    public override bool LocksRows => false;

    public override void Begin()
    {
        checkpointer?.FinishIfWanted(this);
        Execute("BEGIN IMMEDIATE");
        inTransaction = true;
    }

    public override void Run(IReadOnlyList<Read> reads)
    {
        foreach (var read in reads)
        {
            if (read.Keys.Count == 0) continue;
            var command = Prepare(read.Sqlite, 1);
            foreach (var key in read.Keys)
            {
                command.Parameters[0].Value = Native(key);
                using var rows = command.ExecuteReader();
                while (rows.Read()) read.OnRow(rows);
            }
        }
    }

    public override void Run(IReadOnlyList<Write> writes)
    {
        foreach (var write in writes)
        {
            if (write.Rows.Count == 0) continue;
            var command = Prepare(write.Statement.Sqlite, write.Statement.Columns.Count);
            foreach (var row in write.Rows)
            {
                for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = Native(row[i]);
                command.ExecuteNonQuery();
            }
        }
    }

    public override void Commit()
    {
        try
        {
            Execute("COMMIT");
            inTransaction = false;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is not (Busy or Locked))
        {
            throw new CommitUnknownException(exception);
        }
    }

    public override void Rollback()
    {
        if (!inTransaction) return;
        inTransaction = false;
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself.
        }
    }

    /// <summary>Copies what it can from the log into the database without waiting; tells how much is left.</summary>
    public (int LogPages, int LeftPages) Checkpoint()
    {
        using var rows = Prepare("PRAGMA wal_checkpoint(PASSIVE)", 0).ExecuteReader();
        return rows.Read() ? (rows.GetInt32(1), rows.GetInt32(1) - rows.GetInt32(2)) : (0, 0);
    }

    public override Guid Uuid(DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public override bool IsTransient(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Busy or Locked };

    public override void Dispose()
    {
        Rollback();
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private void Execute(string sql) => Prepare(sql, 0).ExecuteNonQuery();

    private SqliteCommand Prepare(string sql, int parameters)
    {
        if (prepared.TryGetValue(sql, out var command)) return command;
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter($"${i}", null));
        return prepared[sql] = command;
    }

    public static object Native(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        _ => value,
    };
}
