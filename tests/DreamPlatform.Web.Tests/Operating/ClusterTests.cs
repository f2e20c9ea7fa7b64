using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using DreamPlatform.Web.Tests.Journey;
using Npgsql;

namespace DreamPlatform.Web.Tests.Operating;

/// <summary>Several processes that are one platform: silos and web processes over one database server.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task Processes_that_start_at_once_on_an_empty_database_become_one_platform()
    {
        await using var cluster = Cluster.OrSkip();

        var processes = await Task.WhenAll(
            cluster.StartAsync("silo"), cluster.StartAsync("web"), cluster.StartAsync("silo"), cluster.StartAsync("web"));

        var (one, other) = (Client(processes[1]), Client(processes[3]));
        foreach (var process in processes) await Client(process).GetAsync("/health/ready").JsonAsync();
        var projects = (await one.Get("/api/projects?limit=100")).Items();
        Assert.Equal(3, projects.Count);
        await one.SignInAsync("donor");
        var wish = (await one.Get("/api/wishes?status=Funding&limit=1")).Items()[0].Id();
        var key = Guid.CreateVersion7();
        var placed = await PledgeAsync(one, wish, key);
        // What one signed in with holds at the other, where the same key finds the same pledge.
        other.DefaultRequestHeaders.Authorization = one.DefaultRequestHeaders.Authorization;
        Assert.Equal(placed, await PledgeAsync(other, wish, key));
        Assert.Contains(placed, await other.GetStringAsync("/api/me/pledges"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_silo_owned_when_it_was_killed_is_answered_by_another()
    {
        await using var cluster = Cluster.OrSkip();
        var silos = new[] { await cluster.StartAsync("silo"), await cluster.StartAsync("silo") };
        var web = Client(await cluster.StartAsync("web"));
        await web.SignInAsync("donor");
        var wishes = (await web.Get("/api/wishes?status=Funding&limit=10")).Items().Select(it => it.Id()).ToArray();
        foreach (var wish in wishes) await PledgeAsync(web, wish, Guid.CreateVersion7());

        await silos[0].KillAsync();

        foreach (var wish in wishes) await PledgeAsync(web, wish, Guid.CreateVersion7());
    }

    [Theory, InlineData("silo"), InlineData("all")]
    public async Task A_process_that_was_killed_takes_its_own_place_again(string role)
    {
        await using var cluster = Cluster.OrSkip();
        var process = await cluster.StartAsync(role);
        var (before, _) = Assert.Single(await cluster.SilosAsync());
        await process.KillAsync();

        await cluster.StartAgainAsync(role);

        Assert.Equal([(before, SiloStatus.Dead), (before, SiloStatus.Active)], await cluster.SilosAsync());
    }

    [Fact]
    public async Task A_web_process_waits_for_the_first_silo()
    {
        await using var cluster = Cluster.OrSkip();
        var web = cluster.StartAsync("web");
        Assert.NotSame(web, await Task.WhenAny(web, Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System)));

        await cluster.StartAsync("silo");

        await Client(await web).GetAsync("/health/ready").JsonAsync();
    }

    [Fact]
    public async Task A_silo_answers_nobody_but_who_asks_for_its_health()
    {
        await using var cluster = Cluster.OrSkip();
        var silo = Client(await cluster.StartAsync("silo"));

        await silo.GetAsync("/health/live").JsonAsync();
        foreach (var path in (string[])["/", "/api/wishes", "/dashboard", "/docs"])
            Assert.Equal(HttpStatusCode.NotFound, (await silo.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("silo", "Set Database:Postgres:")]
    [InlineData("web", "Set Keys:Secret, the same for all")]
    [InlineData("web", "Set Files:AzureBlobs or Files:Folder, the same for all")]
    [InlineData("both", "Cannot parse argument 'both' for option '--role'")]
    public async Task A_process_of_many_is_told_what_it_must_share_with_the_others(string role, string message)
    {
        using var data = new TemporaryFolder();

        var (code, _, error) = await ServerProcess.RunAsync(["--role", role, "--data", data.Path]);

        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cluster:AdvertisedAddress", "here", "Set Cluster:AdvertisedAddress to an IP address")]
    [InlineData("Cluster:SiloPort", "0", "Set Cluster:SiloPort, Cluster:GatewayPort and")]
    [InlineData("Cluster:GatewayPort", "70000", "Set Cluster:SiloPort, Cluster:GatewayPort and")]
    [InlineData("Cluster:Id", "", "Set Cluster:Id to a text of")]
    public async Task A_wrong_place_in_the_cluster_is_refused(string name, string value, string message)
    {
        using var data = new TemporaryFolder();

        var (code, _, error) = await ServerProcess.RunAsync(["--data", data.Path], (name, value));

        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static HttpClient Client(ServerProcess process) => new() { BaseAddress = process.Address };

    /// <summary>Pledges, and tells the pledge's id.</summary>
    private static async Task<string> PledgeAsync(HttpClient client, Guid wish, Guid key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/wishes/{wish}/pledges")
        {
            Content = JsonContent.Create(new { amountMinor = 100, anonymous = false }),
        };
        request.Headers.Add("Idempotency-Key", $"{key}");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Processes over a database of a test's own, ended with it.</summary>
    private sealed class Cluster : IAsyncDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly VaultPlace place;
        private readonly List<ServerProcess> processes = [];
        private readonly (string, string)[] settings;
        private int count;

        private Cluster()
        {
            place = new VaultPlace("postgres", folder.Path);
            settings =
            [
                .. place.Settings, ("Files:Folder", Path.Combine(folder.Path, "files")),
                ("Keys:Secret", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
                ("Cluster:AdvertisedAddress", "127.0.0.1"),
            ];
        }

        public static Cluster OrSkip()
        {
            Assert.SkipUnless(VaultPlace.HasServer, "DREAMPLATFORM_TEST_POSTGRES names no server; tests/run.sh starts one.");
            return new Cluster();
        }

        public Task<ServerProcess> StartAsync(string role) => StartAsync(role, Interlocked.Increment(ref count));

        /// <summary>Starts one on the data folder of the last.</summary>
        public Task<ServerProcess> StartAgainAsync(string role) => StartAsync(role, count);

        /// <summary>Where each silo that ever was is or was, and what the others think of it; the oldest first.</summary>
        public async Task<IReadOnlyList<(string Address, SiloStatus Status)>> SilosAsync()
        {
            var silos = new List<(string, SiloStatus)>();
            await using var server = NpgsqlDataSource.Create(place.Settings[0].Value);
            await using var command = server.CreateCommand(
                "SELECT address || ':' || port, status FROM silos ORDER BY generation");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) silos.Add((reader.GetString(0), (SiloStatus)reader.GetInt32(1)));
            return silos;
        }

        private async Task<ServerProcess> StartAsync(string role, int number)
        {
            var data = Path.Combine(folder.Path, $"{number}");
            var process = await ServerProcess.ServeAsync(["--role", role, "--demo", "--data", data], settings);
            lock (processes) processes.Add(process);
            return process;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in processes) await process.DisposeAsync();
            place.Dispose();
            folder.Dispose();
        }
    }
}
