using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Accounts;

/// <summary>An applicant agrees that somebody helps, who then applies for them, until either ends it.</summary>
public sealed class HelperTests
{
    [Fact]
    public async Task A_helper_applies_for_the_applicant_but_cannot_consent_for_them()
    {
        await using var platform = await Platform.Start();
        var helper = await platform.Person("kind");
        var applicant = await MyId(platform.Applicant);
        await Agree(platform.Applicant, helper);
        Assert.Equal(Topics.HelperAccepted, await platform.App.TopicsAsync("applicant@people.example"));
        using var acting = Acting(platform.App, helper, applicant);

        var wish = (await acting.Post("/api/wishes", Wish(platform), HttpStatusCode.Created)).Id();
        await acting.Put($"/api/wishes/{wish}", Wish(platform));
        Assert.Equal("Li Hua", (await acting.Get($"/api/me/wishes/{wish}")).GetProperty("application").GetProperty("applicant").Text("name"));
        await acting.Post($"/api/wishes/{wish}/submit");
        Assert.NotEqual("Li Hua", (await acting.Get($"/api/me/wishes/{wish}")).GetProperty("application").GetProperty("applicant").Text("name"));
        Assert.Equal(wish, Assert.Single((await acting.Get("/api/me/wishes")).Items()).Id());
        Assert.Equal(wish, Assert.Single((await platform.Applicant.Get("/api/me/wishes")).Items()).Id());
        Assert.Empty((await helper.Get("/api/me/wishes")).Items());
        await helper.Get($"/api/me/wishes/{wish}", HttpStatusCode.NotFound);
        await Approve(platform, wish);

        var refused = await acting.SendPost($"/api/wishes/{wish}/accept", new { publishStory = true });

        Assert.Equal("only-the-applicant-may", (await refused.Expect(HttpStatusCode.Forbidden)).Text("code"));
        Assert.DoesNotContain("accept", Next(await acting.Get($"/api/me/wishes/{wish}")));
        Assert.DoesNotContain("accept", Next((await acting.Get("/api/me/wishes")).Items()[0]));
        Assert.Contains("accept", Next(await platform.Applicant.Get($"/api/me/wishes/{wish}")));
        await platform.Applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Either_side_ends_the_help_at_once(bool byApplicant)
    {
        await using var app = await TestApp.StartDemoAsync();
        var (applicant, helper) = (await app.SignInAsync("applicant2"), await app.SignInAsync("donor"));
        var id = await Agree(applicant, helper);
        using var acting = Acting(app, helper, await MyId(applicant));
        await acting.GetAsync("/api/me/wishes").JsonAsync();

        var stranger = await app.SignInAsync("donor2");
        Assert.Equal(404, (await stranger.DeleteAsync($"/api/me/helpers/{id}").ProblemAsync()).Status);
        var ended = await (byApplicant ? applicant : helper).DeleteAsync($"/api/me/helpers/{id}");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal("not-a-helper", await acting.GetAsync("/api/me/wishes").CodeAsync());
        await helper.GetAsync("/api/me/wishes").JsonAsync();
    }

    [Fact]
    public async Task Both_sides_see_who_helps_whom()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (applicant, helper) = (await app.SignInAsync("applicant2"), await app.SignInAsync("donor"));
        await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        await Agree(applicant, helper);

        var mine = await applicant.GetAsync("/api/me/helpers").JsonAsync();
        var theirs = await helper.GetAsync("/api/me/helpers").JsonAsync();

        Assert.Equal("donor@demo.example", Assert.Single(mine.GetProperty("helpers").EnumerateArray()).Text("email"));
        Assert.Single(mine.GetProperty("offers").EnumerateArray());
        Assert.Empty(mine.GetProperty("applicants").EnumerateArray());
        Assert.Equal(await MyId(applicant), Assert.Single(theirs.GetProperty("applicants").EnumerateArray()).GetProperty("accountId").GetGuid());
        Assert.Empty(theirs.GetProperty("offers").EnumerateArray());
    }

    [Fact]
    public async Task An_offer_is_good_once_for_a_day_and_for_somebody_else()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var applicant = await app.SignInAsync("applicant2");
        var late = await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        time.Advance(TimeSpan.FromHours(24));
        (applicant, var helper) = (await app.SignInAsync("applicant2"), await app.SignInAsync("donor"));
        var offer = await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        var revoked = await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        Assert.Equal(HttpStatusCode.NoContent, (await applicant.DeleteAsync($"/api/me/helpers/{revoked.Id()}")).StatusCode);

