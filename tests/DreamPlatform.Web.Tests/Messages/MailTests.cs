using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DreamPlatform.Domain.People;
using DreamPlatform.Storage.Tests;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Messages.Texts;
using MimeKit;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>What arrives at a real mail server.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task Mail_arrives_as_plain_text_and_as_HTML_that_says_the_same()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(null, "wang@people.example", Topics.ConfirmEmail, ("link", "https://wishes.example.org/confirm?code=a%26b"));

        await app.DeliverAsync();

        var mail = Assert.Single(server.Received);
        Assert.Equal("wang@people.example", Assert.Single(mail.To.Mailboxes).Address);
        var from = Assert.Single(mail.From.Mailboxes);
        Assert.Equal(("圆梦", "hello@wishes.example"), (from.Name, from.Address));
        Assert.Equal("请确认你的邮箱", mail.Subject);
        Assert.Equal(app.Time.GetUtcNow(), mail.Date);
        Assert.Equal(("auto-generated", "zh-CN"), (mail.Headers["Auto-Submitted"], mail.Body!.Headers["Content-Language"]));
        var parts = Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal(["text/plain", "text/html"], parts.Select(part => part.ContentType.MimeType));
        Assert.Contains("\nhttps://wishes.example.org/confirm?code=a%26b\n", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://wishes.example.org/confirm?code=a%26b\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<p>你好：</p>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Empty(await app.OwedAsync());
    }

    [Fact]
    public async Task A_whole_journey_tells_applicant_and_donor_in_their_own_languages()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        var (applicant, donor) = (await app.PersonAsync("wang@people.example"), await app.PersonAsync("mei@people.example"));
        await app.Profile(donor).Describe(null, null, Language.English);
        var story = new Happenings(app, applicant, donor);
        await story.FulfilAsync();

        await app.DeliverAsync();

        var number = SpokenNumber.Of(story.Wish.Value);
        Assert.Equal(
            [
                $"你的愿望 {number} 已收到", $"你的愿望 {number} 已通过：¥1,133.50", $"你的愿望 {number} 开始筹款了",
                $"你的愿望 {number} 筹齐了：¥1,133.50", $"东西收到了吗？请确认：愿望 {number}", $"你的愿望 {number} 实现了",
            ],
            To(server, "wang@people.example").Select(mail => mail.Subject));
        var thanks = Assert.Single(To(server, "mei@people.example"));
        Assert.Equal("Thank you: ¥1,133.50 has arrived", thanks.Subject);
        Assert.Contains($"https://wishes.example.org/wishes/{story.Wish}", thanks.TextBody, StringComparison.Ordinal);
        Assert.Equal("en", thanks.Body!.Headers["Content-Language"]);
        Assert.Contains("2026年3月9日", To(server, "wang@people.example")[0].TextBody, StringComparison.Ordinal);
        Assert.Contains("2026年12月31日", To(server, "wang@people.example")[2].TextBody, StringComparison.Ordinal);
        Assert.Contains("¥1,133.00", To(server, "wang@people.example")[4].TextBody, StringComparison.Ordinal);
        // Where there is something to do, and nothing public yet, the link leads to their own page.
        Assert.Equal([true, true, false, false, true, false], To(server, "wang@people.example").Select(mail =>
            mail.TextBody!.Contains($"https://wishes.example.org/me/wishes/{story.Wish}", StringComparison.Ordinal)));
        Assert.Empty(await app.OwedAsync());
    }

    [Fact]
    public async Task Bad_news_is_told_too()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        var (applicant, donor) = (await app.PersonAsync("wang@people.example"), await app.PersonAsync("mei@people.example"));
        await app.Profile(donor).Describe(null, null, Language.English);
        await app.Profile(applicant).Describe(null, null, Language.English);
        var (rejected, cancelled) = (new Happenings(app, applicant, donor), new Happenings(app, applicant, donor));
        await rejected.SubmitAsync();
        await rejected.RejectAsync();
        await cancelled.SubmitAsync();
        await cancelled.ApproveAsync();
        await cancelled.PublishAsync();
        await cancelled.PromiseAsync(100);
        app.Time.Advance(TimeSpan.FromMinutes(31));
        await Eventually.Is(async () => (await app.OwedAsync()).Any(owed => owed.Topic == "pledge-lapsed"));
        await cancelled.PromiseAsync();
        await cancelled.PayAsync();
        await cancelled.CancelAsync();

        await app.DeliverAsync();

        var subjects = server.Received.Select(mail => mail.Subject).ToList();
        Assert.Contains($"Your wish {SpokenNumber.Of(rejected.Wish.Value)} is decided", subjects);
        Assert.Contains($"Your wish {SpokenNumber.Of(cancelled.Wish.Value)} has ended", subjects);
        var lapsed = Assert.Single(To(server, "mei@people.example"), mail => mail.Subject!.EndsWith("has ended unpaid", StringComparison.Ordinal));
        Assert.Contains("¥1.00 was not paid in time", lapsed.TextBody, StringComparison.Ordinal);
        var rejection = server.Received.Single(mail => mail.Subject!.EndsWith("is decided", StringComparison.Ordinal));
        Assert.DoesNotContain("outside-programme", rejection.TextBody, StringComparison.Ordinal);
        Assert.Contains($"\nhttps://wishes.example.org/me/wishes/{rejected.Wish}\n", rejection.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://wishes.example.org", "wishes.example.org")]
    [InlineData(null, "wishes.example")]
    public async Task The_message_id_is_the_messages_own_at_our_domain(string? site, string domain)
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server, settings: ("Site:Url", site));
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);
        var owed = Assert.Single(await app.OwedAsync());

        await app.DeliverAsync();

        Assert.Equal($"{owed.Id}@{domain}", Assert.Single(server.Received).MessageId);
    }

    [Theory]
    [InlineData("Evil\r\nBcc: everybody@people.example\r\n\r\n<script>alert(1)</script>")]
    [InlineData("{code} {link} {0} %s <img src=x onerror=alert(1)> \"quoted\" & '\u202e\u2028\u0000")]
    public async Task Hostile_values_stay_text_on_their_line(string foundation)
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(
            null, "wang@people.example", Topics.StaffInvitation, ("foundation", foundation), ("role", "reviewer"),
            ("link", "https://wishes.example.org/x"), ("token", "TOKEN"), ("expiresAt", "2026-03-09T10:00:00Z"));

        await app.DeliverAsync();

        var mail = Assert.Single(server.Received);
        Assert.Equal(["wang@people.example"], mail.To.Mailboxes.Select(to => to.Address));
        Assert.Empty(mail.Bcc);
        Assert.Empty(mail.Cc);
        Assert.EndsWith("邀请你加入", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.Single(mail.TextBody!.ReplaceLineEndings("\n").Split('\n'), line => line == "TOKEN");
        Assert.Contains("2026年3月9日 18:00", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("审核人", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_is_in_the_language_its_reader_chose_or_else_in_that_of_the_request_that_caused_it()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        var wang = await app.PersonAsync("wang@people.example");

        Assert.Equal(Language.English, Asked("en-GB,en;q=0.8,zh;q=0.5"));
        Assert.Equal(Language.Chinese, Asked("fr, zh-CN;q=0.9, en;q=0.1"));
        Assert.Null(Asked("fr"));
        Assert.Null(Asked("\u0001;;q=zzz"));
        await app.Profile(wang).Choose(Language.English, true, false, []);
        await app.LetterAsync(wang.Value, "wang@people.example", Topics.PasswordChanged, ("at", "2026-03-09T10:00:00Z"), ("language", "zh-CN"));
        await app.LetterAsync(null, "li@people.example", Topics.EmailChanged, ("language", "en"));
        await app.LetterAsync(null, "liu@people.example", Topics.EmailChanged);
        await app.DeliverAsync();

        Assert.Equal("Your password was changed", Assert.Single(To(server, "wang@people.example")).Subject);
        Assert.Equal("Your account has another address now", Assert.Single(To(server, "li@people.example")).Subject);
        Assert.Equal("你的账户换了邮箱", Assert.Single(To(server, "liu@people.example")).Subject);
    }

    [Fact]
    public async Task The_server_is_told_user_and_password_where_they_are_set()
    {
        await using var server = new MailServer { Account = ("courier", "s3cret") };
        server.Start();
        await using var app = await MailApp.StartAsync(server);
        await using var wrong = await MailApp.StartAsync(server, settings: ("Mail:Password", "wrong"));
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);
        await wrong.LetterAsync(null, "li@people.example", Topics.EmailChanged);

        await app.DeliverAsync();
        await wrong.DeliverAsync();

        Assert.Equal("wang@people.example", Assert.Single(server.Received).To.Mailboxes.Single().Address);
        Assert.Equal("authentication", Assert.Single(await wrong.OwedAsync()).LastError);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var server = new MailServer
        {
            Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null),
        };
        server.Start();
        await using var app = await MailApp.StartAsync(server);
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Empty(server.Received);
        Assert.Equal(0, server.Attempts);
        Assert.Equal("tls", Assert.Single(await app.OwedAsync()).LastError);
    }

    [Fact]
    public async Task A_server_that_offers_no_encryption_gets_nothing_when_encryption_is_asked_for()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server, settings: ("Mail:Security", "starttls"));
        await app.LetterAsync(null, "wang@people.example", Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Equal((0, "not-supported"), (server.Attempts, Assert.Single(await app.OwedAsync()).LastError));
    }

    [Fact]
    public async Task Several_messages_share_a_connection()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        for (var i = 0; i < 40; i++) await app.LetterAsync(null, $"p{i}@people.example", Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Equal(40, server.Received.Select(mail => mail.To.ToString()).Distinct().Count());
        Assert.InRange(server.Sessions, 1, 20);
    }

    private static Language? Asked(string header) => Web.Messages.Texts.Languages.AskedFor(
        new Microsoft.AspNetCore.Http.DefaultHttpContext { Request = { Headers = { AcceptLanguage = header } } });

    private static List<MimeMessage> To(MailServer server, string address) =>
        [.. server.Received.Where(mail => mail.To.Mailboxes.Any(to => to.Address == address))];
}
