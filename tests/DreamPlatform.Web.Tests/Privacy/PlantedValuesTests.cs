using System.Net;
using System.Text;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Web.Tests.Privacy;

public sealed class PlantedValuesTests
{
    private static readonly string[] Planted =
    [
        "PLANTED-name", "PLANTED-phone", "PLANTED-idnumber", "PLANTED-address", "PLANTED-story", "PLANTED-findings",
        "PLANTED-claim", "PLANTED-evidence", "PLANTED-payee", "PLANTED-delivery", "PLANTED-reference", "PLANTED-explanation",
    ];

    [Fact]
    public async Task Private_values_of_a_whole_journey_are_in_the_vault_and_nowhere_else()
    {
        using var folder = new TemporaryFolder();
        var logs = new StringBuilder();
        var options = Platform.Options(folder.Path) with
        {
            Adjust = builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(logs)),
        };
        var publicAnswers = new StringBuilder();
        await using (var platform = await Platform.Start(options))
        {
            await Journey(platform, publicAnswers);
            await Rejected(platform);
        }

        var journal = Read(folder.Path, "journal.db");
        var accounts = Read(folder.Path, "accounts.db");
        var vault = Read(folder.Path, "vault.db");
        Assert.All(Planted, value =>
        {
            Assert.DoesNotContain(value, journal, StringComparison.Ordinal);
            Assert.DoesNotContain(value, accounts, StringComparison.Ordinal);
            Assert.DoesNotContain(value, logs.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(value, publicAnswers.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(value, vault, StringComparison.Ordinal);
        });
        Assert.Contains("Shown to all", journal, StringComparison.Ordinal);
    }

    private static async Task Journey(Platform platform, StringBuilder answers)
    {
        await platform.Finance.Post(
            $"/api/projects/{platform.Project}/deposits", new { amountMinor = 100, reference = "PLANTED-reference" },
            HttpStatusCode.Created);
        var wish = (await platform.Draft(Application(platform))).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        await platform.Reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings = "PLANTED-findings",
            checks = new object[]
            {
                new { claim = "PLANTED-claim", result = "confirmed", evidence = "PLANTED-evidence", kind = "address", method = "call" },
                new { claim = "PLANTED-claim", result = "PLANTED-findings", evidence = "PLANTED-evidence", kind = "need" },
            },
            publicText = new { title = "Shown to all", story = "Shown to all, too." },
        });
        await platform.Approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
        await platform.Applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        await Platform.Give(platform.Donor, wish, 20_000);
        var item = (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Items()[0].Id();
        await platform.Finance.Post($"/api/wishes/{wish}/items/{item}/order", new { payee = "PLANTED-payee", amountMinor = 20_000 });
        await platform.Finance.Post(
            $"/api/wishes/{wish}/items/{item}/deliver", new { actualAmountMinor = 20_000, evidence = "PLANTED-delivery" });
        foreach (var path in (string[])[
            "/api/wishes", $"/api/wishes/{wish}", $"/api/wishes/{wish}/timeline", $"/api/wishes/{wish}/money", "/api/projects",
            $"/api/projects/{platform.Project}/money", "/api/ledger/trial-balance?limit=100"])
            answers.Append(await platform.App.Anonymous.Get(path));
        var own = await platform.Applicant.Get($"/api/me/wishes/{wish}");
        Assert.Contains("PLANTED-phone", own.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED-findings", own.ToString(), StringComparison.Ordinal);
    }

    private static async Task Rejected(Platform platform)
    {
        var wish = (await platform.Draft(Application(platform))).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        await platform.Reviewer.Post(
            $"/api/wishes/{wish}/reject", new { reasonCode = "outside-programme", explanation = "PLANTED-explanation" });
    }

    private static object Application(Platform platform) => new
    {
        projectId = platform.Project,
        title = "A blanket",
        story = "PLANTED-story",
        category = "housing",
        region = "sichuan",
        items = new[] { new { name = "Blanket", quantity = 1, amountMinor = 20_000 } },
        applicant = new
        {
            name = "PLANTED-name",
            phone = "PLANTED-phone",
            idNumber = "PLANTED-idnumber",
            address = "PLANTED-address",
        },
    };

    private static string Read(string folder, string name) => string.Concat(
        Directory.GetFiles(folder, name + "*").Select(path => Encoding.UTF8.GetString(File.ReadAllBytes(path))));

    private sealed class Recorder(StringBuilder log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log) log.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
        }
    }
}
