using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class SessionTests
{
    private const string Donor = "donor@demo.example";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task My_sessions_are_listed_and_one_can_be_ended_from_another()
    {
        await using var app = await TestApp.StartDemoAsync();
        var phone = await SignIn(app, "Phone\t1");
        var laptop = await SignIn(app, new string('x', 500));
        var other = await app.SignInAsync("donor2");

        var mine = await Sessions(laptop);
        var ended = mine.Single(it => !it.GetProperty("isCurrent").GetBoolean());
        var id = ended.GetProperty("id").GetGuid();
        Assert.Equal(2, mine.Count);
        Assert.Equal(("Phone 1", 256), (
            ended.GetProperty("userAgent").GetString(), mine[0].GetProperty("userAgent").GetString()!.Length));
        Assert.Equal(404, (await other.DeleteAsync($"/api/account/sessions/{id}").ProblemAsync()).Status);
        await phone.GetAsync("/api/me").JsonAsync();

        Assert.Equal(204, (int)(await laptop.DeleteAsync($"/api/account/sessions/{id}")).StatusCode);

        Assert.Equal("not-signed-in", await phone.GetAsync("/api/me").CodeAsync());
        Assert.Single(await Sessions(laptop));
        await other.GetAsync("/api/me").JsonAsync();
    }

    [Fact]
    public async Task Signing_out_ends_this_session_and_its_refresh_token()
    {
        await using var app = await TestApp.StartDemoAsync();
        var tokens = await Tokens(app);
        var (client, other) = (app.Client(tokens.Access()), await app.SignInAsync("donor"));

        Assert.Equal(204, (int)(await client.PostAsync("/api/account/sign-out", null)).StatusCode);

        Assert.Equal("not-signed-in", await client.GetAsync("/api/me").CodeAsync());
        Assert.Equal("invalid-refresh-token", await Refresh(app, tokens.Refresh()).CodeAsync());
        await other.GetAsync("/api/me").JsonAsync();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_my_sessions_and_I_am_told()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (one, two) = (await Tokens(app), await Tokens(app));
        var (first, second) = (app.Client(one.Access()), app.Client(two.Access()));
        await second.GetAsync("/api/me").JsonAsync();

        Assert.Equal(204, (int)(await first.PostAsync("/api/account/sign-out-everywhere", null)).StatusCode);

        Assert.Equal(401, (await first.GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal(401, (await second.GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal("invalid-refresh-token", await Refresh(app, two.Refresh()).CodeAsync());
        Assert.Equal(Topics.SignedOutEverywhere, await app.TopicsAsync(Donor));
        await app.SignInAsync("donor");
    }

    [Fact]
    public async Task An_operator_ends_all_sessions_of_somebody_who_is_told()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (mine, operators) = (await app.SignInAsync("donor"), await app.SignInAsync("operator"));
        await mine.GetAsync("/api/me").JsonAsync();

        Assert.Equal(403, (await mine.DeleteAsync($"/api/accounts/{Donor}/sessions").ProblemAsync()).Status);
        Assert.Equal(
            "account-unknown", await operators.DeleteAsync("/api/accounts/nobody@example.org/sessions").CodeAsync());
        Assert.Equal(204, (int)(await operators.DeleteAsync($"/api/accounts/{Donor}/sessions")).StatusCode);

        Assert.Equal(401, (await mine.GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal(Topics.SignedOutEverywhere, await app.TopicsAsync(Donor));
    }

    [Fact]
    public async Task A_session_that_ended_while_its_request_came_in_slowly_stays_ended()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (thief, owner) = (await app.SignInAsync("donor"), await app.SignInAsync("donor"));
        using var slow = new SlowBody("{}");
        var pending = thief.PostAsync("/api/account/manage/2fa", slow);
        await slow.Begun;
        Assert.Equal(204, (int)(await owner.PostAsync("/api/account/sign-out-everywhere", null)).StatusCode);

        slow.GoOn();

        Assert.Equal(401, (await pending.ProblemAsync()).Status);
        Assert.Equal(401, (await thief.GetAsync("/api/me").ProblemAsync()).Status);
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (here, there) = (await app.SignInAsync("donor"), await app.SignInAsync("donor"));
        await there.GetAsync("/api/me").JsonAsync();

        await here.PostAsJsonAsync(
            "/api/account/manage/info",
            new { oldPassword = DemoAccounts.Password, newPassword = "Battery-Staple-8" }).JsonAsync();

        await here.GetAsync("/api/me").JsonAsync();
        Assert.Equal(401, (await there.GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal(Topics.PasswordChanged, await app.TopicsAsync(Donor));
        await (await app.SignInAsync("donor", "Battery-Staple-8")).GetAsync("/api/me").JsonAsync();
    }

    [Fact]
    public async Task A_password_is_not_changed_without_the_old_one_or_to_a_bad_one()
    {
        await using var app = await TestApp.StartDemoAsync();
        var donor = await app.SignInAsync("donor");

        async Task<string> Change(object body) =>
            (await donor.PostAsJsonAsync("/api/account/manage/info", body).ProblemAsync()).Fields;

        Assert.Equal("oldPassword", await Change(new { newPassword = "Battery-Staple-8" }));
        Assert.Equal("oldPassword", await Change(new { newPassword = "Battery-Staple-8", oldPassword = "wrong" }));
        Assert.Equal("newPassword", await Change(new { newPassword = "qwertyuiop1", oldPassword = DemoAccounts.Password }));
        await app.SignInAsync("donor");
    }

    [Fact]
    public async Task A_refreshed_session_is_the_same_session()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var tokens = await Tokens(app);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromDays(13));
            tokens = await Refresh(app, tokens.Refresh()).JsonAsync();
        }

        var session = Assert.Single(await Sessions(app.Client(tokens.Access())));

        Assert.Equal(39, Math.Round((time.GetUtcNow() - session.GetProperty("createdAt").GetDateTimeOffset()).TotalDays));
    }

    [Fact]
    public async Task A_session_that_is_not_refreshed_ends_and_so_does_one_that_is_too_old()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var (idle, kept) = (await Tokens(app), await Tokens(app));
        for (var day = 0; day < 87; day += 13)
        {
            time.Advance(TimeSpan.FromDays(12.5));
            kept = await Refresh(app, kept.Refresh()).JsonAsync();
        }

        Assert.Equal("invalid-refresh-token", await Refresh(app, idle.Refresh()).CodeAsync());
        await app.Client(kept.Access()).GetAsync("/api/me").JsonAsync();
        time.Advance(TimeSpan.FromMinutes(50));
        await app.Client(kept.Access()).GetAsync("/api/me").JsonAsync();
        time.Advance(TimeSpan.FromDays(3));
        Assert.Equal("invalid-refresh-token", await Refresh(app, kept.Refresh()).CodeAsync());
    }

    [Fact]
    public async Task A_refresh_token_can_be_repeated_for_a_minute_but_later_it_ends_the_session()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var first = await Tokens(app);
        var lost = await Refresh(app, first.Refresh()).JsonAsync();
        time.Advance(50 * Second);
        var again = await Refresh(app, first.Refresh()).JsonAsync();
        await app.Client(again.Access()).GetAsync("/api/me").JsonAsync();
        var next = await Refresh(app, again.Refresh()).JsonAsync();
        await app.Client(next.Access()).GetAsync("/api/me").JsonAsync();

        time.Advance(61 * Second);

        Assert.Equal("invalid-refresh-token", await Refresh(app, lost.Refresh()).CodeAsync());
        Assert.Equal(401, (await app.Client(next.Access()).GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal("invalid-refresh-token", await Refresh(app, next.Refresh()).CodeAsync());
    }

    [Fact]
    public async Task Of_many_refreshes_at_once_all_get_tokens_of_one_session()
    {
        await using var app = await TestApp.StartDemoAsync();
        var tokens = await Tokens(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Refresh(app, tokens.Refresh()).JsonAsync()));

        foreach (var answer in answers) Assert.Single(await Sessions(app.Client(answer.Access())));
    }

    [Theory, InlineData(""), InlineData("garbage"), InlineData("CfDJ8")]
    public async Task What_is_no_refresh_token_is_refused(string token)
    {
        await using var app = await TestApp.StartDemoAsync();

        Assert.Equal("invalid-refresh-token", await Refresh(app, token).CodeAsync());
    }

    [Fact]
    public async Task An_access_token_is_no_refresh_token_and_the_other_way_round()
    {
        await using var app = await TestApp.StartDemoAsync();
        var tokens = await Tokens(app);

        Assert.Equal("invalid-refresh-token", await Refresh(app, tokens.Access()).CodeAsync());
        Assert.Equal("not-signed-in", await app.Client(tokens.Refresh()).GetAsync("/api/me").CodeAsync());
    }

    [Fact]
    public async Task One_session_too_many_ends_the_oldest()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var clients = new List<HttpClient>();
        for (var i = 0; i <= Web.Accounts.SigningIn.Sessions.MaxPerAccount; i++)
        {
            clients.Add(await app.SignInAsync("donor"));
            time.Advance(Second);
        }

        Assert.Equal(401, (await clients[0].GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal(20, (await Sessions(clients[1])).Count);
    }

    [Fact]
    public async Task A_session_says_to_about_a_minute_when_it_was_last_seen()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var donor = await app.SignInAsync("donor");
        var begun = time.GetUtcNow();

        async Task<double> SecondsSeen() =>
            Math.Round(((await Sessions(donor))[0].GetProperty("lastSeenAt").GetDateTimeOffset() - begun).TotalSeconds);

        time.Advance(50 * Second);
        Assert.Equal(0, await SecondsSeen());
        time.Advance(20 * Second);
        Assert.Equal(70, await SecondsSeen());
    }

    [Fact]
    public async Task What_has_expired_is_swept_and_nothing_else()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        await app.SignInAsync("donor");
        var applicant = await app.SignInAsync("applicant");
        await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        using var registered = await app.Ask("register", new { email = "late@example.org", password = "Correct-Horse-7" });
        time.Advance(TimeSpan.FromDays(8));
        using var newer = await app.Ask("register", new { email = "new@example.org", password = "Correct-Horse-7" });
        await app.SignInAsync("donor2");
        time.Advance(TimeSpan.FromDays(6) + TimeSpan.FromHours(1));
        var sweeper = app.Services.GetRequiredService<AccountSweeper>();

        await sweeper.SweepAsync();

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        Assert.Equal(1, await db.Sessions.CountAsync());
        Assert.Equal(1, await db.Helps.CountAsync());
        Assert.Equal(["new@example.org"], await db.Users.Where(it => !it.EmailConfirmed).Select(it => it.Email).ToListAsync());
        Assert.Equal(15, await db.Users.CountAsync());
        Assert.Equal(3, await db.KnownAddresses.CountAsync());
        time.Advance(TimeSpan.FromDays(200));
        await sweeper.SweepAsync();
        Assert.Equal(0, await db.KnownAddresses.CountAsync());
    }

    private static async Task<HttpClient> SignIn(TestApp app, string userAgent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account/login")
        {
            Content = JsonContent.Create(new { email = Donor, password = DemoAccounts.Password }),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return app.Client((await app.Anonymous.SendAsync(request).JsonAsync()).Access());
    }

    private static Task<JsonElement> Tokens(TestApp app) => app.Anonymous.Login(Donor, DemoAccounts.Password).JsonAsync();

    private static Task<HttpResponseMessage> Refresh(TestApp app, string refreshToken) =>
        app.Ask("refresh", new { refreshToken });

    private static async Task<IReadOnlyList<JsonElement>> Sessions(HttpClient client) =>
        [.. (await client.GetAsync("/api/account/sessions").JsonAsync()).GetProperty("items").EnumerateArray()];
}
