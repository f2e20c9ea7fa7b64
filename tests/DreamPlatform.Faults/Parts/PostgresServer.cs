using System.Globalization;
using Npgsql;

namespace DreamPlatform.Faults.Parts;

/// <summary>Where a database is, as a connection string without more.</summary>
internal sealed record DatabasePlace(int Port)
{
    public override string ToString() => $"Host=127.0.0.1;Port={Port};Username=dream;Database=postgres";
}

/// <summary>A PostgreSQL server of a fault's own, which can be killed and started again.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string[] AsPostgres =
        Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];

    private readonly string folder, bin;
    private readonly bool isMounted;

    private PostgresServer(string folder, string bin, bool isMounted)
    {
        (this.folder, this.bin, this.isMounted) = (folder, bin, isMounted);
        Place = new DatabasePlace(Ports.Next());
    }

    public DatabasePlace Place { get; }

    /// <summary>What it wrote about itself.</summary>
    public string Log => folder + ".log";

    /// <summary>The file system that its data is on.</summary>
    public string Disk => folder;

    /// <summary>Whether its first process runs.</summary>
    public bool IsRunning => Postmaster is { } id && Directory.Exists($"/proc/{id}");

    private string Data => Path.Combine(folder, "data");

    private int? Postmaster
    {
        get
        {
            try
            {
                return int.Parse(
                    File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException or FormatException)
            {
                return null;
            }
        }
    }

    /// <param name="diskMegabytes">The size of a disk of its own, in memory.</param>
    public static async Task<PostgresServer> StartAsync(
        string folder, string bin, int? diskMegabytes, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        if (diskMegabytes is { } size) await MountAsync(folder, size);
        var server = new PostgresServer(folder, bin, diskMegabytes is not null);
        try
        {
            if (Environment.IsPrivilegedProcess) await Commands.MustAsync("chown", "postgres", folder);
            await File.WriteAllTextAsync(server.Log, "", stop);
            File.SetUnixFileMode(server.Log, (UnixFileMode)0b110_110_110);
            await Commands.MustAsync([
                .. AsPostgres, Path.Combine(bin, "initdb"), "-D", server.Data, "-U", "dream", "--auth=trust",
                "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=4",
            ]);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, after it was killed too.</summary>
    public Task StartAsync() => Commands.MustAsync([
        .. AsPostgres, Path.Combine(bin, "pg_ctl"), "-D", Data, "-w", "-t", "60", "-l", Log, "-o",
        $"-p {Place.Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=300 "
        + "-c shared_buffers=64MB -c min_wal_size=32MB -c max_wal_size=64MB -c log_lock_waits=on",
        "start",
    ]);

    /// <summary>Ends all of its processes as kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (Postmaster is not { } first) return;
        var all = (int[])[first, .. ChildrenOf(first)];
        await Commands.SignalAsync("KILL", all);
        // A server that starts refuses while one of the old processes has the memory they share.
        await Until.IsAsync(
            () => Task.FromResult(!all.Any(id => Directory.Exists($"/proc/{id}"))), TimeSpan.FromSeconds(10),
            "PostgreSQL is gone", CancellationToken.None);
    }

    /// <summary>Rows of a query, each as its columns.</summary>
    public async Task<IReadOnlyList<object[]>> QueryAsync(string sql, params object[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Changes rows behind everybody's back.</summary>
    public async Task ChangeAsync(string sql, params object[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, parameters);
        var rows = await command.ExecuteNonQueryAsync();
        if (rows != 1) throw new InvalidOperationException($"{rows} rows were changed by: {sql}");
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection($"{Place};Pooling=false;Command Timeout=120");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (isMounted) await Commands.MustAsync([.. Sudo, "umount", folder]);
    }

    private static string[] Sudo => Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"];

    private static async Task MountAsync(string folder, int megabytes)
    {
        var (code, output) = await Commands.RunAsync(
            [.. Sudo, "mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=1777", "tmpfs", folder]);
        BrokenException.Unless(
            code == 0, $"A small disk could not be mounted, which takes root or sudo: {output.Trim()}");
    }

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(folder);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ParentOf(folder) == parent) yield return id;
        }
    }

    /// <summary>The fourth field, after a name in brackets that may hold anything.</summary>
    private static int? ParentOf(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // It has ended meanwhile.
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
