using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Storage.Keys;

/// <summary>
/// A SQLite file for private rows: durable writes that wait for each other, and nothing left behind where a row was.
/// </summary>
public sealed class SqliteFile(string path) : DbDataSource
{
    public override string ConnectionString { get; } =
        new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 }.ToString();

    /// <summary>
    /// Takes out of the log what was overwritten or deleted. It waits for nobody: while it waited it would keep every
    /// writer waiting too. So the bulk is copied beside the writers first.
    /// </summary>
    /// <returns>False when somebody was reading or writing at that moment; try again later.</returns>
    public bool Scrub()
    {
        using var connection = OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(PASSIVE)";
        command.ExecuteNonQuery();
        // The first column says whether somebody stood in the way.
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0;
    }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000";
        command.ExecuteNonQuery();
        return connection;
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(OpenDbConnection());
}
