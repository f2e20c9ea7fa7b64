using DreamPlatform.Web.Tests.Operating;
using Npgsql;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>
/// Who is admitted to a database on Azure may use all of it, and nobody else may. Azure's own function, which makes a
/// login for an identity, has a stand-in here that makes one with a password.
/// </summary>
public sealed class AdmitTests : IAsyncLifetime
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("DREAMPLATFORM_TEST_POSTGRES");

    private readonly string name = $"admit{Guid.CreateVersion7():N}";

    private string Silo => $"{name}-silo";

    private string Web => $"{name}-web";

    public async ValueTask InitializeAsync()
    {
        if (Postgres is null) return;
        await ExecuteAsync(As("postgres", null, null), $"""
            CREATE ROLE "{name}-admin" LOGIN PASSWORD 'secret' CREATEROLE CREATEDB;
            CREATE SCHEMA "{name}-azure";
            CREATE FUNCTION "{name}-azure".pgaadauth_create_principal_with_oid(text, text, text, boolean, boolean)
            RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', $1, 'secret'); RETURN $2; END $$;
            GRANT USAGE ON SCHEMA "{name}-azure" TO "{name}-admin";
            ALTER ROLE "{name}-admin" SET search_path TO public, "{name}-azure";
            """);
    }

    public async ValueTask DisposeAsync()
    {
        if (Postgres is null) return;
        await ExecuteAsync(As("postgres", null, null), $"""DROP DATABASE IF EXISTS "{name}" WITH (FORCE)""");
        await ExecuteAsync(As("postgres", null, null), $"""
            DROP SCHEMA "{name}-azure" CASCADE;
            DROP ROLE IF EXISTS "{Silo}", "{Web}", "{name}-admin", "{name}";
            """);
    }

    [Fact]
    public async Task Who_is_admitted_makes_tables_that_the_others_can_change_and_nobody_else_gets_in()
    {
        Assert.SkipUnless(
            Postgres is not null, "Needs PostgreSQL: set DREAMPLATFORM_TEST_POSTGRES, as tests/run.sh does.");

        // Given two silos that begin at once, and one that begins later
        var admitted = await Task.WhenAll(AdmitAsync(), AdmitAsync());
        Assert.Equal([(0, ""), (0, "")], admitted);
        Assert.Equal((0, ""), await AdmitAsync());

        // When one makes a table
        await ExecuteAsync(As(name, Silo, $"-c role={name}"), "CREATE TABLE wishes (id int)");

        // Then another can change it and write to it, as itself; who was not admitted does not even get in
        await ExecuteAsync(
            As(name, Web, $"-c role={name}"),
            "ALTER TABLE wishes ADD title text; INSERT INTO wishes VALUES (1, 'a blanket')");
        await ExecuteAsync(
            As("postgres", null, null), $"""CREATE ROLE "{name}-other" LOGIN PASSWORD 'secret'""");
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => ExecuteAsync(As(name, $"{name}-other", null), "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await ExecuteAsync(As("postgres", null, null), $"""DROP ROLE "{name}-other" """);
    }

    [Theory]
    [InlineData("silo", "silo is no login.")]
    [InlineData("silo=7", "silo=7 is no login.")]
    public async Task A_login_without_an_object_id_is_refused(string login, string message)
    {
        var (code, _, error) = await ServerProcess.RunAsync(["admit", login]);

        Assert.Equal(1, code);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> AdmitAsync()
    {
        var (code, _, error) = await ServerProcess.RunAsync(
            ["admit", $"{Silo}={Guid.NewGuid()}", $"{Web}={Guid.NewGuid()}"],
            ("Database:Postgres", As(name, $"{name}-admin", null)));
        return (code, error);
    }

    private static string As(string database, string? user, string? options)
    {
        var server = new NpgsqlConnectionStringBuilder(Postgres) { Database = database, Pooling = false };
        if (user is not null) (server.Username, server.Password) = (user, "secret");
        if (options is not null) server.Options = options;
        return server.ToString();
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