        Assert.EndsWith($"?token={offer.Text("token")}", offer.Text("link"), StringComparison.Ordinal);
        Assert.Equal((409, "cannot-help-yourself"), await Accept(applicant, offer.Text("token")));
        Assert.Equal((404, "offer-unknown"), await Accept(helper, late.Text("token")));
        Assert.Equal((404, "offer-unknown"), await Accept(helper, revoked.Text("token")));
        Assert.Equal((404, "offer-unknown"), await Accept(helper, "nonsense"));
        Assert.Equal((200, ""), await Accept(helper, offer.Text("token")));
        Assert.Equal((404, "offer-unknown"), await Accept(await app.SignInAsync("donor2"), offer.Text("token")));
    }

    [Fact]
    public async Task Of_many_who_accept_one_offer_at_once_one_succeeds_and_accepting_twice_makes_one_helper()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (applicant, helper) = (await app.SignInAsync("applicant2"), await app.SignInAsync("donor"));
        string[] names = ["donor2", "helper", "sponsor", "auditor"];
        var many = await Task.WhenAll(names.Select(name => app.SignInAsync(name)));
        var offer = (await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201)).Text("token");

        var answers = await Task.WhenAll(many.Select(client => Accept(client, offer)));

        Assert.Equal(1, answers.Count(it => it.Item1 == 200));
        Assert.Equal(await Agree(applicant, helper), await Agree(applicant, helper));
        Assert.Equal(2, (await applicant.GetAsync("/api/me/helpers").JsonAsync()).GetProperty("helpers").GetArrayLength());
    }

    [Fact]
    public async Task An_applicant_has_so_many_helpers_and_offers_and_no_more()
    {
        await using var app = await TestApp.StartDemoAsync();
        var applicant = await app.SignInAsync("applicant2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => applicant.PostAsync("/api/me/helpers", null)));

        Assert.Equal(5, answers.Count(it => it.StatusCode == HttpStatusCode.Created));
        Assert.Equal("too-many-helpers", await applicant.PostAsync("/api/me/helpers", null).CodeAsync());
    }

    [Fact]
    public async Task Nobody_acts_for_somebody_who_did_not_agree_or_where_only_they_themselves_count()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (helper, other) = (await app.SignInAsync("helper"), await app.SignInAsync("applicant2"));
        var applicant = await MyId(await app.SignInAsync("applicant"));
        using var acting = Acting(app, helper, applicant);
        var wish = Guid.NewGuid();
        var pledge = new { amountMinor = 1 };

        Assert.Equal("not-a-helper", await Acting(app, helper, await MyId(other)).GetAsync("/api/me/wishes").CodeAsync());
        Assert.Equal("not-a-helper", await Acting(app, helper, await MyId(helper)).GetAsync("/api/me/wishes").CodeAsync());
        Assert.Equal("acting-for-malformed", await Acting(app, helper, "me").GetAsync("/api/me/wishes").CodeAsync());
        foreach (var (method, path) in new (HttpMethod, string)[]
        {
            (HttpMethod.Get, "/api/me"), (HttpMethod.Get, "/api/me/pledges"), (HttpMethod.Get, "/api/me/helpers"),
            (HttpMethod.Post, $"/api/wishes/{wish}/pledges"), (HttpMethod.Post, $"/api/wishes/{wish}/claim"),
            (HttpMethod.Get, "/api/reviews"), (HttpMethod.Post, "/api/account/sign-out"),
        })
        {
            var refused = await acting.SendAsync(method, path, pledge).ProblemAsync();
            Assert.Equal((path, 400, "acting-for-not-allowed"), (path, refused.Status, refused.Code));
        }

        await acting.GetAsync("/api/wishes").JsonAsync();
    }

    [Fact]
    public async Task One_key_for_two_applicants_is_no_repeat()
    {
        await using var platform = await Platform.Start();
        var (helper, second) = (await platform.Person("kind"), await platform.Person("second"));
        await Agree(platform.Applicant, helper);
        await Agree(second, helper);
        using var one = Acting(platform.App, helper, await MyId(platform.Applicant));
        using var two = Acting(platform.App, helper, await MyId(second));
        var key = Guid.CreateVersion7();
        var wish = (await one.Post("/api/wishes", Wish(platform), HttpStatusCode.Created, key)).Id();

        Assert.Equal(wish, (await one.Post("/api/wishes", Wish(platform), HttpStatusCode.Created, key)).Id());
        await two.Post("/api/wishes", Wish(platform), HttpStatusCode.UnprocessableEntity, key);
        await helper.Post("/api/wishes", Wish(platform), HttpStatusCode.UnprocessableEntity, key);
        Assert.Empty((await two.Get("/api/me/wishes")).Items());
    }

    [Fact]
    public async Task A_reviewer_decides_nothing_for_whom_they_help()
    {
        await using var platform = await Platform.Start();
        await Agree(platform.Applicant, platform.Reviewer);
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");

        var refused = await platform.Reviewer.Post($"/api/wishes/{wish}/claim", expected: HttpStatusCode.Conflict);

        Assert.Equal("reviewer-may-not-review-own-case", refused.Text("code"));
    }

    [Fact]
    public async Task The_demos_helper_helps_the_applicant()
    {
        await using var app = await TestApp.StartDemoAsync();
        var applicant = await app.SignInAsync("applicant");
        using var acting = Acting(app, await app.SignInAsync("helper"), await MyId(applicant));

        var theirs = (await applicant.GetAsync("/api/me/wishes").JsonAsync()).Items();
        var shown = (await acting.GetAsync("/api/me/wishes").JsonAsync()).Items();
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs.Select(it => it.Id()), shown.Select(it => it.Id()));
    }

    [Fact]
    public async Task A_sponsor_helps_nobody_and_who_becomes_one_does_no_more()
    {
        await using var platform = await Platform.Start();
        var (sponsor, kind) = (await platform.Person("sponsor", "sponsor"), await platform.Person("kind"));
        var offer = await platform.Applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        await Agree(platform.Applicant, kind);
        await platform.Operator.Post(
            "/api/accounts/kind@people.example/roles", new { role = "sponsor", foundationId = platform.Foundation });
        await SecondFactor.EnableAsync(kind);
        using var acting = Acting(platform.App, kind, await MyId(platform.Applicant));

        Assert.Equal((409, "sponsors-cannot-help"), await Accept(sponsor, offer.Text("token")));
        Assert.Equal("not-a-helper", await acting.GetAsync("/api/me/wishes").CodeAsync());
        Assert.Empty((await kind.GetAsync("/api/me/helpers").JsonAsync()).GetProperty("applicants").EnumerateArray());
    }

    [Fact]
    public async Task An_offer_ends_with_the_sessions_of_who_made_it_and_needs_a_session_of_the_last_minutes()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var (applicant, helper) = (await app.SignInAsync("applicant2"), await app.SignInAsync("donor"));
        var offer = await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        using var ended = await applicant.PostAsync("/api/account/sign-out-everywhere", null);

        Assert.Equal((404, "offer-unknown"), await Accept(helper, offer.Text("token")));

        applicant = await app.SignInAsync("applicant2");
        time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("sign-in-again", await applicant.PostAsync("/api/me/helpers", null).CodeAsync());
    }

    private static async Task<Guid> Agree(HttpClient applicant, HttpClient helper)
    {
        var offer = await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        var help = await helper.PostAsJsonAsync("/api/helpers/accept", new { token = offer.Text("token") }).JsonAsync();
        Assert.Equal(await MyId(applicant), help.GetProperty("applicantId").GetGuid());
        return help.Id();
    }

    private static async Task<(int Status, string Code)> Accept(HttpClient helper, string token)
    {
        using var answer = await helper.PostAsJsonAsync("/api/helpers/accept", new { token });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : body.Text("code"));
    }

    private static HttpClient Acting(TestApp app, HttpClient helper, object applicant)
    {
        var acting = app.Client(helper.DefaultRequestHeaders.Authorization!.Parameter);
        acting.DefaultRequestHeaders.Add("Acting-For", applicant.ToString());
        return acting;
    }

    private static async Task<Guid> MyId(HttpClient client) => (await client.GetAsync("/api/me").JsonAsync()).Id();

    private static IEnumerable<string?> Next(JsonElement wish) =>
        wish.GetProperty("next").EnumerateArray().Select(it => it.GetString());

    private static async Task Approve(Platform platform, Guid wish)
    {
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        await platform.Reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings = "Fine.",
            checks = Array.Empty<object>(),
            publicText = new { title = "A blanket", story = "Winter." },
        });
        await platform.Approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
    }

    private static object Wish(Platform platform) => new
    {
        projectId = platform.Project,
        title = "A blanket",
        story = "It is cold.",
        category = "housing",
        region = "sichuan",
        items = new[] { new { name = "Blanket", quantity = 1, amountMinor = 20_000 } },
        applicant = new { name = "Li Hua", phone = "1" },
    };
}
