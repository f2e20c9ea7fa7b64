using System.Globalization;
using System.Security.Cryptography;

namespace DreamPlatform.Faults.Parts;

/// <summary>What stands between the parts of a cluster, if anything: each is asked for a port to go by.</summary>
/// <param name="ToDatabase">Given the port of the database, where silos go instead.</param>
/// <param name="ToGateway">Given the port where a silo's gateway listens, what it tells webs.</param>
internal sealed record ClusterPorts(Func<int, int>? ToDatabase = null, Func<int, int>? ToGateway = null);

/// <summary>Processes of the published server that share a database.</summary>
internal sealed class Cluster(string folder, string release, DatabasePlace database, ClusterPorts ports)
    : IAsyncDisposable
{
    private readonly string secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Those that have grains.</summary>
    public IReadOnlyList<ServerProcess> Silos { get; private set; } = [];

    /// <summary>Those that people talk to; the same where one process is both.</summary>
    public IReadOnlyList<ServerProcess> Webs { get; private set; } = [];

    public IReadOnlyList<Uri> Addresses => [.. Webs.Select(web => web.Address)];

    private IEnumerable<ServerProcess> All => Silos.Union(Webs);

    public async Task StartAsync(int silos, int webs, CancellationToken stop)
    {
        if (silos == 0)
        {
            Silos = Webs = [Process("all", ["--demo"], ports.ToDatabase?.Invoke(database.Port) ?? database.Port)];
            await Silos[0].StartAsync(stop);
            return;
        }

        Silos = [.. Enumerable.Range(1, silos).Select(i => Silo($"silo{i}"))];
        Webs = [.. Enumerable.Range(1, webs).Select(i => Process($"web{i}", ["--role", "web", "--demo"], database.Port))];
        // The first web fills the empty database, while the others would wait for it.
        await Task.WhenAll(Silos.Append(Webs[0]).Select(process => process.StartAsync(stop)));
        await Task.WhenAll(Webs.Skip(1).Select(process => process.StartAsync(stop)));
    }

    /// <summary>Has the published server check the database.</summary>
    public async Task<(int Code, string Output)> VerifyAsync() => await Commands.RunAsync(
        [
            "dotnet", Path.Combine(release, "DreamPlatform.Web.dll"), "verify",
            "--data", Path.Combine(folder, Silos[0].Name),
        ],
        Settings("verify", database.Port));

    /// <summary>Has it check the database, which must be sound.</summary>
    public async Task MustVerifyAsync()
    {
        var (code, output) = await VerifyAsync();
        BrokenException.Unless(code == 0, $"verify does not pass: {output}");
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(All.Select(process => process.DisposeAsync().AsTask()));

    private ServerProcess Silo(string name)
    {
        var silo = Process(name, ["--role", "silo"], ports.ToDatabase?.Invoke(database.Port) ?? database.Port);
        if (ports.ToGateway is not { } between) return silo;
        var gateway = Ports.Next();
        silo.Environment["Cluster__GatewayListenPort"] = gateway.ToString(CultureInfo.InvariantCulture);
        silo.Environment["Cluster__GatewayPort"] = between(gateway).ToString(CultureInfo.InvariantCulture);
        return silo;
    }

    private ServerProcess Process(string name, string[] arguments, int databasePort)
    {
        var process = new ServerProcess(name, release, folder, arguments);
        foreach (var (variable, value) in Settings(name, databasePort)) process.Environment[variable] = value;
        return process;
    }

    /// <param name="name">What the database knows the process by.</param>
    private Dictionary<string, string> Settings(string name, int databasePort) => new()
    {
        ["Database__Postgres"] = $"{new DatabasePlace(databasePort)};Application Name={name}",
        ["Keys__Secret"] = secret,
        ["Files__Folder"] = Path.Combine(folder, "files"),
        ["Cluster__AdvertisedAddress"] = "127.0.0.1",
        ["Payments__PayWithin"] = "7.00:00:00",
        ["Payments__Sandbox__Enabled"] = "true",
        ["Payments__Sandbox__Secret"] = "the secret of a test",
        ["RateLimits__AccountBurst"] = "10000000",
        ["RateLimits__AccountPerMinute"] = "10000000",
        ["RateLimits__AnonymousPerMinute"] = "10000000",
        ["RateLimits__CredentialsPerMinute"] = "100000",
    };
}
