using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Keys;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Storage.Journal;

/// <summary>The embedded default: one file, one writer, readers beside it.</summary>
public sealed class SqliteDatabase : Database
{
    private readonly string path;
    private readonly string readers;
    private readonly SqliteCheckpointer? checkpointer;

    /// <param name="path">The file; its folder exists.</param>
    /// <param name="isReadOnly">For tools that look at a file beside its server.</param>
    public SqliteDatabase(string path, bool isReadOnly = false)
    {
        this.path = path;
        IsReadOnly = isReadOnly;
        readers = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
            DefaultTimeout = 5,
        }.ToString();
        if (isReadOnly) return;
        using (var connection = new SqliteConnection(Writers))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
        }

        checkpointer = new SqliteCheckpointer(path, () => new SqliteSession(Writers));
    }

    public bool IsReadOnly { get; }

    private string Writers =>
        new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString();

    internal override JournalSession Connect() => new SqliteSession(Writers, checkpointer);

    public override DbConnection Open()
    {
        var connection = new SqliteConnection(readers);
        connection.Open();
        return connection;
    }

    public override DbConnection OpenToWrite()
    {
        var connection = new SqliteConnection(Writers);
        connection.Open();
        return connection;
    }

    /// <summary>An online copy, so that a long look does not keep the server's log from being reused.</summary>
    public override Snapshot Snapshot()
    {
        var copy = $"{path}-snapshot-{Guid.CreateVersion7():N}";
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        connection.Open();
        using (var live = (SqliteConnection)Open()) live.BackupDatabase(connection);
        return new Snapshot(connection, () => File.Delete(copy));
    }

    /// <summary>Always false: the lock on the data folder keeps tools and servers apart.</summary>
    public override bool IsServed() => false;

    public override object Native(object? value) => SqliteSession.Native(value);

    public override Guid Uuid(DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    /// <summary>Empties the log, in which what was deleted would stay until it is written over.</summary>
    public override Task<bool> Scrub() => Task.FromResult(new SqliteFile(path).Scrub());

    public override void Dispose()
    {
        checkpointer?.Dispose();
        using var connection = new SqliteConnection(readers);
        SqliteConnection.ClearPool(connection);
    }

    private protected override string ScriptFolder => "sqlite";

    /// <summary>A lock on a file beside it, since every migration opens the database itself.</summary>
    private protected override IDisposable HoldMigrationLock()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = $"{path}-migration",
            Pooling = false,
            DefaultTimeout = 60,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();
        return connection;
    }

    private protected override bool IsShared => false;

    private protected override void Finish(int release)
    {
        using var connection = OpenToWrite();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE schema_info SET min_reader = {release}";
        command.ExecuteNonQuery();
    }

    private protected override UpgradeEngineBuilder Upgrader() => DeployChanges.To.SqliteDatabase(Writers);
}
