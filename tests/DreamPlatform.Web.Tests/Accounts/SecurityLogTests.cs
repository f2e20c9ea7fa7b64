using System.Collections.Concurrent;
using System.Net.Http.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Web.Tests.Accounts;

/// <summary>What can be found out after a break-in, and what cannot be found there.</summary>
public sealed class SecurityLogTests
{
    [Fact]
    public async Task Signing_in_refusals_and_roles_are_logged_with_ids_and_without_addresses()
    {
        var lines = new Lines();
        await using var platform = await Platform.Start(Platform.Options() with
        {
            Adjust = builder => builder.Logging.AddProvider(lines),
        });
        var wang = await platform.Person("wang");
        var (id, boss) = (await Id(wang), await Id(platform.Operator));

        await wang.Get("/dashboard/", System.Net.HttpStatusCode.Forbidden);
        Assert.Equal("invalid-credentials", await platform.App.Anonymous.Login("wang@people.example", "wrong").CodeAsync());
        await platform.Operator.Post(
            "/api/accounts/wang@people.example/roles", new { role = "auditor", foundationId = platform.Foundation });
        using var ended = await platform.Operator.DeleteAsync("/api/accounts/wang@people.example/sessions");

        Assert.Contains(lines.All, it => it.StartsWith($"signed-in: account {id}", StringComparison.Ordinal));
        Assert.Contains(lines.All, it => it.StartsWith("refused: 403 forbidden at GET /dashboard", StringComparison.Ordinal)
            && it.Contains($"to {id}", StringComparison.Ordinal));
        Assert.Contains(lines.All, it => it.StartsWith($"sign-in-failed: account {id}", StringComparison.Ordinal));
        Assert.Contains(lines.All, it => it.StartsWith(
            $"role-given: account {id}, by {boss}", StringComparison.Ordinal)
            && it.EndsWith($"auditor {platform.Foundation}", StringComparison.Ordinal));
        Assert.Contains(lines.All, it => it.StartsWith($"sessions-ended: account {id}, by {boss}", StringComparison.Ordinal));
        Assert.All(lines.All, it => Assert.False(
            it.Contains('@', StringComparison.Ordinal) || it.Contains("127.0.0.1", StringComparison.Ordinal), it));
    }

    private static async Task<Guid> Id(HttpClient client) =>
        (await client.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/me")).Id();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> All => lines;

        public ILogger CreateLogger(string categoryName) =>
            categoryName == SecurityLog.Category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception).TrimEnd());

        public void Dispose()
        {
        }
    }
}
