using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DbUp.Postgresql;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Web.Operating;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// Where accounts are: a file in the data folder, or a schema of its own on the server that has the journal. Its tables
/// are made by numbered scripts that are each applied once. Not by EF migrations: those leave a lock behind when a
/// process is killed while it migrates, and the next one would wait for it for ever.
/// </summary>
internal sealed class AccountsHome : IDisposable
{
    private const string Schema = "people";

    private readonly DbDataSource source;

    private AccountsHome(DbDataSource source) => this.source = source;

    public static AccountsHome Of(DataDirectory data, string? postgres) => new(
        postgres is null
            ? new SqliteFile(data.File("accounts.db"))
            : PostgresServer.Open(postgres, settings => (settings.SearchPath, settings.MaxPoolSize) = (Schema, 20)));

    public void Use(DbContextOptionsBuilder db)
    {
        if (source is NpgsqlDataSource server) db.UseNpgsql(server);
        else db.UseSqlite(source.ConnectionString).AddInterceptors(SecureDelete.Instance);
    }

    /// <exception cref="StartRefusedException">A script failed; the scripts before it stay applied.</exception>
    public void Upgrade()
    {
        using var alone = source is NpgsqlDataSource server ? Prepare(server) : Prepare((SqliteFile)source);
        var result = Upgrader().WithTransactionPerScript().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
            throw new StartRefusedException($"The accounts could not be brought up to date: {result.Error.Message}");
    }

    /// <summary>Has what was deleted leave the file too; a server has its own ways.</summary>
    /// <returns>False when somebody stood in the way; try again later.</returns>
    public async Task<bool> Scrub()
    {
        if (source is SqliteFile file) return file.Scrub();
        await using var connection = await source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM accounts, account_tokens, letters, sessions, invitations";
        await command.ExecuteNonQueryAsync();
        return true;
    }

    public void Dispose() => source.Dispose();

    private UpgradeEngineBuilder Upgrader()
    {
        var (engine, scripts) = source is NpgsqlDataSource server
            ? (PostgresqlExtensions.PostgresqlDatabase(new PostgresqlConnectionManager(server), Schema), "Postgres")
            : (DeployChanges.To.SqliteDatabase(source.ConnectionString), "Schema");
        return engine.WithScriptsEmbeddedInAssembly(
            typeof(AccountsHome).Assembly, name => name.Contains($".Accounts.{scripts}.", StringComparison.Ordinal));
    }

    private static IDisposable Prepare(NpgsqlDataSource server)
    {
        PostgresServer.Apply(server, $"CREATE SCHEMA IF NOT EXISTS {Schema}");
        return PostgresServer.HoldSchema(server);
    }

    private static IDisposable? Prepare(SqliteFile file)
    {
        file.OpenConnection().Dispose();
        return null;
    }
}
