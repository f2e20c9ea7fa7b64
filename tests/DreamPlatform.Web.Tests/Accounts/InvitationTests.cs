using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Accounts;

/// <summary>Foundations get their staff by mail, and nobody learns by it who has an account.</summary>
public sealed class InvitationTests
{
    private const string Wang = "wang@people.example", Accept = "/api/invitations/accept";

    [Theory, InlineData(true), InlineData(false)]
    public async Task Whoever_has_the_address_accepts_once_and_has_the_role(bool byOperator)
    {
        await using var platform = await Platform.Start();
        var inviter = byOperator ? platform.Operator : platform.Administrator;
        var invited = await Invite(platform, inviter, "WANG@people.example");
        var token = Token(await platform.App.MailToAsync("WANG@people.example"));
        var wang = await platform.Person("wang");
        var li = await platform.Person("li");

        Assert.Equal("invitation-unknown", await li.PostAsJsonAsync(Accept, new { token }).CodeAsync());
        var accepted = await wang.PostAsJsonAsync(Accept, new { token }).JsonAsync();

        Assert.Equal(("reviewer", platform.Foundation), (accepted.Text("role"), accepted.GetProperty("foundationId").GetGuid()));
        var me = await wang.GetAsync("/api/me").JsonAsync();
        Assert.Equal("reviewer", Assert.Single(me.GetProperty("roles").EnumerateArray()).Text("role"));
        Assert.True(me.GetProperty("secondFactorRequired").GetBoolean());
        await SecondFactor.EnableAsync(wang);
        Assert.Equal("invitation-unknown", await wang.PostAsJsonAsync(Accept, new { token }).CodeAsync());
        await wang.GetAsync("/api/reviews").JsonAsync();
        Assert.Equal(7, (invited.GetProperty("expiresAt").GetDateTimeOffset() - invited.GetProperty("createdAt").GetDateTimeOffset()).TotalDays);
        Assert.Empty((await inviter.Get($"/api/foundations/{platform.Foundation}/invitations")).Items());
    }

    [Fact]
    public async Task Inviting_an_account_and_inviting_nobody_is_answered_alike()
    {
        await using var platform = await Platform.Start();
        await platform.Person("wang");

        var known = await Invite(platform, platform.Administrator, Wang);
        var unknown = await Invite(platform, platform.Administrator, "none@people.example");

        Assert.Equal(known.EnumerateObject().Select(it => it.Name), unknown.EnumerateObject().Select(it => it.Name));
        Assert.Equal(Topics.StaffInvitation, await platform.App.TopicsAsync(Wang));
        Assert.Equal(Topics.StaffInvitation, await platform.App.TopicsAsync("none@people.example"));
        var letter = (await platform.App.MailToAsync(Wang))[0].Values;
        Assert.Equal(("Sky Foundation", "reviewer"), (letter["foundation"], letter["role"]));
    }

    [Fact]
    public async Task A_revoked_an_older_and_a_late_invitation_give_nothing()
    {
        var time = new Clock();
        await using var platform = await Platform.Start(Platform.Options() with { Time = time });
        var wang = await platform.Person("wang");
        var path = $"/api/foundations/{platform.Foundation}/invitations";
        await Invite(platform, platform.Administrator, Wang);
        var first = Token(await platform.App.MailToAsync(Wang));
        var again = await Invite(platform, platform.Administrator, Wang);
        var second = Token(await platform.App.MailToAsync(Wang));

        Assert.Equal("invitation-unknown", await wang.PostAsJsonAsync(Accept, new { token = first }).CodeAsync());
        Assert.Equal(again.Id(), Assert.Single((await platform.Administrator.Get(path)).Items()).Id());
        Assert.Equal(HttpStatusCode.NoContent, (await platform.Administrator.DeleteAsync($"{path}/{again.Id()}")).StatusCode);
        Assert.Equal(404, (await platform.Administrator.DeleteAsync($"{path}/{again.Id()}").ProblemAsync()).Status);
        Assert.Equal("invitation-unknown", await wang.PostAsJsonAsync(Accept, new { token = second }).CodeAsync());
        await Invite(platform, platform.Administrator, Wang);
        var late = Token(await platform.App.MailToAsync(Wang));
        time.Advance(TimeSpan.FromDays(7));
        wang = await platform.App.SignInAsync(Wang, "Correct-Horse-7");
        Assert.Equal("invitation-unknown", await wang.PostAsJsonAsync(Accept, new { token = late }).CodeAsync());
        Assert.Empty((await wang.GetAsync("/api/me").JsonAsync()).GetProperty("roles").EnumerateArray());
    }

    [Fact]
    public async Task An_invitation_of_somebody_who_may_no_more_invite_gives_nothing()
    {
        await using var platform = await Platform.Start();
        var wang = await platform.Person("wang");
        await Invite(platform, platform.Administrator, Wang);
        var token = Token(await platform.App.MailToAsync(Wang));
        await platform.Operator.SendAsync(
            HttpMethod.Delete, "/api/accounts/administrator@people.example/roles",
            new { role = "foundation", foundationId = platform.Foundation }).JsonAsync();

        Assert.Equal("invitation-unknown", await wang.PostAsJsonAsync(Accept, new { token }).CodeAsync());
    }

