using System.Net.Http.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class RegistrationTests
{
    private const string Wang = "wang@example.org", Good = "Correct-Horse-7", Other = "Battery-Staple-8";

    [Theory, InlineData(true), InlineData(false)]
    public async Task Whoever_registers_signs_in_once_they_followed_the_link(bool byLink)
    {
        await using var app = await TestApp.StartAsync();
        using var registered = await app.Ask("register", new { email = Wang, password = Good });
        registered.EnsureSuccessStatusCode();
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(Wang, Good).CodeAsync());
        var link = Assert.Single(await app.MailToAsync(Wang)).ApiLink;

        var query = System.Web.HttpUtility.ParseQueryString(link.ToString().Split('?')[1]);
        using var confirmed = byLink
            ? await app.Anonymous.GetAsync(link)
            : await app.Ask("confirmEmail", new { userId = query["userId"], code = query["code"] });
        confirmed.EnsureSuccessStatusCode();

        var me = await (await app.SignInAsync(Wang, Good)).GetAsync("/api/me").JsonAsync();
        Assert.Equal(Wang, me.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Registering_a_taken_address_is_answered_alike_and_its_owner_is_told()
    {
        await using var app = await TestApp.StartAsync();
        await app.RegisterAsync(Wang, Good);

        using var fresh = await app.Ask("register", new { email = "new@example.org", password = Other });
        using var taken = await app.Ask("register", new { email = "WANG@example.org", password = Other });

        Assert.Equal(await Seen(fresh), await Seen(taken));
        Assert.Equal(Topics.AddressAlreadyRegistered, await app.TopicsAsync("WANG@example.org"));
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(Wang, Other).CodeAsync());
        await app.SignInAsync(Wang, Good);
    }

    [Theory]
    [InlineData("Thief-Was-Here-1", Good)]
    [InlineData(Good, "Thief-Was-Here-1")]
    public async Task When_two_register_an_address_its_owner_confirms_and_chooses_the_password(
        string first, string second)
    {
        await using var app = await TestApp.StartAsync();
        using var one = await app.Ask("register", new { email = Wang, password = first });
        using var two = await app.Ask("register", new { email = Wang, password = second });

        using var confirmed = await app.Anonymous.GetAsync((await app.MailToAsync(Wang))[0].ApiLink);

        confirmed.EnsureSuccessStatusCode();
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(Wang, Good).CodeAsync());
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(Wang, "Thief-Was-Here-1").CodeAsync());
        var letter = (await app.MailToAsync(Wang))[^1];
        Assert.Equal(Topics.ResetPassword, letter.Topic);
        using var chosen = await app.Ask(
            "resetPassword", new { email = Wang, resetCode = letter.Values["code"], newPassword = Other });
        chosen.EnsureSuccessStatusCode();
        await app.SignInAsync(Wang, Other);
    }

    [Fact]
    public async Task Nobody_can_make_an_owners_link_useless_by_registering_the_address_again_and_again()
    {
        await using var app = await TestApp.StartAsync();
        using var owner = await app.Ask("register", new { email = Wang, password = Good });
        for (var i = 0; i < 8; i++)
        {
            using var thief = await app.Ask("register", new { email = Wang, password = $"Thief-Was-Here-{i}" });
        }

        using var confirmed = await app.Anonymous.GetAsync((await app.MailToAsync(Wang))[0].ApiLink);

        confirmed.EnsureSuccessStatusCode();
        Assert.Equal(Topics.ResetPassword, (await app.MailToAsync(Wang))[^1].Topic);
    }

    [Fact]
    public async Task One_account_can_have_only_so_many_addresses_written_to()
    {
        await using var app = await TestApp.StartAsync();
        await app.RegisterAsync(Wang, Good);
        var wang = await app.SignInAsync(Wang, Good);
        Task<HttpResponseMessage> Ask(int i) => wang.PostAsJsonAsync(
            "/api/account/manage/info", new { newEmail = $"stranger{i}@example.org", oldPassword = Good });
        for (var i = 0; i < 5; i++) await Ask(i).JsonAsync();

        Assert.Equal("too-many-letters", await Ask(5).CodeAsync());

        Assert.Empty(await app.MailToAsync("stranger5@example.org"));
    }

    [Fact]
    public async Task Many_who_register_one_address_at_once_make_one_account_and_hear_the_same()
    {
        await using var app = await TestApp.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            app.Ask("register", new { email = Wang, password = Good })));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users.CountAsync());
    }

    [Theory]
    [InlineData("no address", Good, "email")]
    [InlineData("", Good, "email")]
    [InlineData("a@b@example.org", Good, "email")]
    [InlineData("a b@example.org", Good, "email")]
    [InlineData("wang@example.org\r\nBcc: all@example.org", Good, "email")]
    [InlineData(Wang, "short", "password")]
    [InlineData(Wang, "password123", "password")]
    [InlineData("x", "y", "email,password")]
    public async Task What_cannot_be_registered_is_said_by_field(string email, string password, string fields)
    {
        await using var app = await TestApp.StartAsync();

        var problem = await app.Ask("register", new { email, password }).ProblemAsync();

        Assert.Equal((400, "invalid-registration", fields), (problem.Status, problem.Code, problem.Fields));
    }

    [Fact]
    public async Task The_link_is_sent_again_to_who_needs_it_and_everybody_hears_the_same()
    {
        await using var app = await TestApp.StartAsync();
        await app.RegisterAsync("done@example.org");
        using var registered = await app.Ask("register", new { email = Wang, password = Good });

        var answers = new List<string>();
        foreach (var email in (string[])[Wang, "done@example.org", "nobody@example.org", "no address"])
        {
            using var answer = await app.Ask("resendConfirmationEmail", new { email });
            answers.Add(await Seen(answer));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal($"{Topics.ConfirmEmail} {Topics.ConfirmEmail}", await app.TopicsAsync(Wang));
        Assert.Empty(await app.MailToAsync("done@example.org"));
        Assert.Empty(await app.MailToAsync("nobody@example.org"));
        using var confirmed = await app.Anonymous.GetAsync((await app.MailToAsync(Wang))[1].ApiLink);
        confirmed.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_mail_once_and_ends_all_sessions()
    {
        await using var app = await TestApp.StartAsync();
        await app.RegisterAsync(Wang, Good);
        var session = await app.SignInAsync(Wang, Good);
        using var known = await app.Ask("forgotPassword", new { email = Wang });
        using var unknown = await app.Ask("forgotPassword", new { email = "nobody@example.org" });
        var code = Assert.Single(await app.MailToAsync(Wang)).Values["code"];

        async Task<string> Reset(string email, string resetCode, string newPassword)
        {
            using var answer = await app.Ask("resetPassword", new { email, resetCode, newPassword });
            return answer.IsSuccessStatusCode ? "done" : (await Task.FromResult(answer).ProblemAsync()).Fields;
        }

        Assert.Equal(await Seen(known), await Seen(unknown));
        Assert.Equal("newPassword", await Reset(Wang, code, "password123"));
        Assert.Equal("resetCode", await Reset("nobody@example.org", code, Other));
        Assert.Equal("done", await Reset(Wang, code, Other));
        Assert.Equal("resetCode", await Reset(Wang, code, Good));
        Assert.Equal(401, (await session.GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(Wang, Good).CodeAsync());
        await app.SignInAsync(Wang, Other);
        Assert.Equal($"{Topics.ResetPassword} {Topics.PasswordChanged}", await app.TopicsAsync(Wang));
    }

    [Fact]
    public async Task An_address_that_is_not_confirmed_gets_no_link_to_a_password()
    {
        await using var app = await TestApp.StartAsync();
        using var registered = await app.Ask("register", new { email = Wang, password = Good });

        using var asked = await app.Ask("forgotPassword", new { email = Wang });

        asked.EnsureSuccessStatusCode();
        Assert.Equal(Topics.ConfirmEmail, await app.TopicsAsync(Wang));
    }

    [Fact]
    public async Task An_address_gets_only_so_much_mail_and_nobody_hears_of_it()
    {
        await using var app = await TestApp.StartAsync(new()
        {
            Settings = new() { ["RateLimits:LettersPerAddressPerHour"] = "2" },
        });
        await app.RegisterAsync(Wang, Good);

        for (var i = 0; i < 4; i++)
        {
            using var answer = await app.Ask("forgotPassword", new { email = Wang });
            answer.EnsureSuccessStatusCode();
        }

        using var registered = await app.Ask("register", new { email = Wang, password = Good });
        registered.EnsureSuccessStatusCode();
        Assert.Equal(2, (await app.MailToAsync(Wang)).Count);
    }

    [Fact]
    public async Task One_client_can_have_only_so_much_mail_sent()
    {
        await using var app = await TestApp.StartAsync(new()
        {
            Settings = new() { ["RateLimits:LettersPerClientPerHour"] = "2" },
        });
        for (var i = 0; i < 2; i++)
            (await app.Ask("forgotPassword", new { email = $"{i}@example.org" })).EnsureSuccessStatusCode();

        using var answer = await app.Ask("register", new { email = Wang, password = Good });

        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 1, 60);
        Assert.Equal((429, "too-many-requests"), await StatusAndCode(answer));
    }

    [Fact]
    public async Task Another_address_is_mine_when_its_owner_confirms_and_the_old_one_is_told()
    {
        await using var app = await TestApp.StartAsync();
        await app.RegisterAsync(Wang, Good);
        var session = await app.SignInAsync(Wang, Good);
        const string path = "/api/account/manage/info";

        var forgotten = await session.PostAsJsonAsync(path, new { newEmail = "li@example.org" }).ProblemAsync();
        var wrong = await session.PostAsJsonAsync(
            path, new { newEmail = "li@example.org", oldPassword = Other }).ProblemAsync();
        var info = await session.PostAsJsonAsync(path, new { newEmail = "li@example.org", oldPassword = Good }).JsonAsync();

        Assert.Equal(("oldPassword", "oldPassword"), (forgotten.Fields, wrong.Fields));
        Assert.Equal(Wang, info.GetProperty("email").GetString());
        using var confirmed = await app.Anonymous.GetAsync(Assert.Single(await app.MailToAsync("li@example.org")).ApiLink);
        confirmed.EnsureSuccessStatusCode();
        Assert.Equal(Topics.EmailChanged, await app.TopicsAsync(Wang));
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(Wang, Good).CodeAsync());
        var me = await (await app.SignInAsync("li@example.org", Good)).GetAsync("/api/me").JsonAsync();
        Assert.Equal("li@example.org", me.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Somebody_elses_address_cannot_become_mine_and_I_do_not_hear_that_it_is_theirs()
    {
        await using var app = await TestApp.StartAsync();
        await app.RegisterAsync(Wang, Good);
        await app.RegisterAsync("li@example.org", Good);
        var session = await app.SignInAsync(Wang, Good);

        await session.PostAsJsonAsync(
            "/api/account/manage/info", new { newEmail = "li@example.org", oldPassword = Good }).JsonAsync();

        Assert.Equal(Topics.AddressAlreadyRegistered, await app.TopicsAsync("li@example.org"));
    }

    [Fact]
    public async Task A_confirmation_that_says_nothing_is_refused()
    {
        await using var app = await TestApp.StartAsync();

        var malformed = await app.Anonymous.GetAsync("/api/account/confirmEmail?userId=abc&code=x").ProblemAsync();
        var missing = await app.Anonymous.GetAsync("/api/account/confirmEmail").ProblemAsync();
        var unknown = await app.Anonymous.GetAsync($"/api/account/confirmEmail?userId={Guid.NewGuid()}&code=x").ProblemAsync();
        var noCode = await app.Anonymous.GetAsync($"/api/account/confirmEmail?userId={Guid.NewGuid()}&code=%25").ProblemAsync();

        Assert.Equal((400, "malformed"), (malformed.Status, malformed.Code));
        Assert.Equal((400, "malformed"), (missing.Status, missing.Code));
        Assert.Equal((401, "invalid-confirmation"), (unknown.Status, unknown.Code));
        Assert.Equal((401, "invalid-confirmation"), (noCode.Status, noCode.Code));
    }

    private static async Task<string> Seen(HttpResponseMessage answer)
    {
        var headers = answer.Headers.Where(it => it.Key != "Date").Select(it => $"{it.Key}: {string.Join(',', it.Value)}");
        return $"{answer.StatusCode}\n{string.Join('\n', headers)}\n{await answer.Content.ReadAsStringAsync()}";
    }

    private static async Task<(int, string)> StatusAndCode(HttpResponseMessage answer)
    {
        var problem = await Task.FromResult(answer).ProblemAsync();
        return (problem.Status, problem.Code);
    }
}
