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
    /// <summary>
    /// Every connection holds a shared lock of this class on its release for as long as it stands: so it is known which
    /// releases are at work, whatever becomes of their processes.
    /// </summary>
    private const int ReleaseLocks = 0x44524542;

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource lanes;
    private readonly NpgsqlDataSource tools;

    public PostgresDatabase(string connectionString)
    {
        source = PostgresServer.Open(connectionString, Adjust, Register);
        lanes = PostgresServer.Open(
            connectionString,
            settings =>
            {
                Adjust(settings);
                // A pooled connection would keep its lane's lock while nobody uses it.
                settings.Pooling = false;
            },
            Register);
        tools = PostgresServer.Open(connectionString, settings => settings.Pooling = false);
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
        tools.Dispose();
    }

    private protected override string ScriptFolder => "postgres";

    private protected override UpgradeEngineBuilder Upgrader() =>
        DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(tools)).WithTransactionPerScript();

    private protected override IDisposable HoldMigrationLock() => PostgresServer.HoldSchema(tools);

    private protected override bool IsShared => true;

    private protected override void Finish(int release)
    {
        using var connection = tools.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var command = new NpgsqlCommand("SELECT min_reader FROM schema_info", connection, transaction);
        for (var older = (int)command.ExecuteScalar()!; older < release; older++)
        {
            // Whoever comes while this is held waits, and is refused then.
            command.CommandText = $"SELECT pg_try_advisory_xact_lock({ReleaseLocks}, {older})";
            if (command.ExecuteScalar() is false)
                throw new DatabaseRefusedException(
                    $"Processes of a release with schema {older} are at work: {Holders(connection, older)}. Stop them, or "
                    + "restart them with this release; then finish the upgrade.");
        }

        command.CommandText = $"UPDATE schema_info SET min_reader = {release}";
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static string Holders(NpgsqlConnection connection, int release)
    {
        using var command = new NpgsqlCommand(
            $"""
            SELECT string_agg(DISTINCT COALESCE(host(client_addr), 'this machine') || ' ' || application_name, ', ')
            FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND classid = {ReleaseLocks} AND objid = {release} AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """, connection);
        return command.ExecuteScalar() as string ?? "unknown";
    }

    /// <exception cref="DatabaseRefusedException">Only a newer release reads it by now.</exception>
    private void Register(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            $"SELECT pg_advisory_lock_shared({ReleaseLocks}, {Release})", connection);
        command.ExecuteNonQuery();
        command.CommandText = "SELECT to_regclass('schema_info') IS NOT NULL";
        if (command.ExecuteScalar() is false) return;
        command.CommandText = "SELECT min_reader FROM schema_info";
        CheckReader((int)command.ExecuteScalar()!);
    }

    private static void Adjust(NpgsqlConnectionStringBuilder settings)
    {
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.CommandTimeout = 10;
        settings.ApplicationName ??= $"DreamPlatform {Environment.ProcessId}";
        // It would give the lock back that says which release is at work.
        settings.NoResetOnClose = true;
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = 20;
    }
}
