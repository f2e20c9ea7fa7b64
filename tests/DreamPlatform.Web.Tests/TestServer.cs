using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace DreamPlatform.Web.Tests;

/// <summary>
/// Has every app of this process keep its data on a PostgreSQL server, when DREAMPLATFORM_TEST_HOME is "postgres": so
/// that the same tests show the same of both homes.
/// </summary>
public static class TestServer
{
    public static bool IsUsed { get; } = Environment.GetEnvironmentVariable("DREAMPLATFORM_TEST_HOME") == "postgres";

    /// <summary>A database of its own for each data folder, made when it is not there.</summary>
    public static Dictionary<string, string?> SettingsFor(string data)
    {
        if (!IsUsed) return [];
        var server = Environment.GetEnvironmentVariable("DREAMPLATFORM_TEST_POSTGRES")!;
        var name = $"app_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..24]}";
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var command = new NpgsqlCommand($"SELECT 1 FROM pg_database WHERE datname = '{name}'", connection);
        if (command.ExecuteScalar() is null)
        {
            command.CommandText = $"CREATE DATABASE {name}";
            command.ExecuteNonQuery();
        }

        var builder = new NpgsqlConnectionStringBuilder(server) { Database = name };
        return new() { ["Database:Postgres"] = builder.ToString() };
    }
}
