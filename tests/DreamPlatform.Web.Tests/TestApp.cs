using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages.Sending;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace DreamPlatform.Web.Tests;

/// <summary>How a test wants its app.</summary>
public sealed record TestAppOptions
{
    public bool Demo { get; init; }

    /// <summary>Whether letters leave by themselves; otherwise they stay where tests can read them.</summary>
    public bool SendsMail { get; init; }

    /// <summary>Whether passwords are hashed as slowly as in production.</summary>
    public bool HashesSlowly { get; init; }

    /// <summary>The data folder; a new one that is deleted afterwards when null.</summary>
    public string? Data { get; init; }

    public TimeProvider? Time { get; init; }

    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Changes services before the app is built.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }

    /// <summary>Maps routes of the test's own.</summary>
    public Action<WebApplication>? Map { get; init; }
}

/// <summary>The real app, in this process, on a port of its own.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<HttpClient> clients = [];
    private readonly TemporaryFolder? ownData;

    private TestApp(WebApplication app, TemporaryFolder? ownData)
    {
        (this.app, this.ownData) = (app, ownData);
        Anonymous = Client(null);
    }

    /// <summary>A client that is not signed in.</summary>
    public HttpClient Anonymous { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    public static Task<TestApp> StartDemoAsync(TimeProvider? time = null, bool sendsMail = false) =>
        StartAsync(new() { Demo = true, Time = time, SendsMail = sendsMail });

    public static async Task<TestApp> StartAsync(TestAppOptions? options = null)
    {
        options ??= new();
        var ownData = options.Data is null ? new TemporaryFolder() : null;
        var arguments = new ServeArguments(options.Demo, options.Data ?? ownData!.Path, "http://127.0.0.1:0");
        var settings = TestServer.SettingsFor(arguments.Data).Concat(options.Settings);
        var app = await Program.BuildAsync(arguments, settings, builder =>
        {
            builder.Logging.ClearProviders();
            if (options.Time is { } time) builder.Services.AddSingleton(time);
            // Silos wait for each other in real time, or for ever.
            builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            if (!options.SendsMail)
                builder.Services.Remove(builder.Services.Single(it => it.ImplementationType == typeof(CourierRounds)));
            if (!options.HashesSlowly)
                builder.Services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000);
            options.Adjust?.Invoke(builder);
        });
        options.Map?.Invoke(app);
        await app.StartAsync();
        return new TestApp(app, ownData);
    }

    /// <summary>Makes an account whose address is confirmed, as if its owner had followed the link.</summary>
    public async Task RegisterAsync(string email, string password = DemoAccounts.Password)
    {
        await using var scope = Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true };
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        var result = await accounts.CreateAsync(account);
        Assert.True(result.Succeeded, result.ToString());
    }

    /// <summary>A client signed in as a demo account, such as "donor", or as any address.</summary>
    public async Task<HttpClient> SignInAsync(string name, string password = DemoAccounts.Password)
    {
        var email = name.Contains('@', StringComparison.Ordinal) ? name : $"{name}@demo.example";
        using var answer = await Anonymous.PostAsJsonAsync("/api/account/login", new { email, password });
        answer.EnsureSuccessStatusCode();
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return Client(tokens.GetProperty("accessToken").GetString());
    }

    /// <summary>A client that sends a token, or none.</summary>
    /// <param name="from">The address that it connects from, such as 127.0.0.2.</param>
    public HttpClient Client(string? token, string from = "127.0.0.1")
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (from != "127.0.0.1")
        {
            handler.ConnectCallback = async (connection, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(connection.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        var client = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.First()) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        await app.DisposeAsync();
        ownData?.Dispose();
    }
}
