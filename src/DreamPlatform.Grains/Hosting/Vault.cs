using System.Data.Common;
using System.Reflection;
using DreamPlatform.Storage.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Storage;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// The store of private data: a provider that keeps rows, and around it what seals them. On SQLite and PostgreSQL the
/// provider is official ADO.NET grain persistence with queries of our own, because the published ones lose writes on
/// SQLite and let two first writes through on PostgreSQL; on Azure Table Storage it is our own (docs/adr).
/// </summary>
public static class Vault
{
    /// <summary>The name of the storage that grains with private state ask for.</summary>
    public const string Name = "vault";

    /// <summary>The provider that keeps the sealed rows.</summary>
    internal const string RowsName = "vault-rows";

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
        if (options.AzureTables is { } tables) AzureTableVault.AddTo(silo.Services, RowsName, tables);
        else silo.AddAdoNetGrainStorage(RowsName, storage =>
        {
            storage.Invariant = options.Postgres is null ? "System.Data.SQLite" : "Npgsql";
            storage.DataSource = Open(options);
            // Versions begin anywhere, so that an old one of a deleted row is none of the row made after it.
            storage.DeleteStateOnClear = true;
        });
        silo.Services.AddKeyedSingleton<IGrainStorageSerializer, SealedSerializer>(RowsName);
        silo.Services.AddKeyedSingleton<IGrainStorage>(Name, (provider, _) => new SealedStorage(
            provider.GetRequiredKeyedService<IGrainStorage>(RowsName), provider.GetRequiredService<PersonKeys>(),
            provider.GetRequiredService<ILogger<SealedStorage>>()));
    }

    private static DbDataSource Open(VaultOptions options) => options.Postgres is { } server
        ? NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { MaxPoolSize = 20 })
        : new SqliteFile(options.SqlitePath!);

    private static string Script(string dialect)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"DreamPlatform.Grains.Hosting.vault.{dialect}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>Where the vault is: one of these.</summary>
public sealed class VaultOptions
{
    /// <summary>The SQLite file.</summary>
    public string? SqlitePath { get; set; }

    /// <summary>The connection string of a PostgreSQL server, for a cluster.</summary>
    public string? Postgres { get; set; }

    /// <summary>A table in Azure.</summary>
    public AzureTables? AzureTables { get; set; }
}
