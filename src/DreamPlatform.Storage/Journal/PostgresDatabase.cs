using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DbUp.Postgresql;
using DreamPlatform.Storage.Commits;
using Npgsql;

namespace DreamPlatform.Storage.Journal;

/// <summary>A PostgreSQL server, 15 or later, shared by any number of silos.</summary>
public sealed class PostgresDatabase : Database
{
    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource lanes;

    public PostgresDatabase(string connectionString)
    {
        source = PostgresServer.Open(connectionString, Adjust);
        lanes = PostgresServer.Open(connectionString, settings =>
        {
            Adjust(settings);
            // A pooled connection would keep its lane's lock while nobody uses it.
            settings.Pooling = false;
        });
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
        DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(source)).WithTransactionPerScript();

    private protected override IDisposable HoldMigrationLock() => PostgresServer.HoldSchema(source);

    private static void Adjust(NpgsqlConnectionStringBuilder settings)
    {
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.CommandTimeout = 10;
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = 20;
    }
}
