using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// One lane of a PostgreSQL journal: READ COMMITTED, locks before reads, one round trip to read and one to write.
/// </summary>
internal sealed class PostgresSession : JournalSession
{
    /// <summary>Lanes are leased as session locks of this class; they go with the connection.</summary>
    public const int LaneLocks = 0x44524541;

    private const int MaxLanes = 64;

    private readonly NpgsqlConnection connection;
    private bool isLong;

    public PostgresSession(NpgsqlDataSource source)
    {
        connection = source.OpenConnection();
        try
        {
            Execute(
                "SET lock_timeout = '1s'; SET idle_in_transaction_session_timeout = '2s'; SET synchronous_commit = on");
            Lane = LeaseLane();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override short Lane { get; }

    public override bool LocksRows => true;

    public override void Begin() => Execute("BEGIN");

    public override void BeginLong()
    {
        Execute("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = 0");
        isLong = true;
    }

    public override void Run(IReadOnlyList<Read> reads)
    {
        var asked = reads.Where(read => read.Keys.Count > 0).ToArray();
        if (asked.Length == 0) return;
        using var batch = new NpgsqlBatch(connection);
        foreach (var read in asked)
        {
            var command = new NpgsqlBatchCommand(read.Postgres);
            command.Parameters.Add(Parameter(read.Key, read.Keys));
            batch.BatchCommands.Add(command);
        }

        using var rows = batch.ExecuteReader();
        foreach (var read in asked)
        {
            while (rows.Read()) read.OnRow(rows);
            rows.NextResult();
        }
    }

    public override void Run(IReadOnlyList<Write> writes)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var write in writes.Where(write => write.Rows.Count > 0))
        {
            var command = new NpgsqlBatchCommand(write.Statement.Postgres);
            for (var i = 0; i < write.Statement.Columns.Count; i++)
            {
                var column = i;
                command.Parameters.Add(
                    Parameter(write.Statement.Columns[i].Type, write.Rows.Select(row => row[column])));
            }

            batch.BatchCommands.Add(command);
        }

        if (isLong) batch.Timeout = 0;
        batch.ExecuteNonQuery();
    }

    public override void Commit()
    {
        try
        {
            Execute("COMMIT");
        }
        catch (Exception exception) when (exception is not PostgresException { InvariantSeverity: "ERROR" })
        {
            // A session or a server that ends itself (FATAL, PANIC) may do so after the commit is on disk.
            throw new CommitUnknownException(exception);
        }
    }

    public override void Rollback()
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open) Execute("ROLLBACK");
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The server ends the transaction when the connection goes.
        }
    }

    public override Guid Uuid(DbDataReader row, int column) => row.GetGuid(column);

    public override bool IsTransient(Exception exception) => exception switch
    {
        PostgresException server => server.SqlState is PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
            || server.SqlState.StartsWith("53", StringComparison.Ordinal)
            || server.SqlState == "25P03",
        NpgsqlException or TimeoutException or IOException => true,
        InvalidOperationException => connection.State != System.Data.ConnectionState.Open,
        _ => false,
    };

    public override void Dispose() => connection.Dispose();

    private short LeaseLane()
    {
        for (short lane = 0; lane < MaxLanes; lane++)
        {
            using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1, $2)", connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = LaneLocks });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane });
            if ((bool)command.ExecuteScalar()!) return lane;
        }

        throw new InvalidOperationException($"All {MaxLanes} lanes of the journal are taken.");
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        if (isLong) command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter Parameter(Column type, IEnumerable<object?> values) => type switch
    {
        Column.Uuid => Array(values.Select(value => (Guid?)value), NpgsqlDbType.Uuid),
        Column.Short => Array(values.Select(value => (short?)value), NpgsqlDbType.Smallint),
        Column.Long => Array(values.Select(value => (long?)value), NpgsqlDbType.Bigint),
        _ => Array(values.Select(value => (string?)value), NpgsqlDbType.Text),
    };

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
