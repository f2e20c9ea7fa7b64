using System.Net;
using System.Text.Json;
using DreamPlatform.Domain.People;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Messages.Sending;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>What a demo shows instead of sending it.</summary>
public sealed class OutboxTests
{
    [Fact]
    public async Task A_whole_journey_in_a_demo_shows_its_messages_to_everybody()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server, isDemo: true);
        await app.DeliverAsync();
        var (applicant, donor) = (await app.PersonAsync("wang@people.example"), await app.PersonAsync("mei@people.example"));
        await app.Profile(donor).Describe(null, null, Language.English);
        var story = new Happenings(app, applicant, donor);
        await story.FulfilAsync();

        await app.DeliverAsync();

        var toApplicant = await app.App.Anonymous.Get("/api/demo/outbox?to=WANG@people.example");
        Assert.Equal(
            ["wish-fulfilled", "item-delivered", "wish-funded", "wish-published", "wish-approved", "wish-submitted"],
            toApplicant.Items().Select(message => message.Text("topic")));
        var toDonor = Assert.Single((await app.App.Anonymous.Get("/api/demo/outbox?to=mei@people.example")).Items());
        Assert.Equal(("email", "pledge-paid"), (toDonor.Text("channel"), toDonor.Text("topic")));
        Assert.Equal("Thank you: ¥1,133.50 has arrived", toDonor.Text("subject"));
        Assert.Contains(story.Wish.ToString(), toDonor.Text("link"), StringComparison.Ordinal);
        Assert.Contains(toDonor.Text("link"), toDonor.Text("text"), StringComparison.Ordinal);
        Assert.Contains("<p>", toDonor.Text("html"), StringComparison.Ordinal);
        Assert.Equal(app.Time.GetUtcNow(), toDonor.GetProperty("sentAt").GetDateTimeOffset());
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task The_demo_data_come_with_their_messages_and_pages_follow_each_other()
    {
        await using var app = await TestApp.StartDemoAsync(sendsMail: true);
        var reader = app.Services.GetRequiredService<JournalReader>();
        await Eventually.Is(async () =>
            (await reader.Query("SELECT 1 FROM due WHERE kind = 2 LIMIT 1", _ => true)).Count == 0);

        var all = await All(app);

        Assert.Contains(all, message => message.Text("to") == "donor@demo.example" && message.Text("topic") == "pledge-paid");
        Assert.Contains(all, message => message.Text("to") == "applicant@demo.example" && message.Text("topic") == "wish-rejected");
        Assert.Distinct(all.Select(message => message.Id()));
        Assert.Equal(all.OrderByDescending(SentAt).Select(SentAt), all.Select(SentAt));
    }

    [Fact]
    public async Task Whoever_waits_for_an_answer_by_phone_gets_it_there_too()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server, isDemo: true);
        var (applicant, silent) = (await app.PersonAsync("wang@people.example"), await app.PersonAsync("li@people.example"));
        await app.Profile(applicant).Describe(null, "+86 130 0000 0000", null);
        await app.Profile(applicant).Choose(Language.English, byMail: false, bySms: true, []);
        await app.Profile(silent).Choose(Language.English, byMail: false, bySms: true, []);
        foreach (var person in new[] { applicant, silent })
        {
            var story = new Happenings(app, person, person);
            await story.SubmitAsync();
            await story.ApproveAsync();
        }

        await app.DeliverAsync();

        var sms = Assert.Single((await app.App.Anonymous.Get("/api/demo/outbox?to=%2B86 130 0000 0000")).Items());
        Assert.Equal(("sms", "wish-approved"), (sms.Text("channel"), sms.Text("topic")));
        Assert.Contains("is approved with ¥1,133.50", sms.Text("text"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, sms.GetProperty("html").ValueKind);
        Assert.Empty((await app.App.Anonymous.Get("/api/demo/outbox?to=wang@people.example")).Items());
        Assert.Empty((await app.App.Anonymous.Get("/api/demo/outbox?to=li@people.example")).Items());
    }

    [Fact]
    public async Task Outside_a_demo_there_is_no_outbox()
    {
        await using var app = await TestApp.StartAsync();

        var problem = await app.Anonymous.GetAsync("/api/demo/outbox").ProblemAsync();

        Assert.Equal((404, "not-found"), (problem.Status, problem.Code));
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?after=nonsense")]
    [InlineData("?after=HwAAAAAAAAAkAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_page_that_is_none_is_refused(string query)
    {
        await using var app = await TestApp.StartDemoAsync(sendsMail: true);

        Assert.Equal(400, (await app.Anonymous.GetAsync($"/api/demo/outbox{query}").ProblemAsync()).Status);
    }

    [Fact]
    public async Task Only_the_newest_are_kept()
    {
        var outbox = new DemoOutbox(TimeProvider.System);
        for (var i = 0; i < DemoOutbox.MaxKept + 10; i++)
            await outbox.SendAsync(new Sms(Guid.CreateVersion7(), Guid.Empty, "t", $"{i}", "x", null), CancellationToken.None);

        var kept = outbox.List(null, null, int.MaxValue);

        Assert.Equal((DemoOutbox.MaxKept, $"{DemoOutbox.MaxKept + 9}", "10"), (kept.Count, kept[0].Message.To, kept[^1].Message.To));
    }

    [Fact]
    public async Task Whoever_is_forgotten_is_told_nothing_more_and_nothing_shows_what_they_were_told()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server, isDemo: true);
        var (gone, stays) = (await app.PersonAsync("wang@people.example"), await app.PersonAsync("li@people.example"));
        await new Happenings(app, gone, stays).SubmitAsync();
        await app.DeliverAsync();
        await new Happenings(app, gone, stays).SubmitAsync();
        await new Happenings(app, stays, gone).SubmitAsync();
        await app.LetterAsync(gone.Value, "wang@people.example", Topics.EmailChanged);
        await app.LetterAsync(null, "Wang@People.example", Topics.StaffInvitation);
        await app.LetterAsync(null, "someone@people.example", Topics.StaffInvitation);
        Assert.Equal(5, (await app.OwedAsync()).Count);

        await using (var scope = app.App.Services.CreateAsyncScope())
        {
            var desk = scope.ServiceProvider.GetRequiredService<MessageDesk>();
            await desk.ForgetAsync(gone);
            await desk.ForgetAsync(gone);
        }

        Assert.Equal(["staff-invitation", "wish-submitted"], (await app.OwedAsync()).Select(owed => owed.Topic).Order());
        Assert.Empty((await app.App.Anonymous.Get("/api/demo/outbox?to=wang@people.example")).Items());
    }

    private static async Task<List<JsonElement>> All(TestApp app)
    {
        var (all, after) = (new List<JsonElement>(), "");
        while (true)
        {
            var page = await app.Anonymous.Get($"/api/demo/outbox?limit=7{after}", HttpStatusCode.OK);
            all.AddRange(page.Items());
            if (page.GetProperty("next").GetString() is not { } next) return all;
            after = $"&after={next}";
        }
    }

    private static DateTimeOffset SentAt(JsonElement message) => message.GetProperty("sentAt").GetDateTimeOffset();
}
