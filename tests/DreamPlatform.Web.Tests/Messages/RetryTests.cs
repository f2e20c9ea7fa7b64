using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Tests;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Messages.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmtpServer.Protocol;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>What happens to messages that are not taken at once.</summary>
public sealed class RetryTests
{
    private static readonly SmtpResponse
        Greylisted = new((SmtpReplyCode)450, "come back later, wang@people.example"),
        NoSuchBox = new((SmtpReplyCode)550, "no such box wang@people.example"),
        Spam = new((SmtpReplyCode)554, "looks like spam"), Full = new((SmtpReplyCode)452, "full");

    [Fact]
    public async Task A_server_that_is_down_gets_the_message_when_it_is_up_again()
    {
        await using var server = new MailServer();
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);

        await app.DeliverAsync();
        var owed = Assert.Single(await app.OwedAsync());
        server.Start();
        await app.DeliverAsync();
        Assert.Empty(server.Received);
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await app.DeliverAsync();

        Assert.Equal((1, "unreachable"), (owed.Attempts, owed.LastError));
        Assert.Equal($"{owed.Id}@wishes.example.org", Assert.Single(server.Received).MessageId);
        Assert.Empty(await app.OwedAsync());
    }

    [Fact]
    public async Task The_courier_goes_by_itself_and_again_after_the_server_was_away()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server, goesByItself: true);
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);
        await Moving(app, () => server.Received.Count == 1);
        await server.StopAsync();
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);
        await Moving(app, () => app.OwedAsync().Result is [{ Attempts: > 0 }]);
        server.Start();

        await Moving(app, () => server.Received.Count == 2);
    }

    [Fact]
    public async Task The_delay_doubles_up_to_six_hours_and_after_twenty_attempts_the_message_is_stuck()
    {
        await using var server = MailServer.Started();
        server.AtRecipient = _ => Greylisted;
        await using var app = await MailApp.StartAsync(server);
        var wang = await app.PersonAsync("wang@people.example");
        await new Happenings(app, wang, wang).SubmitAsync();

        var delays = new List<TimeSpan>();
        while (await app.OwedAsync() is [_, ..])
        {
            await app.DeliverAsync();
            if (await app.OwedAsync() is not [var owed]) break;
            Assert.Equal("smtp-450", owed.LastError);
            delays.Add(owed.NextAt - app.Time.GetUtcNow());
            app.Time.Advance(delays[^1] - TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, await app.Courier.DeliverAsync());
            app.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(
            [30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360, .. Enumerable.Repeat(21_600, 9)],
            delays.Select(delay => (int)delay.TotalSeconds));
        var stuck = Assert.Single(await app.OwedAsync(isStuck: true));
        Assert.Equal((Courier.MaxAttempts, "smtp-450", "wish-submitted"), (stuck.Attempts, stuck.LastError, stuck.Topic));
        Assert.Equal(Courier.MaxAttempts, server.Attempts);
        app.Time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(0, await app.Courier.DeliverAsync());
    }

    [Theory]
    [InlineData(550, true, "smtp-550")]
    [InlineData(553, true, "smtp-553")]
    [InlineData(450, false, "smtp-450")]
    public async Task A_recipient_who_is_refused_for_good_is_stuck_at_once(int code, bool isStuck, string error)
    {
        await using var server = MailServer.Started();
        server.AtRecipient = to => to == "wang@people.example" ? new SmtpResponse((SmtpReplyCode)code, $"{to}") : null;
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);
        await app.LetterAsync(null, "li@people.example", Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Equal((1, error), Assert.Single((await app.OwedAsync(isStuck)).Select(owed => (owed.Attempts, owed.LastError))));
        Assert.Empty(await app.OwedAsync(!isStuck));
        Assert.Equal("li@people.example", Assert.Single(server.Received).To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_message_that_is_refused_for_good_is_stuck_and_one_for_which_there_is_no_room_is_not()
    {
        await using var server = MailServer.Started();
        server.AtMessage = mail => mail.To.Mailboxes.Single().Address == "wang@people.example" ? Spam : Full;
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);
        await app.LetterAsync(null, "li@people.example", Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Equal("smtp-554", Assert.Single(await app.OwedAsync(isStuck: true)).LastError);
        Assert.Equal("smtp-452", Assert.Single(await app.OwedAsync()).LastError);
    }

    [Theory]
    [InlineData("no address at all")]
    [InlineData("Wang <wang@people.example>")]
    [InlineData("wang@people.example, li@people.example")]
    [InlineData("wang@people.example\r\nBcc: li@people.example")]
    public async Task What_is_no_address_is_stuck_and_nothing_is_sent(string address)
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(null, address, Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Equal((0, "address-malformed"), (server.Attempts, Assert.Single(await app.OwedAsync(isStuck: true)).LastError));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_sent_just_before_a_crash_is_sent_again_under_the_same_id(bool isLetter)
    {
        using var data = new TemporaryFolder();
        await using var server = MailServer.Started();
        var hung = new TaskCompletionSource();
        await using (var app = await MailApp.StartAsync(server, data.Path, adjust: builder => builder.Services.Replace(
            ServiceDescriptor.Singleton<IMailSender>(services => new Hanging(
                ActivatorUtilities.CreateInstance<SmtpSender>(services), hung)))))
        {
            var wang = await app.PersonAsync("wang@people.example");
            if (isLetter) await app.LetterAsync(wang.Value, "wang@people.example", Topics.EmailChanged);
            else await new Happenings(app, wang, wang).SubmitAsync();
            using var crash = new CancellationTokenSource();
            var delivering = app.Courier.DeliverAsync(crash.Token);
            await hung.Task;
            await crash.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);
        }

        await using var later = await MailApp.StartAsync(server, data.Path);
        await later.DeliverAsync();
        Assert.Single(server.Received);
        later.Time.Advance(TimeSpan.FromMinutes(5));
        await later.DeliverAsync();

        Assert.Equal(2, server.Received.Count);
        Assert.Single(server.Received.Select(mail => mail.MessageId).Distinct());
        Assert.Single(server.Received.Select(mail => mail.TextBody).Distinct());
        Assert.Empty(await later.OwedAsync());
    }

    [Fact]
    public async Task A_message_to_somebody_who_is_gone_is_dropped()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        var wang = new AccountId(Guid.CreateVersion7());
        await new Happenings(app, wang, wang).SubmitAsync();
        Assert.Single(await app.OwedAsync());

        await app.DeliverAsync();

        Assert.Empty(server.Received);
        Assert.Empty(await app.OwedAsync());
        Assert.Empty(await app.OwedAsync(isStuck: true));
    }

    [Fact]
    public async Task A_message_that_cannot_be_written_holds_no_other_up()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(null, "wang@people.example", Topics.ConfirmEmail);
        await app.LetterAsync(null, "li@people.example", "of-a-newer-release");
        await app.LetterAsync(null, "liu@people.example", Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Equal("liu@people.example", Assert.Single(server.Received).To.Mailboxes.Single().Address);
        Assert.Equal(["internal", "internal"], (await app.OwedAsync()).Select(owed => owed.LastError));
    }

    [Fact]
    public async Task Without_a_mail_server_messages_wait_and_are_sent_once_there_is_one()
    {
        using var data = new TemporaryFolder();
        await using var server = MailServer.Started();
        (string, string?)[] none =
        [
            ("Mail:Host", null), ("Mail:From", null), ("Mail:User", null), ("Mail:Password", null),
        ];
        await using (var app = await MailApp.StartAsync(server, data.Path, settings: none))
        {
            var wang = await app.PersonAsync("wang@people.example");
            await new Happenings(app, wang, wang).SubmitAsync();
            await app.LetterAsync(wang.Value, "wang@people.example", Topics.EmailChanged);
            Assert.Equal(0, await app.Courier.DeliverAsync());
            Assert.Equal([0, 0], (await app.OwedAsync()).Select(owed => owed.Attempts));
        }

        await using var later = await MailApp.StartAsync(server, data.Path);
        await later.DeliverAsync();

        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task Two_couriers_at_once_send_each_message_once()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        var wang = await app.PersonAsync("wang@people.example");
        await new Happenings(app, wang, wang).FulfilAsync();
        for (var i = 0; i < 20; i++) await app.LetterAsync(null, $"p{i}@people.example", Topics.EmailChanged);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(app.DeliverAsync)));

        Assert.Equal(27, server.Received.Count);
        Assert.Distinct(server.Received.Select(mail => mail.MessageId));
    }

    private static Task Moving(MailApp app, Func<bool> condition) => Eventually.Is(() =>
    {
        app.Time.Advance(TimeSpan.FromSeconds(10));
        return condition();
    });

    /// <summary>Sends, and then never says so.</summary>
    private sealed class Hanging(IMailSender sender, TaskCompletionSource hung) : IMailSender
    {
        public bool IsReady => true;

        public IMailLine Open() => new HangingLine(sender.Open(), hung);
    }

    private sealed class HangingLine(IMailLine line, TaskCompletionSource hung) : IMailLine
    {
        public async Task SendAsync(Mail mail, CancellationToken stop)
        {
            await line.SendAsync(mail, stop);
            hung.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }

        public ValueTask DisposeAsync() => line.DisposeAsync();
    }
}
