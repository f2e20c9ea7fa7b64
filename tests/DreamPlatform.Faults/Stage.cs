using DreamPlatform.Faults.Parts;

namespace DreamPlatform.Faults;

/// <summary>Where one fault is made: a folder with all that it starts, which is stopped when it is over.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int ShownLogLines = 25;

    private readonly Stack<IAsyncDisposable> started = new();
    private readonly string name;
    private bool isBroken;

    public Stage(string name, FaultOptions options)
    {
        (this.name, Options) = (name, options);
        Folder = Directory.CreateTempSubdirectory($"dreamplatform-fault-{name}.").FullName;
        // PostgreSQL runs as somebody else.
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
    }

    public FaultOptions Options { get; }

    public string Folder { get; }

    /// <summary>The one number or the other.</summary>
    public int Times(int quick, int thorough) => Options.IsLong ? thorough : quick;

    /// <summary>Keeps something that is stopped with the rest.</summary>
    public T Keep<T>(T part) where T : IAsyncDisposable
    {
        started.Push(part);
        return part;
    }

    /// <summary>Progress, in a short line.</summary>
    public void Tell(string line) => Console.WriteLine($"       {name}: {line}");

    public async Task<PostgresServer> StartPostgresAsync(CancellationToken stop, int? diskMegabytes = null) =>
        Keep(await PostgresServer.StartAsync(
            Path.Combine(Folder, "postgres"), Options.PostgresBin, diskMegabytes, stop));

    /// <summary>Starts silos and webs, or with no silo one process that is both.</summary>
    public async Task<Cluster> StartClusterAsync(
        PostgresServer postgres, int silos, int webs, CancellationToken stop, ClusterPorts? ports = null)
    {
        var cluster = Keep(new Cluster(Folder, Options.Release, postgres.Place, ports ?? new ClusterPorts()));
        await cluster.StartAsync(silos, webs, stop);
        return cluster;
    }

    public async Task StopAsync()
    {
        while (started.TryPop(out var part)) await part.DisposeAsync();
    }

    /// <summary>Shows the end of every log, and has them kept.</summary>
    public void ShowLogs()
    {
        isBroken = true;
        var logs = Directory.EnumerateFiles(Folder, "*.log").Order().ToArray();
        foreach (var log in logs)
        {
            Console.WriteLine($"--- {Path.GetFileName(log)}");
            foreach (var line in File.ReadLines(log).TakeLast(ShownLogLines))
                Console.WriteLine(line.Length > 400 ? line[..400] : line);
        }

        if (logs.Length > 0) Console.WriteLine($"--- All of it is in {Folder}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (!isBroken) Directory.Delete(Folder, recursive: true);
    }
}
