using System.Net;
using System.Text.Json;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Messages;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>What people choose to be told of, and how.</summary>
public sealed class ChoiceTests(DemoApp demo) : IClassFixture<DemoApp>
{
    private const string Path = "/api/me/messages";

    [Fact]
    public async Task Somebody_who_has_chosen_nothing_is_told_of_everything_by_mail_in_the_language_of_the_money()
    {
        var client = await demo.App.SignInAsync("auditor");

        var choice = await client.GetAsync(Path).JsonAsync();

        Assert.Equal("zh-CN", choice.GetProperty("language").GetString());
        Assert.Equal((true, false), (Channel(choice, "email"), Channel(choice, "sms")));
        Assert.Equal(Enum.GetValues<Topic>().Length, choice.GetProperty("topics").EnumerateObject().Count());
        Assert.All(choice.GetProperty("topics").EnumerateObject(), topic => Assert.True(topic.Value.GetBoolean()));
    }

    [Fact]
    public async Task What_is_chosen_is_kept_and_what_is_left_out_is_as_before_anybody_chose()
    {
        var client = await demo.App.SignInAsync("sponsor");
        var body = new { language = "en", channels = new { email = false, sms = true }, topics = Off("wish-funded") };

        var put = await client.SendAsync(HttpMethod.Put, Path, body).JsonAsync();
        var got = await client.GetAsync(Path).JsonAsync();
        var again = await client.SendAsync(HttpMethod.Put, Path, new { }).JsonAsync();

        Assert.Equal(put.ToString(), got.ToString());
        Assert.Equal("en", got.GetProperty("language").GetString());
        Assert.Equal((false, true), (Channel(got, "email"), Channel(got, "sms")));
        Assert.Equal(
            ["wish-funded"],
            got.GetProperty("topics").EnumerateObject().Where(it => !it.Value.GetBoolean()).Select(it => it.Name));
        Assert.Equal((true, false, "zh-CN"), (Channel(again, "email"), Channel(again, "sms"), again.GetProperty("language").GetString()));
    }

    [Theory]
    [InlineData("""{"language":"fr"}""", "language")]
    [InlineData("""{"language":""}""", "language")]
    [InlineData("""{"channels":{"pigeon":true}}""", "channels")]
    [InlineData("""{"topics":{"reset-password":false}}""", "topics")]
    [InlineData("""{"topics":{"wish-funded":false,"":true}}""", "topics")]
    [InlineData("""{"topics":{"wish-funded":"no"}}""", null)]
    [InlineData("""{"topics":["wish-funded"]}""", null)]
    public async Task What_nobody_can_choose_is_refused(string body, string? field)
    {
        var client = await demo.App.SignInAsync("finance");

        var problem = await client.PutAsync(new Uri(Path, UriKind.Relative), Answers.Raw(body)).ProblemAsync();

        Assert.Equal((400, "malformed"), (problem.Status, problem.Code));
        if (field is not null) Assert.Equal(field, problem.Fields);
    }

    [Theory]
    [InlineData("GET", Path)]
    [InlineData("PUT", Path)]
    [InlineData("GET", "/api/me/profile")]
    [InlineData("PUT", "/api/me/profile")]
    public async Task Only_somebody_signed_in_has_choices_and_a_profile(string method, string path)
    {
        var problem = await demo.App.Anonymous.SendAsync(new HttpMethod(method), path, new { }).ProblemAsync();

        Assert.Equal((401, "not-signed-in"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task A_profile_says_what_was_put_in_it_and_is_its_owners_alone()
    {
        var (client, other) = (await demo.App.SignInAsync("donor2"), await demo.App.SignInAsync("helper"));

        await client.SendAsync(HttpMethod.Put, "/api/me/profile", new { name = "李梅", phone = "+86 130 0000 0001", language = "en" }).JsonAsync();

        var mine = await client.GetAsync("/api/me/profile").JsonAsync();
        Assert.Equal(("李梅", "+86 130 0000 0001", "en"), (
            mine.GetProperty("name").GetString(), mine.GetProperty("phone").GetString(), mine.GetProperty("language").GetString()));
        var theirs = await other.GetAsync("/api/me/profile").JsonAsync();
        Assert.Equal(JsonValueKind.Null, theirs.GetProperty("name").ValueKind);
        var problem = await client.SendAsync(HttpMethod.Put, "/api/me/profile", new { name = new string('x', 101), phone = " " }).ProblemAsync();
        Assert.Equal("name,phone", problem.Fields);
    }

    [Fact]
    public async Task Nobody_is_told_of_what_they_do_not_want_but_mail_about_their_account_comes()
    {
        await using var server = MailServer.Started();
        await using var app = await MailApp.StartAsync(server);
        var (applicant, donor) = (await app.PersonAsync("wang@people.example"), await app.PersonAsync("mei@people.example"));
        await app.Profile(applicant).Choose(
            Language.English, byMail: true, bySms: false, [.. Enum.GetValues<Topic>().Except([Topic.WishFunded])]);
        await app.Profile(donor).Choose(Language.English, byMail: false, bySms: true, []);
        await new Happenings(app, applicant, donor).FulfilAsync();
        await app.LetterAsync(applicant.Value, "wang@people.example", Topics.EmailChanged);
        await app.LetterAsync(donor.Value, "mei@people.example", Topics.EmailChanged);

        await app.DeliverAsync();

        Assert.Equal(
            ["mei@people.example Your account has another address now", "wang@people.example All of ¥1,133.50 is there for your wish", "wang@people.example Your account has another address now"],
            server.Received.Select(mail => $"{mail.To} {mail.Subject}").Select(line => line.StartsWith("wang@people.example All", StringComparison.Ordinal) ? line[..^"FB62-0000-0000 ".Length] : line)
                .Order(StringComparer.Ordinal));
        Assert.Empty(await app.OwedAsync());
    }

    [Fact]
    public async Task Where_nobody_sends_short_messages_they_are_not_offered()
    {
        await using var platform = await Journey.Platform.Start();

        var choice = await platform.Donor.GetAsync(Path).JsonAsync();
        var problem = await platform.Donor.SendAsync(HttpMethod.Put, Path, new { channels = new { sms = true } }).ProblemAsync();
        using var without = await platform.Donor.SendAsync(HttpMethod.Put, Path, new { channels = new { sms = false } });

        Assert.False(choice.GetProperty("channels").TryGetProperty("sms", out _));
        Assert.Equal((400, "channels"), (problem.Status, problem.Fields));
        Assert.Equal(HttpStatusCode.OK, without.StatusCode);
    }

    private static Dictionary<string, bool> Off(string topic) => new() { [topic] = false };

    private static bool Channel(JsonElement choice, string name) =>
        choice.GetProperty("channels").GetProperty(name).GetBoolean();
}
