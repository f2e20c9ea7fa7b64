using System.Collections.Concurrent;
using Npgsql;

namespace DreamPlatform.Storage.Tests;

/// <summary>
/// Databases on the PostgreSQL server that the environment names. To make and drop one takes a second, so those that
/// were left with nothing but rows are emptied and used again.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Variable = "DREAMPLATFORM_TEST_POSTGRES";

    private static readonly ConcurrentBag<string> Free = [];

    public static bool IsGiven => Environment.GetEnvironmentVariable(Variable) is not null;

    /// <summary>The connection string of an empty database, with its tables or without any.</summary>
    public static string Rent(bool isBlank)
    {
        if (!isBlank && Free.TryTake(out var used)) return For(used);
        var name = $"journal_{Guid.CreateVersion7():N}";
        Execute(For("postgres"), $"CREATE DATABASE {name}");
        return For(name);
    }

    public static void Return(string connectionString, bool isSpoilt, IEnumerable<string> tables)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        if (isSpoilt)
        {
            Drop(name);
            return;
        }

        Execute(connectionString, $"TRUNCATE {string.Join(", ", tables)}");
        Free.Add(name);
    }

    /// <summary>After the last test.</summary>
    public void Dispose()
    {
        while (Free.TryTake(out var name)) Drop(name);
    }

    private static void Drop(string name) => Execute(For("postgres"), $"DROP DATABASE {name} WITH (FORCE)");

    private static string For(string database) =>
        new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)!)
        {
            Database = database,
            Pooling = false,
        }.ToString();

    private static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
