using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DreamPlatform.Storage.Commits;
using Npgsql;

namespace DreamPlatform.Storage.Journal;

/// <summary>A PostgreSQL server, 15 or later, shared by any number of silos.</summary>
public sealed class PostgresDatabase : Database
{
    private const long MigrationLock = 0x447265616d4d6967;

    private readonly string connectionString;
    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource lanes;

    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 10,
        };
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = 20;
        this.connectionString = settings.ToString();
        source = NpgsqlDataSource.Create(this.connectionString);

        // A pooled connection would keep its lane's lock while nobody uses it.
        settings.Pooling = false;
        lanes = NpgsqlDataSource.Create(settings.ToString());
    }

    internal override JournalSession Connect() => new PostgresSession(lanes);

    public override DbConnection Open() => source.OpenConnection();

    public override Snapshot Snapshot()
    {
        var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", connection);
        command.ExecuteNonQuery();
        return new Snapshot(connection);
    }

    public override bool IsServed()
    {
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' "
            + $"AND classid = {PostgresSession.LaneLocks} "
            + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))", connection);
        return (bool)command.ExecuteScalar()!;
    }

    public override object Native(object? value) => value ?? DBNull.Value;

    public override Guid Uuid(DbDataReader row, int column) => row.GetGuid(column);

    /// <summary>Lets the server write over what was deleted; its own log goes when its checkpoints and archives do.</summary>
    public override async Task<bool> Scrub()
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("VACUUM texts, search_texts", connection);
        await command.ExecuteNonQueryAsync();
        return true;
    }

    public override void Dispose()
    {
        source.Dispose();
        lanes.Dispose();
    }

    private protected override string ScriptFolder => "postgres";

    private protected override UpgradeEngineBuilder Upgrader() =>
        DeployChanges.To.PostgresqlDatabase(connectionString).WithTransactionPerScript();

    private protected override IDisposable HoldMigrationLock()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrationLock})", connection);
        command.ExecuteNonQuery();
        return connection;
    }
}
