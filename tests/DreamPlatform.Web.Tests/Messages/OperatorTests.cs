using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Messages.Sending;
using DreamPlatform.Web.Tests.Accounts;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmtpServer.Protocol;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>What operators see of messages, and what they can do about them.</summary>
public sealed class OperatorTests
{
    private static readonly SmtpResponse NoSuchBox = new((SmtpReplyCode)550, "no box wang@people.example");

    [Fact]
    public async Task Operators_see_what_is_stuck_and_why_and_have_it_tried_again()
    {
        await using var server = MailServer.Started();
        await using var app = await Start(server);
        var client = await Operator(app);
        server.AtRecipient = _ => NoSuchBox;
        var wang = await app.PersonAsync("wang@people.example");
        await new Happenings(app, wang, wang).SubmitAsync();
        await app.LetterAsync(wang.Value, "wang@people.example", Topics.EmailChanged);
        var since = app.Time.GetUtcNow();
        app.Time.Advance(TimeSpan.FromMinutes(3));
        await app.DeliverAsync();

        var stuck = await client.Get("/api/messages?state=stuck");
        Assert.Equal(["email-changed", "wish-submitted"], stuck.Items().Select(it => it.Text("topic")).Order());
        Assert.All(stuck.Items(), it =>
        {
            Assert.Equal(("stuck", 1L, "smtp-550"), (it.Text("state"), it.Number("attempts"), it.Text("lastError")));
            Assert.Equal(since, it.GetProperty("since").GetDateTimeOffset());
            Assert.Equal(JsonValueKind.Null, it.GetProperty("nextAt").ValueKind);
        });
        Assert.DoesNotContain("wang", stuck.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await client.Get("/api/messages")).Items());

        server.AtRecipient = _ => null;
        foreach (var it in stuck.Items())
            await client.PostAsync(new Uri($"/api/messages/{it.Id()}/retry", UriKind.Relative), null).ContinueWith(
                answer => Assert.Equal(HttpStatusCode.Accepted, answer.Result.StatusCode), TaskScheduler.Default);
        Assert.Equal([0L, 0L], (await client.Get("/api/messages?state=waiting")).Items().Select(it => it.Number("attempts")));
        await app.DeliverAsync();

        Assert.Equal(2, server.Received.Count - 1);
        Assert.Empty((await client.Get("/api/messages?state=stuck")).Items());
    }

    [Fact]
    public async Task A_list_of_both_homes_goes_on_page_after_page()
    {
        await using var server = MailServer.Started();
        await using var app = await Start(server);
        var client = await Operator(app);
        var wang = await app.PersonAsync("wang@people.example");
        for (var i = 0; i < 3; i++)
        {
            await new Happenings(app, wang, wang).SubmitAsync();
            await app.LetterAsync(wang.Value, "wang@people.example", Topics.EmailChanged);
            app.Time.Advance(TimeSpan.FromMilliseconds(i == 0 ? 0 : 5));
        }

        var (all, after) = (new List<JsonElement>(), "");
        do
        {
            var page = await client.Get($"/api/messages?limit=1{after}");
            all.AddRange(page.Items());
            after = $"&after={page.GetProperty("next").GetString()}";
        }
        while (after != "&after=");

        Assert.Equal(6, all.Select(it => it.Id()).Distinct().Count());
        Assert.Equal(6, all.Count);
        Assert.Equal(all.OrderBy(NextAt).Select(NextAt), all.Select(NextAt));
    }

    [Fact]
    public async Task Nobody_else_sees_messages_and_one_that_is_not_there_cannot_be_retried()
    {
        await using var platform = await Platform.Start();

        foreach (var client in (HttpClient[])[platform.Administrator, platform.Applicant, platform.Donor])
        {
            Assert.Equal(403, (await client.GetAsync("/api/messages").ProblemAsync()).Status);
            Assert.Equal(403, (await client.PostAsync($"/api/messages/{Guid.CreateVersion7()}/retry", null).ProblemAsync()).Status);
        }

        Assert.Equal(401, (await platform.App.Anonymous.GetAsync("/api/messages").ProblemAsync()).Status);
        Assert.Equal(404, (await platform.Operator.PostAsync($"/api/messages/{Guid.CreateVersion7()}/retry", null).ProblemAsync()).Status);
        Assert.Equal("state", (await platform.Operator.GetAsync("/api/messages?state=sent").ProblemAsync()).Fields);
        Assert.Equal("cursor-malformed", (await platform.Operator.GetAsync("/api/messages?after=x").ProblemAsync()).Code);
    }

    [Fact]
    public async Task What_is_sent_what_fails_and_what_is_stuck_is_counted_and_nothing_says_to_whom()
    {
        var (measured, logs) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == MessageMetrics.MeterName) listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Add($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        listener.Start();
        await using var server = MailServer.Started();
        server.AtRecipient = to => to == "wang@people.example" ? NoSuchBox : null;
        await using var app = await MailApp.StartAsync(server, adjust: builder =>
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(logs)));
        await app.LetterAsync(null, "wang@people.example", Topics.HelperAccepted, ("helper", "PLANTED-helper"));
        await app.LetterAsync(null, "li@people.example", Topics.HelperAccepted, ("helper", "PLANTED-helper"));
        await app.LetterAsync(null, "PLANTED address", Topics.HelperAccepted);

        await app.DeliverAsync();

        Assert.Contains("dreamplatform.messages.sent 1 channel=email topic=helper-accepted", measured);
        Assert.Contains("dreamplatform.messages.failed 1 topic=helper-accepted code=smtp-550", measured);
        Assert.Contains("dreamplatform.messages.stuck 1 topic=helper-accepted code=smtp-550", measured);
        Assert.Contains(logs, line => line.Contains("is stuck after 1 attempts: smtp-550", StringComparison.Ordinal));
        Assert.All(logs.Concat(measured), line =>
        {
            Assert.DoesNotContain("people.example", line, StringComparison.Ordinal);
            Assert.DoesNotContain("PLANTED", line, StringComparison.Ordinal);
        });
    }

    private static Task<MailApp> Start(MailServer server) => MailApp.StartAsync(
        server, settings: [("FirstOperator:Email", "first@operator.example"), ("FirstOperator:Password", "Correct-Horse-7")]);

    /// <summary>The operator, with the second factor that staff need; the mail about that is sent.</summary>
    private static async Task<HttpClient> Operator(MailApp app)
    {
        var client = await app.App.SignInAsync("first@operator.example", "Correct-Horse-7");
        await SecondFactor.EnableAsync(client);
        await app.DeliverAsync();
        return client;
    }

    private static DateTimeOffset NextAt(JsonElement it) => it.GetProperty("nextAt").GetDateTimeOffset();

    private sealed class Recorder(ConcurrentBag<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
