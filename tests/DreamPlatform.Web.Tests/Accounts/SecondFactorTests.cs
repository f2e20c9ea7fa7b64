using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class SecondFactorTests
{
    private const string Donor = "donor@demo.example", TwoFactor = "/api/account/manage/2fa";

    [Fact]
    public async Task With_a_second_factor_a_password_alone_signs_nobody_in()
    {
        await using var app = await TestApp.StartDemoAsync();
        var donor = await app.SignInAsync("donor");
        var other = await app.SignInAsync("donor");

        var factor = await SecondFactor.EnableAsync(donor);

        await donor.GetAsync("/api/me").JsonAsync();
        Assert.Equal(401, (await other.GetAsync("/api/me").ProblemAsync()).Status);
        Assert.Equal("two-factor-required", await app.Anonymous.Login(Donor, DemoAccounts.Password).CodeAsync());
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(Donor, "wrong").CodeAsync());
        var code = factor.NextCode();
        await app.Anonymous.Login(Donor, DemoAccounts.Password, $"{code[..3]} {code[3..]}").JsonAsync();
        Assert.Equal($"{Topics.SecondFactorChanged}", await app.TopicsAsync(Donor));
    }

    [Fact]
    public async Task Staff_who_turn_it_off_are_without_it_at_once()
    {
        await using var platform = await Journey.Platform.Start();
        await platform.Reviewer.GetAsync("/api/reviews").JsonAsync();

        await platform.Reviewer.PostAsJsonAsync(TwoFactor, new { enable = false }).JsonAsync();

        Assert.Equal("second-factor-required", await platform.Reviewer.GetAsync("/api/reviews").CodeAsync());
    }

    [Fact]
    public async Task A_code_is_accepted_once()
    {
        await using var app = await TestApp.StartDemoAsync();
        var factor = await SecondFactor.EnableAsync(await app.SignInAsync("donor"));
        var code = factor.NextCode();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            app.Anonymous.Login(Donor, DemoAccounts.Password, code)));

        Assert.Equal(1, answers.Count(it => it.IsSuccessStatusCode));
        await app.Anonymous.Login(Donor, DemoAccounts.Password, factor.NextCode()).JsonAsync();
    }

    [Theory, InlineData("000000"), InlineData("12345"), InlineData("+12345"), InlineData("１２３４５６"), InlineData("x")]
    public async Task What_is_no_code_of_the_app_is_refused_when_enabling(string code)
    {
        await using var app = await TestApp.StartDemoAsync();
        var donor = await app.SignInAsync("donor");
        await donor.PostAsJsonAsync(TwoFactor, new { }).JsonAsync();

        var problem = await donor.PostAsJsonAsync(TwoFactor, new { enable = true, twoFactorCode = code }).ProblemAsync();
        var none = await donor.PostAsJsonAsync(TwoFactor, new { enable = true }).ProblemAsync();

        Assert.Equal(("malformed", "twoFactorCode", "twoFactorCode"), (problem.Code, problem.Fields, none.Fields));
    }

    [Fact]
    public async Task Guessing_codes_is_as_slow_as_guessing_passwords_and_the_password_alone_does_not_help()
    {
        await using var app = await TestApp.StartDemoAsync();
        var factor = await SecondFactor.EnableAsync(await app.SignInAsync("donor"));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal("invalid-credentials", await app.Anonymous.Login(Donor, DemoAccounts.Password, "000000").CodeAsync());
            if (attempt == 4) break;
            Assert.Equal("two-factor-required", await app.Anonymous.Login(Donor, DemoAccounts.Password).CodeAsync());
        }

        var stopped = await app.Anonymous.Login(Donor, DemoAccounts.Password, factor.NextCode()).ProblemAsync();

        Assert.Equal("too-many-attempts", stopped.Code);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_and_its_owner_is_told()
    {
        await using var app = await TestApp.StartDemoAsync();
        var factor = await SecondFactor.EnableAsync(await app.SignInAsync("donor"));
        var codes = factor.Enabled.GetProperty("recoveryCodes").EnumerateArray().Select(it => it.GetString()!).ToList();

        Task<HttpResponseMessage> Recover(string code) => app.Anonymous.PostAsJsonAsync(
            "/api/account/login", new { email = Donor, password = DemoAccounts.Password, twoFactorRecoveryCode = code });

        Assert.Equal(10, codes.Distinct().Count());
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Recover(codes[0])));
        Assert.Equal(1, answers.Count(it => it.IsSuccessStatusCode));
        Assert.Equal("invalid-credentials", await Recover("XXXXX-XXXXX").CodeAsync());
        var client = app.Client((await Recover(codes[1]).JsonAsync()).Access());
        var left = await client.PostAsJsonAsync(TwoFactor, new { }).JsonAsync();
        Assert.Equal((8, JsonValueKind.Null), (left.GetProperty("recoveryCodesLeft").GetInt32(), left.GetProperty("sharedKey").ValueKind));
        Assert.Equal("enabled code-used code-used", string.Join(' ', (await app.MailToAsync(Donor)).Select(it => it.Values["change"])));
    }

    [Fact]
    public async Task Only_who_signed_in_a_moment_ago_can_change_the_second_factor()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var donor = await app.SignInAsync("donor");
        var without = await app.SignInAsync("donor2");
        var factor = await SecondFactor.EnableAsync(donor);
        time.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal(
            "sign-in-again", await without.PostAsync(TwoFactor, Answers.Raw("""{"enable":true,"twoFactorCode":"123456"}""")).CodeAsync());
        foreach (var body in (string[])["""{"enable":false}""", """{"resetSharedKey":true}""", """{"resetRecoveryCodes":true}"""])
            Assert.Equal("sign-in-again", await donor.PostAsync(TwoFactor, Answers.Raw(body)).CodeAsync());
        var fresh = app.Client((await app.Anonymous.Login(Donor, DemoAccounts.Password, factor.NextCode()).JsonAsync()).Access());
        var reset = await fresh.PostAsJsonAsync(TwoFactor, new { resetRecoveryCodes = true }).JsonAsync();
        Assert.NotEqual(
            factor.Enabled.GetProperty("recoveryCodes").ToString(), reset.GetProperty("recoveryCodes").ToString());
        var off = await fresh.PostAsJsonAsync(TwoFactor, new { enable = false }).JsonAsync();
        Assert.False(off.GetProperty("isTwoFactorEnabled").GetBoolean());
        await app.SignInAsync("donor");
        Assert.Equal("enabled codes-reset disabled", string.Join(' ', (await app.MailToAsync(Donor)).Select(it => it.Values["change"])));
    }

    [Fact]
    public async Task A_key_and_codes_that_somebody_saw_before_are_worth_nothing_once_it_is_on()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        var thief = await app.SignInAsync("donor");
        var seen = await thief.PostAsJsonAsync(TwoFactor, new { resetRecoveryCodes = true }).JsonAsync();
        time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("sign-in-again", await thief.PostAsJsonAsync(TwoFactor, new { }).CodeAsync());

        var factor = await SecondFactor.EnableAsync(await app.SignInAsync("donor"));

        var codes = factor.Enabled.GetProperty("recoveryCodes").EnumerateArray().Select(it => it.GetString());
        Assert.Equal(10, codes.Except(seen.GetProperty("recoveryCodes").EnumerateArray().Select(it => it.GetString())).Count());
        Assert.Equal("invalid-credentials", await app.Anonymous.Login(
            Donor, DemoAccounts.Password, new SecondFactor(seen.GetProperty("sharedKey").GetString()!).NextCode()).CodeAsync());
        Assert.Equal("invalid-credentials", await app.Anonymous.PostAsJsonAsync("/api/account/login", new
        {
            email = Donor,
            password = DemoAccounts.Password,
            twoFactorRecoveryCode = seen.GetProperty("recoveryCodes")[0].GetString(),
        }).CodeAsync());
    }

    [Fact]
    public async Task Keys_and_recovery_codes_cannot_be_read_in_the_database()
    {
        using var data = new TemporaryFolder();
        string[] secrets;
        await using (var app = await TestApp.StartAsync(new() { Demo = true, Data = data.Path }))
        {
            var donor = await app.SignInAsync("donor");
            var factor = await SecondFactor.EnableAsync(donor);
            secrets = [factor.SharedKey, .. factor.Enabled.GetProperty("recoveryCodes").EnumerateArray().Select(it => it.GetString()!)];
        }

        SqliteConnection.ClearAllPools();
        var files = string.Concat(Directory.GetFiles(data.Path, "accounts.db*")
            .Select(path => Encoding.Latin1.GetString(File.ReadAllBytes(path))));
        Assert.Equal(11, secrets.Length);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, files, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Outside_the_demo_staff_can_do_nothing_before_they_sign_in_with_a_second_factor()
    {
        await using var platform = await Platform.Start();
        await platform.App.RegisterAsync("new@people.example");
        await platform.Operator.Post(
            "/api/accounts/new@people.example/roles", new { role = "reviewer", foundationId = platform.Foundation });
        var reviewer = await platform.App.SignInAsync("new@people.example");

        foreach (var path in (string[])["/api/reviews", "/api/me/wishes", "/api/me/helpers", "/dashboard/"])
        {
            var refused = await reviewer.GetAsync(path).ProblemAsync();
            Assert.Equal((403, "second-factor-required"), (refused.Status, refused.Code));
            Assert.Contains("/api/account/manage/2fa", refused.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.True((await reviewer.GetAsync("/api/me").JsonAsync()).GetProperty("secondFactorRequired").GetBoolean());
        await reviewer.GetAsync("/api/wishes").JsonAsync();
        await reviewer.GetAsync("/api/account/sessions").JsonAsync();

        await SecondFactor.EnableAsync(reviewer);

        await reviewer.GetAsync("/api/reviews").JsonAsync();
        Assert.False((await reviewer.GetAsync("/api/me").JsonAsync()).GetProperty("secondFactorRequired").GetBoolean());
    }

    [Fact]
    public async Task The_first_operator_needs_a_second_factor_too_and_who_holds_no_role_does_not()
    {
        await using var app = await TestApp.StartAsync(Platform.Options());
        var first = await app.SignInAsync("first@operator.example", "Correct-Horse-7");
        await app.RegisterAsync("wang@example.org");
        var applicant = await app.SignInAsync("wang@example.org");

        var refused = await first.PostAsJsonAsync("/api/foundations", new { name = "A", registrationCode = "B" }).ProblemAsync();

        Assert.Equal("second-factor-required", refused.Code);
        await applicant.GetAsync("/api/me/wishes").JsonAsync();
    }
}
