using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class SigningInTests(DemoApp demo) : IClassFixture<DemoApp>
{
    [Fact]
    public async Task An_address_with_something_in_it_that_is_no_character_is_nobodys()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal("invalid-credentials", await app.Anonymous.Login("wang\ufffe@example.org", DemoAccounts.Password).CodeAsync());
        using var forgotten = await app.Ask("forgotPassword", new { email = "wang\ufffe@example.org" });
        Assert.True((int)forgotten.StatusCode < 500, forgotten.StatusCode.ToString());
    }

    [Fact]
    public async Task Whoever_registers_can_sign_in_and_has_no_role()
    {
        await using var app = await TestApp.StartAsync();
        await app.RegisterAsync("wang@example.org");
        var client = await app.SignInAsync("wang@example.org");

        var me = await client.GetAsync("/api/me").JsonAsync();

        Assert.Equal("wang@example.org", me.GetProperty("email").GetString());
        Assert.Equal(7, me.GetProperty("id").GetGuid().Version);
        Assert.Empty(me.GetProperty("roles").EnumerateArray());
    }

    [Fact]
    public async Task A_refresh_token_gives_new_tokens()
    {
        var app = demo.App;
        var tokens = await app.Anonymous.PostAsJsonAsync(
            "/api/account/login", new { email = "donor@demo.example", password = DemoAccounts.Password }).JsonAsync();

        var renewed = await app.Anonymous.PostAsJsonAsync(
            "/api/account/refresh", new { refreshToken = tokens.GetProperty("refreshToken").GetString() }).JsonAsync();

        await app.Client(renewed.GetProperty("accessToken").GetString()).GetAsync("/api/me").JsonAsync();
    }

    [Theory]
    [InlineData("login", """{"email":"donor@demo.example","password":"wrong"}""", 401, "invalid-credentials", "")]
    [InlineData("login", """{"email":"nobody@demo.example","password":"wrong"}""", 401, "invalid-credentials", "")]
    [InlineData("login", """{"email":"donor@demo.example"}""", 400, "malformed", "password")]
    [InlineData("login", """{"email":null,"password":"x"}""", 400, "malformed", "email")]
    [InlineData("refresh", """{"refreshToken":"garbage"}""", 401, "invalid-refresh-token", "")]
    [InlineData("register", """{"email":"no address","password":"Good-1234!"}""", 400, "invalid-registration", "email")]
    [InlineData("register", """{"email":"x@example.org","password":"short"}""", 400,
        "invalid-registration", "password")]
    [InlineData("resetPassword", """{"email":"donor@demo.example","resetCode":"%","newPassword":"Good-1234!"}""", 400,
        "malformed", "resetCode")]
    public async Task What_is_refused_is_a_problem(
        string route, string body, int status, string code, string fields)
    {
        var problem = await demo.App.Anonymous.PostAsync($"/api/account/{route}", Answers.Raw(body)).ProblemAsync();

        Assert.Equal((status, code, fields), (problem.Status, problem.Code, problem.Fields));
    }

    [Fact]
    public async Task An_address_too_long_for_mail_cannot_register()
    {
        var app = demo.App;

        var email = new string('a', 250) + "@example.org";

        var problem = await app.Anonymous.PostAsJsonAsync(
            "/api/account/register", new { email, password = "Good-1234!" }).ProblemAsync();

        Assert.Equal(("invalid-registration", "email"), (problem.Code, problem.Fields));
    }

    [Fact]
    public async Task A_confirmation_for_no_account_is_refused()
    {
        var app = demo.App;

        var malformed = await app.Anonymous.GetAsync("/api/account/confirmEmail?userId=abc&code=x").ProblemAsync();
        var unknown = await app.Anonymous
            .GetAsync($"/api/account/confirmEmail?userId={Guid.NewGuid()}&code=x").ProblemAsync();

        Assert.Equal((400, "malformed"), (malformed.Status, malformed.Code));
        Assert.Equal((401, "invalid-confirmation"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task A_token_survives_a_restart()
    {
        using var data = new TemporaryFolder();
        string? token;
        await using (var before = await TestApp.StartAsync(new() { Demo = true, Data = data.Path }))
            token = (await before.SignInAsync("donor")).DefaultRequestHeaders.Authorization!.Parameter;

        await using var after = await TestApp.StartAsync(new() { Demo = true, Data = data.Path });

        await after.Client(token).GetAsync("/api/me").JsonAsync();
    }

    [Fact]
    public async Task A_deleted_accounts_token_stops_working_within_five_seconds()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartDemoAsync(time);
        var donor = await app.SignInAsync("donor");
        await donor.GetAsync("/api/me").JsonAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
            Assert.Equal(1, await db.Users.Where(it => it.Email == "donor@demo.example").ExecuteDeleteAsync());
        }

        time.Advance(Callers.MaxAge);

        var problem = await donor.GetAsync("/api/me").ProblemAsync();
        Assert.Equal((401, "not-signed-in"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task A_token_that_was_used_before_stops_working_when_it_expires()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new() { Demo = true, Time = time });
        var donor = await app.SignInAsync("donor");
        await donor.GetAsync("/api/me").JsonAsync();
        time.Advance(TimeSpan.FromMinutes(59));
        await donor.GetAsync("/api/me").JsonAsync();

        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("not-signed-in", await donor.GetAsync("/api/me").CodeAsync());
    }

    [Fact]
    public async Task A_token_changed_by_one_character_is_refused_though_the_real_one_is_remembered()
    {
        await using var app = await TestApp.StartDemoAsync();
        var donor = await app.SignInAsync("donor");
        await donor.GetAsync("/api/me").JsonAsync();
        var token = donor.DefaultRequestHeaders.Authorization!.Parameter!;
        var middle = token.Length / 2;
        var changed = token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..];

        var refused = await app.Client(changed).GetAsync("/api/me").ProblemAsync();

        Assert.Equal("not-signed-in", refused.Code);
        await donor.GetAsync("/api/me").JsonAsync();
    }

    [Fact]
    public async Task Every_table_that_Identity_uses_exists()
    {
        await using var app = await TestApp.StartDemoAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var donor = (await accounts.FindByEmailAsync("donor@demo.example"))!;

        await accounts.AddClaimAsync(donor, new("a", "b"));
        await accounts.AddLoginAsync(donor, new("p", "k", "n"));
        await accounts.SetAuthenticationTokenAsync(donor, "p", "t", "v");
        await accounts.SetLockoutEndDateAsync(donor, DateTimeOffset.MaxValue);

        Assert.Single(await accounts.GetClaimsAsync(donor));
        Assert.Single(await accounts.GetLoginsAsync(donor));
        Assert.Equal("v", await accounts.GetAuthenticationTokenAsync(donor, "p", "t"));
        Assert.True((await accounts.DeleteAsync(donor)).Succeeded);
    }

    [Fact]
    public async Task The_demo_has_the_accounts_of_the_API_page_and_a_second_start_adds_none()
    {
        using var data = new TemporaryFolder();
        for (var start = 0; start < 2; start++)
        {
            await using var app = await TestApp.StartAsync(new() { Demo = true, Data = data.Path });
            await using var scope = app.Services.CreateAsyncScope();
            Assert.Equal(14, await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users.CountAsync());
            var me = await (await app.SignInAsync("reviewer2")).GetAsync("/api/me").JsonAsync();
            Assert.Equal("reviewer", me.GetProperty("roles")[0].GetProperty("role").GetString());
            Assert.Equal(JsonValueKind.String, me.GetProperty("roles")[0].GetProperty("foundationName").ValueKind);
        }
    }
}
