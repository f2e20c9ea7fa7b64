using System.Data;
using Azure.Core;
using Azure.Identity;
using Npgsql;

namespace DreamPlatform.Storage;

/// <summary>
/// Opens a PostgreSQL server, 15 or later. One of Azure, named without a password, is opened as the identity of this
/// machine: its tokens are fetched anew before they expire.
/// </summary>
public static class PostgresServer
{
    /// <summary>Held by whoever makes or changes tables, so that processes that start at once take turns.</summary>
    private const long SchemaLock = 0x447265616d4d6967;

    private const string AzureHosts = ".postgres.database.azure.com";

    private static readonly TokenRequestContext Scope = new(["https://ossrdbms-aad.database.windows.net/.default"]);

    private static readonly TimeSpan TokensEvery = TimeSpan.FromMinutes(20), TokenAgainAfter = TimeSpan.FromSeconds(5);

    /// <param name="adjust">What whoever opens it needs otherwise than the connection string says.</param>
    /// <param name="onOpen">Run on each connection when it is made; what it throws refuses the connection.</param>
    public static NpgsqlDataSource Open(
        string connectionString, Action<NpgsqlConnectionStringBuilder>? adjust = null,
        Action<NpgsqlConnection>? onOpen = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        adjust?.Invoke(settings);
        var builder = new NpgsqlDataSourceBuilder(settings.ToString());
        if (IsOpenedByIdentity(settings))
        {
            var identity = new DefaultAzureCredential();
            builder.UsePeriodicPasswordProvider(
                async (_, stop) => (await identity.GetTokenAsync(Scope, stop)).Token, TokensEvery, TokenAgainAfter);
        }

        if (onOpen is not null)
            builder.UsePhysicalConnectionInitializer(onOpen, connection => Task.Run(() => onOpen(connection)));
        return builder.Build();
    }

    /// <summary>Runs a script that makes what is not there yet, in a transaction and alone.</summary>
    public static void Apply(NpgsqlDataSource server, string script)
    {
        using var connection = server.OpenConnection();
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({SchemaLock})");
        Run(connection, script);
        transaction.Commit();
    }

    /// <summary>Keeps others from making or changing tables until the result is disposed.</summary>
    public static IDisposable HoldSchema(NpgsqlDataSource server)
    {
        var connection = server.OpenConnection();
        Run(connection, $"SELECT pg_advisory_lock({SchemaLock})");
        return new HeldSchema(connection);
    }

    private static bool IsOpenedByIdentity(NpgsqlConnectionStringBuilder settings) =>
        settings.Password is null
        && settings.Host!.Split(',').All(host => host.EndsWith(AzureHosts, StringComparison.OrdinalIgnoreCase));

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    private sealed class HeldSchema(NpgsqlConnection connection) : IDisposable
    {
        public void Dispose()
        {
            // It would keep the lock in its pool.
            if (connection.State == ConnectionState.Open) Run(connection, $"SELECT pg_advisory_unlock({SchemaLock})");
            connection.Dispose();
        }
    }
}
