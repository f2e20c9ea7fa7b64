using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Demo;
using DreamPlatform.Web.Tests.Operating;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(DreamPlatform.Web.Tests.Site.ReleaseServer))]

namespace DreamPlatform.Web.Tests.Site;

/// <summary>
/// What people really run, the published Release output, in a process of its own over ten thousand wishes. The
/// environment names the folder it was published to; without one the tests of it are skipped.
/// </summary>
public sealed class ReleaseServer : IAsyncLifetime
{
    public const string Variable = "DREAMPLATFORM_RELEASE";

    private readonly TemporaryFolder data = new();
    private ServerProcess? server;

    private static string? Output => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Skips a test where there is no Release output.</summary>
    public static void Require() =>
        Assert.SkipUnless(Output is { Length: > 0 }, $"Needs the Release output: set {Variable}, as tests/run.sh does.");

    public Uri Address => server!.Address;

    public TimeSpan ProcessorTime => server!.ProcessorTime;

    /// <summary>Every kind of page, with its address in this database.</summary>
    internal IReadOnlyList<(SitePageCase Page, string Address)> Pages { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (Output is not { Length: > 0 } output) return;
        await FillAsync();
        server = await ServerProcess.ServeAsync(
            ["--demo", "--data", data.Path],
            [("RateLimits:AnonymousPerMinute", "1000000"), ("RateLimits:AccountPerMinute", "1000000"),
                ("RateLimits:AccountBurst", "1000000"), ("RateLimits:CredentialsPerMinute", "1000000")], output);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        data.Dispose();
    }

    private async Task FillAsync()
    {
        DemoCast cast;
        ProjectId project;
        await using (var app = await TestApp.StartAsync(new() { Demo = true, Data = data.Path }))
        {
            var pages = new List<(SitePageCase, string)>();
            foreach (var page in SitePages.All) pages.Add((page, await page.AddressAsync(app)));
            Pages = pages;
            await using var scope = app.Services.CreateAsyncScope();
            cast = (await DemoCast.Find(scope.ServiceProvider.GetRequiredService<DemoAccounts>()))!;
            project = new ProjectId(Guid.Parse(pages.First(it => it.Item1.Path == "/projects/{project}").Item2[^36..]));
        }

        using var database = new SqliteDatabase(Path.Combine(data.Path, "journal.db"));
        using var log = new CommitLog(
            database.Connect, new CommitLogOptions(), TimeProvider.System, new Failpoints(), NullLogger<CommitLog>.Instance);
        await new ManyWishes(log, cast, project).MakeAsync();
        // Their people are not real. To look for them, for minutes, would be taken for what pages cost.
        await using var connection = database.OpenToWrite();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM due WHERE recipient_id IS NOT NULL";
        await command.ExecuteNonQueryAsync();
    }
}