    [Fact]
    public async Task An_invitation_comes_although_others_asked_for_much_mail_to_its_address()
    {
        await using var platform = await Platform.Start();
        await platform.Person("wang");
        for (var i = 0; i < 6; i++)
        {
            using var asked = await platform.App.Ask("forgotPassword", new { email = Wang });
        }

        await Invite(platform, platform.Administrator, Wang);

        Assert.Equal(Topics.StaffInvitation, (await platform.App.MailToAsync(Wang))[^1].Topic);
    }

    [Fact]
    public async Task Only_the_operator_and_the_foundations_administrators_invite_and_see_who_works_there()
    {
        await using var platform = await Platform.Start();
        var other = (await platform.Operator.Post(
            "/api/foundations", new { name = "Other", registrationCode = "T-9" }, HttpStatusCode.Created)).Id();
        var stranger = await platform.Person("stranger", "foundation", other);
        var body = new { email = Wang, role = "reviewer" };

        async Task<string> Refused(HttpClient client, Guid foundation)
        {
            var path = $"/api/foundations/{foundation}/invitations";
            var codes = new[]
            {
                await client.PostAsJsonAsync(path, body).CodeAsync(), await client.GetAsync(path).CodeAsync(),
                await client.DeleteAsync($"{path}/{Guid.NewGuid()}").CodeAsync(),
                await client.GetAsync($"/api/foundations/{foundation}/staff").CodeAsync(),
            };
            return Assert.Single(codes.Distinct());
        }

        Assert.Equal("forbidden", await Refused(platform.Reviewer, platform.Foundation));
        Assert.Equal("not-found", await Refused(stranger, platform.Foundation));
        Assert.Equal("not-found", await Refused(platform.Donor, platform.Foundation));
        Assert.Equal("not-signed-in", await Refused(platform.App.Anonymous, platform.Foundation));
        var nowhere = await platform.Operator.PostAsJsonAsync($"/api/foundations/{Guid.NewGuid()}/invitations", body).ProblemAsync();
        Assert.Equal("not-found", nowhere.Code);
        Assert.Empty(await platform.App.MailToAsync(Wang));
    }

    [Fact]
    public async Task The_staff_of_a_foundation_is_listed_by_address_and_nobody_elses()
    {
        await using var platform = await Platform.Start();
        var other = (await platform.Operator.Post(
            "/api/foundations", new { name = "Other", registrationCode = "T-9" }, HttpStatusCode.Created)).Id();
        await platform.Person("stranger", "reviewer", other);
        await platform.Person("wang", "reviewer");
        await platform.Person("li", "auditor");

        var staff = (await platform.Administrator.Get($"/api/foundations/{platform.Foundation}/staff")).Items();

        var held = staff.Select(it => (Name: it.Text("email").Split('@')[0], Role: it.Text("role"))).ToArray();
        var addresses = staff.Select(it => it.Text("email")).ToArray();
        Assert.Equal(addresses.Order(StringComparer.Ordinal), addresses);
        Assert.Contains(("wang", "reviewer"), held);
        Assert.Contains(("li", "auditor"), held);
        Assert.DoesNotContain(held, it => it.Name == "stranger");
    }

    [Theory]
    [InlineData("""{"email":"no address","role":"reviewer"}""", "email")]
    [InlineData("""{"email":"a@b.example","role":"operator"}""", "role")]
    [InlineData("""{"email":"a@b.example","role":"king"}""", "role")]
    [InlineData("""{"role":"reviewer"}""", "email")]
    public async Task What_is_wrong_with_an_invitation_is_said(string body, string field)
    {
        await using var app = await TestApp.StartDemoAsync();
        var administrator = await app.SignInAsync("foundation");
        var me = await administrator.GetAsync("/api/me").JsonAsync();
        var foundation = me.GetProperty("roles")[0].GetProperty("foundationId").GetGuid();

        var problem = await administrator.PostAsync(
            $"/api/foundations/{foundation}/invitations", Answers.Raw(body)).ProblemAsync();

        Assert.Equal((400, field), (problem.Status, problem.Fields));
    }

    [Fact]
    public async Task A_foundation_has_so_many_open_invitations_and_no_more()
    {
        await using var app = await TestApp.StartDemoAsync();
        var administrator = await app.SignInAsync("foundation");
        var me = await administrator.GetAsync("/api/me").JsonAsync();
        var path = $"/api/foundations/{me.GetProperty("roles")[0].GetProperty("foundationId").GetGuid()}/invitations";
        for (var i = 0; i < 100; i++)
            await administrator.PostAsJsonAsync(path, new { email = $"{i}@people.example", role = "reviewer" }).JsonAsync(201);

        var problem = await administrator.PostAsJsonAsync(path, new { email = Wang, role = "reviewer" }).ProblemAsync();
        await administrator.PostAsJsonAsync(path, new { email = "7@people.example", role = "reviewer" }).JsonAsync(201);

        Assert.Equal((409, "too-many-invitations"), (problem.Status, problem.Code));
        Assert.Equal(100, (await administrator.Get(path)).Items().Count);
    }

    private static Task<JsonElement> Invite(Platform platform, HttpClient inviter, string email) => inviter.Post(
        $"/api/foundations/{platform.Foundation}/invitations", new { email, role = "reviewer" }, HttpStatusCode.Created);

    private static string Token(IReadOnlyList<Mail> letters) => letters[^1].Values["token"];
}
