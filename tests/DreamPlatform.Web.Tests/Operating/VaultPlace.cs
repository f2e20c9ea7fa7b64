using System.Data.Common;
using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DreamPlatform.Web.Tests.Operating;

/// <summary>Where a server keeps its vault, of a test's own: in its folder, in PostgreSQL or in Azure.</summary>
public sealed class VaultPlace : IDisposable
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("DREAMPLATFORM_TEST_POSTGRES");

    private static readonly string? Azurite = Environment.GetEnvironmentVariable("DREAMPLATFORM_TEST_AZURITE");

    private readonly string kind;
    private readonly string name = $"vault{Guid.CreateVersion7():N}";
    private readonly string folder;

    public VaultPlace(string kind, string folder)
    {
        (this.kind, this.folder) = (kind, folder);
        if (kind == "postgres") Execute(new NpgsqlConnection(Postgres), $"CREATE DATABASE {name}");
    }

    /// <summary>The places that tests run on: those that need a server only where the environment names one.</summary>
    public static TheoryData<string> Kinds =>
        [.. new[] { "sqlite", Postgres is null ? "" : "postgres", Azurite is null ? "" : "azure" }.Where(it => it != "")];

    /// <summary>Whether the environment names a PostgreSQL server.</summary>
    public static bool HasServer => Postgres is not null;

    /// <summary>What a server is told.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings => kind switch
    {
        "postgres" => [("Database:Postgres", Server)],
        "azure" => [("Vault:AzureTables:ConnectionString", Azurite!), ("Vault:AzureTables:Table", name)],
        _ => [],
    };

    private string Server => new NpgsqlConnectionStringBuilder(Postgres) { Database = name }.ToString();

    private TableClient Table => new(Azurite, name);

    /// <summary>Whether there is a row of something.</summary>
    public bool Has(string id)
    {
        if (kind == "azure") return Table.Query<TableEntity>().Any(row => row.PartitionKey.Contains(id));
        using var connection = Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM OrleansStorage WHERE GrainIdExtensionString LIKE '%{id}'";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) > 0;
    }

    /// <summary>Takes the table away from under the server.</summary>
    public void Break()
    {
        if (kind == "azure") Table.Delete();
        else Execute(Connect(), "DROP TABLE OrleansStorage");
    }

    public void Dispose()
    {
        if (kind == "azure") Table.Delete();
        if (kind == "postgres") Execute(new NpgsqlConnection(Postgres), $"DROP DATABASE {name} WITH (FORCE)");
    }

    private DbConnection Connect() => kind == "postgres"
        ? new NpgsqlConnection(Server)
        : new SqliteConnection($"Data Source={Path.Combine(folder, "vault.db")};Pooling=False");

    private static void Execute(DbConnection connection, string sql)
    {
        using (connection)
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
