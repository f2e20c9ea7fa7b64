using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using DreamPlatform.Web.Tests.Journey;
using DreamPlatform.Web.Wishes.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DreamPlatform.Web.Tests.Wishes;

/// <summary>The progress of a wish as it happens, over real HTTP.</summary>
public sealed class LiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_listener_hears_how_far_a_wish_is_and_whatever_changes()
    {
        await using var platform = await Platform.Start(Quick());
        var wish = await platform.FundingWish();
        await using var listener = await Listener.Open(platform.App.Anonymous, wish);
        Assert.Equal("text/event-stream", listener.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("progress", 0L, 0L, 20_000L, "Funding"), await listener.Next());

        var pledge = (await platform.Donor.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 5_000 }, System.Net.HttpStatusCode.Created)).Id();
        Assert.Equal(("progress", 5_000L, 0L, 20_000L, "Funding"), await listener.Next());
        await platform.Donor.Post($"/api/payments/sandbox/{pledge}", new { result = "paid" });
        Assert.Equal(("progress", 5_000L, 5_000L, 20_000L, "Funding"), await listener.Next());
        await Platform.Give(platform.Donor2, wish, 15_000);
        while (await listener.Next() is var (_, pledged, paid, _, status) && status != "Funded")
            Assert.True(pledged >= paid && paid <= 20_000);
    }

    [Fact]
    public async Task A_line_on_which_nothing_happens_has_a_heartbeat()
    {
        await using var platform = await Platform.Start(Quick(("Live:HeartbeatEvery", "00:00:00.200")));
        await using var listener = await Listener.Open(platform.App.Anonymous, await platform.FundingWish());

        Assert.Equal("progress", (await listener.Next()).What);
        Assert.Equal(("heartbeat", 0L, 0L, 20_000L, "Funding"), await listener.Next());
        Assert.Equal("heartbeat", (await listener.Next()).What);
    }

    [Fact]
    public async Task It_ends_when_the_wish_is_fulfilled_and_who_comes_back_is_told_to_stay_away()
    {
        await using var platform = await Platform.Start(Quick());
        var wish = await platform.FundingWish();
        await Platform.Give(platform.Donor, wish, 20_000);
        await using var listener = await Listener.Open(platform.App.Anonymous, wish);
        var item = (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Items()[0].Id();
        await platform.Finance.Post($"/api/wishes/{wish}/items/{item}/order", new { payee = "Shop", amountMinor = 20_000 });
        await platform.Finance.Post(
            $"/api/wishes/{wish}/items/{item}/deliver", new { actualAmountMinor = 20_000, evidence = "Signed" });
        await platform.Applicant.Post($"/api/wishes/{wish}/confirm-receipt", new { itemId = item });

        var heard = await listener.UntilItEnds();

        Assert.Equal("Fulfilled", heard[^1].Status);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/wishes/{wish}/live");
        again.Headers.Add("Last-Event-ID", listener.LastId);
        Assert.Equal(204, (int)(await platform.App.Anonymous.SendAsync(again, TestContext.Current.CancellationToken)).StatusCode);
        await using var newcomer = await Listener.Open(platform.App.Anonymous, wish);
        Assert.Equal("Fulfilled", Assert.Single(await newcomer.UntilItEnds()).Status);
        await Nobody(platform.App);
    }

    [Fact]
    public async Task A_wish_that_is_not_published_cannot_be_listened_to()
    {
        await using var platform = await Platform.Start(Quick());
        var draft = (await platform.Draft()).Id();

        foreach (var id in (Guid[])[draft, Guid.CreateVersion7()])
            foreach (var client in (HttpClient[])[platform.App.Anonymous, platform.Applicant, platform.Reviewer])
                Assert.Equal("not-found", await client.GetAsync($"/api/wishes/{id}/live").CodeAsync());
        await Nobody(platform.App);
    }

    [Fact]
    public async Task More_listeners_than_fit_are_told_when_to_come_back_and_those_who_leave_make_room()
    {
        await using var platform = await Platform.Start(
            Quick(("Live:MaxListeners", "3"), ("Live:MaxListenersPerClient", "2")));
        var wish = await platform.FundingWish();
        var elsewhere = platform.App.Client(null, "127.0.0.2");
        var first = await Listener.Open(platform.App.Anonymous, wish);
        await using var second = await Listener.Open(platform.App.Anonymous, wish);
        var path = $"/api/wishes/{wish}/live";

        using (var refused = await platform.App.Anonymous.GetAsync(path, TestContext.Current.CancellationToken))
            Assert.Equal((429, 30d), ((int)refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        await using var third = await Listener.Open(elsewhere, wish);
        Assert.Equal("too-many-listeners", await elsewhere.GetAsync(path).CodeAsync());
        Assert.Equal((3, 1), Counts(platform.App));

        await first.DisposeAsync();
        await Until(() => Counts(platform.App) == (2, 1));
        await using var next = await Listener.Open(elsewhere, wish);
        Assert.Equal("progress", (await next.Next()).What);
    }

    [Fact]
    public async Task When_the_server_stops_the_listeners_are_let_go_and_do_not_hold_it_up()
    {
        await using var platform = await Platform.Start(Quick());
        await using var listener = await Listener.Open(platform.App.Anonymous, await platform.FundingWish());
        await listener.Next();

        platform.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await listener.UntilItEnds();
        await Nobody(platform.App);
    }

    [Fact]
    public void A_listener_who_was_slow_finds_only_the_newest()
    {
        Progress Paid(long amountMinor) => new(amountMinor, amountMinor, 100, "Funding", 0);
        var watch = new Watch(Paid(0));
        var heard = watch.Newest;
        Assert.False(watch.Other(heard).IsCompleted);

        for (var i = 1; i <= 50; i++) watch.Tell(Paid(i));

        Assert.True(watch.Other(heard).IsCompleted);
        Assert.Equal(Paid(50), watch.Newest);
        var waiting = watch.Other(watch.Newest);
        watch.Tell(Paid(50));
        Assert.False(waiting.IsCompleted);
        watch.Tell(Paid(51));
        Assert.True(waiting.IsCompleted);
    }

    private static TestAppOptions Quick(params (string, string)[] settings)
    {
        var options = Platform.Options();
        options.Settings["Live:LookEvery"] = "00:00:00.050";
        foreach (var (name, value) in settings) options.Settings[name] = value;
        return options;
    }

    private static (int Listeners, int Watched) Counts(TestApp app)
    {
        var watchers = app.Services.GetRequiredService<Watchers>();
        return (watchers.Listeners, watchers.Watched);
    }

    private static Task Nobody(TestApp app) => Until(() => Counts(app) == (0, 0));

    private static async Task Until(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, late.Token);
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly CancellationTokenSource late = new(Patience, TimeProvider.System);
        private readonly IAsyncEnumerator<SseItem<string>> events;

        private Listener(HttpResponseMessage answer, Stream stream)
        {
            Answer = answer;
            events = SseParser.Create(stream, (_, data) => Encoding.UTF8.GetString(data)).EnumerateAsync(late.Token)
                .GetAsyncEnumerator();
        }

        public HttpResponseMessage Answer { get; }

        public string? LastId { get; private set; }

        public static async Task<Listener> Open(HttpClient client, Guid wish)
        {
            var answer = await client.GetAsync(
                new Uri($"/api/wishes/{wish}/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(200, (int)answer.StatusCode);
            return new Listener(answer, await answer.Content.ReadAsStreamAsync());
        }

        public async Task<(string What, long PledgedMinor, long PaidMinor, long GoalMinor, string Status)> Next()
        {
            Assert.True(await events.MoveNextAsync());
            return Read();
        }

        public async Task<IReadOnlyList<(string What, long PledgedMinor, long PaidMinor, long GoalMinor, string Status)>> UntilItEnds()
        {
            var all = new List<(string, long, long, long, string)>();
            while (await events.MoveNextAsync()) all.Add(Read());
            return all;
        }

        public async ValueTask DisposeAsync()
        {
            Answer.Dispose();
            await events.DisposeAsync();
            late.Dispose();
        }

        private (string, long, long, long, string) Read()
        {
            LastId = events.Current.EventId;
            var data = JsonSerializer.Deserialize<JsonElement>(events.Current.Data);
            return (
                events.Current.EventType, data.Number("pledgedMinor"), data.Number("paidMinor"), data.Number("goalMinor"),
                data.Text("status"));
        }
    }
}
