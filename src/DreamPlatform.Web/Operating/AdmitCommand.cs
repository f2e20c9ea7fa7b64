using DreamPlatform.Storage;
using Npgsql;

namespace DreamPlatform.Web.Operating;

/// <summary>
/// Makes the database of a platform on Azure, and lets processes in by their managed identities. Nothing but SQL can
/// do that there, so it is done by an identity that no process has while it serves.
/// </summary>
public static class AdmitCommand
{
    private const long OneAtATime = 0x447265616d41646d;

    /// <summary>Lets each login, NAME=ID, use everything in the database and make more.</summary>
    public static async Task<int> RunAsync(string[] logins, CancellationToken stop)
    {
        var admitted = logins.Select(Read).ToArray();
        var configured = Server();
        var database = configured.Database!;
        await using var server = PostgresServer.Open(
            configured.ToString(), settings => (settings.Database, settings.Pooling) = ("postgres", false));
        try
        {
            await using var connection = await server.OpenConnectionAsync(stop);
            await AdmitAsync(connection, database, admitted, stop);
        }
        catch (NpgsqlException e)
        {
            throw new StartRefusedException($"Nobody was admitted to Database:Postgres. {e.Message}");
        }

        Console.WriteLine($"{database} is used by {string.Join(" and ", admitted.Select(it => it.Name))}.");
        return 0;
    }

    /// <summary>
    /// What each makes belongs to a role that all have (Options=-c role=…), so that any can upgrade what another made.
    /// </summary>
    private static async Task AdmitAsync(
        NpgsqlConnection connection, string database, (string Name, Guid Id)[] admitted, CancellationToken stop)
    {
        // Silos begin together; the lock goes with the connection.
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({OneAtATime})", stop);
        var owner = Quoted(database);
        if (!await ExistsAsync(connection, "pg_roles WHERE rolname", database, stop))
            await ExecuteAsync(connection, $"CREATE ROLE {owner} NOLOGIN", stop);
        await ExecuteAsync(connection, $"GRANT {owner} TO CURRENT_USER", stop);
        if (!await ExistsAsync(connection, "pg_database WHERE datname", database, stop))
            await ExecuteAsync(connection, $"CREATE DATABASE {owner} OWNER {owner}", stop);
        await ExecuteAsync(connection, $"REVOKE ALL ON DATABASE {owner} FROM PUBLIC", stop);
        foreach (var (name, id) in admitted)
        {
            if (!await ExistsAsync(connection, "pg_roles WHERE rolname", name, stop)) await MakeAsync(name, id);
            await ExecuteAsync(connection, $"GRANT {owner} TO {Quoted(name)}", stop);
        }

        async Task MakeAsync(string name, Guid id)
        {
            await using var command = new NpgsqlCommand(
                "SELECT pgaadauth_create_principal_with_oid($1, $2, 'service', false, false)", connection)
            {
                Parameters = { new() { Value = name }, new() { Value = id.ToString() } },
            };
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    private static NpgsqlConnectionStringBuilder Server()
    {
        var server = new NpgsqlConnectionStringBuilder(JournalCommands.Configuration()["Database:Postgres"]);
        return server is { Host: not null, Database: not null, Username: not null }
            ? server
            : throw new StartRefusedException(
                "Set Database:Postgres to a connection string such as Host=…;Database=…;Username=….");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlConnection connection, string what, string name, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {what} = $1)", connection)
        {
            Parameters = { new() { Value = name } },
        };
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    private static (string Name, Guid Id) Read(string login) =>
        login.Split('=') is [{ Length: > 0 } name, var id] && Guid.TryParse(id, out var objectId)
            ? (name, objectId)
            : throw new StartRefusedException(
                $"{login} is no login. Write NAME=ID, the name and the object id of an identity.");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
