using DreamPlatform.Benchmarks.Contenders;
using Npgsql;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>
/// Seeded data, made once and copied for every measurement, so that each starts from the same.
/// </summary>
internal sealed class Templates(string? postgres) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("dreamplatform-bench-").FullName;
    private readonly HashSet<string> made = [];
    private readonly HashSet<string> databases = [];

    /// <summary>Fresh data for a contender.</summary>
    public async Task<ServeOptions> FreshAsync(Contender contender)
    {
        var data = Path.Combine(root, "run");
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        if (contender.Template is not { } template)
        {
            Directory.CreateDirectory(data);
            return new ServeOptions(contender.Name, data, null, IsSeeding: false);
        }

        if (made.Add(template)) await MakeAsync(contender with { Name = template });
        Copy(Path.Combine(root, template), data);
        if (!contender.IsOnPostgres) return new ServeOptions(contender.Name, data, null, IsSeeding: false);
        return new ServeOptions(contender.Name, data, Create("run", Database(template)), IsSeeding: false);
    }

    public void Dispose()
    {
        foreach (var database in databases) Execute($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        Directory.Delete(root, recursive: true);
    }

    private async Task MakeAsync(Contender contender)
    {
        var data = Directory.CreateDirectory(Path.Combine(root, contender.Name)).FullName;
        var server = contender.IsOnPostgres ? Create(contender.Name, "template1") : null;
        using var process = await ServerProcess.StartAsync(new ServeOptions(contender.Name, data, server, IsSeeding: true), isCompiledEarly: true);
        await process.StopAsync();
        if (server is null) return;
        // What the seeding left to be written and cleaned up would otherwise be paid for while somebody is measured.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("VACUUM ANALYZE", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes a database anew and tells how to reach it.</summary>
    private string Create(string name, string template)
    {
        var database = Database(name);
        databases.Add(database);
        Execute($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        Execute($"CREATE DATABASE {database} TEMPLATE {template}");
        Execute("CHECKPOINT");
        return new NpgsqlConnectionStringBuilder(postgres!) { Database = database }.ToString();
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres!) { Pooling = false }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        command.ExecuteNonQuery();
    }

    private static string Database(string name) =>
        $"dreamplatform_bench_{name.Replace('-', '_').ToLowerInvariant()}_{Environment.ProcessId}";

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
