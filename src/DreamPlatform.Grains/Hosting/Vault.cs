using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using DreamPlatform.Storage.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Storage;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// The store of private data: official ADO.NET grain persistence with queries of our own, because the published ones
/// lose writes on SQLite and let two first writes through on PostgreSQL (docs/adr).
/// </summary>
public static class Vault
{
    /// <summary>The name of the storage that grains with private state ask for.</summary>
    public const string Name = "vault";

    /// <summary>Creates the tables and puts our queries in, before the silo reads them.</summary>
    public static void Prepare(VaultOptions options)
    {
        if (options.AzureTables is { } tables)
        {
            tables.Create();
            return;
        }

        using var source = Open(options);
        using var connection = source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = Script(options.Postgres is null ? "sqlite" : "postgres");
        command.ExecuteNonQuery();
    }

    internal static void AddTo(ISiloBuilder silo, VaultOptions options)
    {
        if (options.AzureTables is { } tables) AzureTableVault.AddTo(silo.Services, Name, tables);
        else silo.AddAdoNetGrainStorage(Name, storage =>
        {
            storage.Invariant = options.Postgres is null ? "System.Data.SQLite" : "Npgsql";
            storage.DataSource = Open(options);
            // Versions begin anywhere, so that an old one of a deleted row is none of the row made after it.
            storage.DeleteStateOnClear = true;
        });
        silo.Services.AddKeyedSingleton<IGrainStorageSerializer, VaultSerializer>(Name);
    }

    private static DbDataSource Open(VaultOptions options) => options.Postgres is { } server
        ? NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { MaxPoolSize = 20 })
        : new VaultFile(
            new SqliteConnectionStringBuilder { DataSource = options.SqlitePath, DefaultTimeout = 5 }.ToString());

    private static string Script(string dialect)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"DreamPlatform.Grains.Hosting.vault.{dialect}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Opens the vault's file for durable writes that wait for each other.</summary>
    private sealed class VaultFile(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

        protected override DbConnection OpenDbConnection()
        {
            var connection = new SqliteConnection(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000";
            command.ExecuteNonQuery();
            return connection;
        }

        protected override ValueTask<DbConnection> OpenDbConnectionAsync(
            CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(OpenDbConnection());
    }
}

/// <summary>Where the vault is: the last of these that is set.</summary>
public sealed class VaultOptions
{
    /// <summary>The SQLite file.</summary>
    public string? SqlitePath { get; set; }

    /// <summary>The connection string of a PostgreSQL server, for a cluster.</summary>
    public string? Postgres { get; set; }

    /// <summary>A table in Azure.</summary>
    public AzureTables? AzureTables { get; set; }
}

/// <summary>
/// Vault states as JSON with literal type names. The one place through which all private data passes on its way to
/// any store.
/// </summary>
public sealed class VaultSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, JournalJson.Options));

    public T? Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize<T>(input.ToMemory().Span, JournalJson.Options);
}
