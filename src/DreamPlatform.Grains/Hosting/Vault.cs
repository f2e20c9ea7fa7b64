using System.Data.Common;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

        if (options.Postgres is { } server)
        {
            using var shared = PostgresServer.Open(server);
            PostgresServer.Apply(shared, Scripts.Read("vault.postgres.sql"));
            return;
        }

        using var source = new SqliteFile(options.SqlitePath!);
        using var connection = source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = Scripts.Read("vault.sqlite.sql");
        command.ExecuteNonQuery();
    }

    internal static void AddTo(ISiloBuilder silo, VaultOptions options)
    {
        if (options.AzureTables is { } tables) AzureTableVault.AddTo(silo.Services, RowsName, tables);
        else AddSqlTo(silo, options);
        silo.Services.AddKeyedSingleton<IGrainStorageSerializer, SealedSerializer>(RowsName);
        silo.Services.AddKeyedSingleton<IGrainStorage>(Name, (provider, _) => new SealedStorage(
            provider.GetRequiredKeyedService<IGrainStorage>(RowsName), provider.GetRequiredService<PersonKeys>(),
            provider.GetRequiredService<ILogger<SealedStorage>>()));
    }

    private static void AddSqlTo(ISiloBuilder silo, VaultOptions options)
    {
        silo.Services.AddKeyedSingleton(RowsName, (_, _) => Open(options));
        silo.AddAdoNetGrainStorage(RowsName, storage => storage.Configure<IServiceProvider>((ado, provider) =>
        {
            ado.Invariant = options.Postgres is null ? "System.Data.SQLite" : "Npgsql";
            ado.DataSource = provider.GetRequiredKeyedService<DbDataSource>(RowsName);
            // Versions begin anywhere, so that an old one of a deleted row is none of the row made after it.
            ado.DeleteStateOnClear = true;
        }));
    }

    private static DbDataSource Open(VaultOptions options) => options.Postgres is { } server
        ? PostgresServer.Open(server, settings => settings.MaxPoolSize = 20)
        : new SqliteFile(options.SqlitePath!);
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
