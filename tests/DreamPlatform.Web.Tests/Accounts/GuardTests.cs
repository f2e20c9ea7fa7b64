using System.Net;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.Extensions.Time.Testing;

namespace DreamPlatform.Web.Tests.Accounts;

/// <summary>Guessing is slow, and nobody is locked out by somebody else's guesses.</summary>
public sealed class GuardTests
{
    private const string Donor = "donor@demo.example", Nobody = "nobody@demo.example";

    [Theory, InlineData(Donor), InlineData(Nobody)]
    public async Task Whoever_guesses_waits_and_others_do_not(string email)
    {
        await using var app = await TestApp.StartDemoAsync();
        for (var attempt = 0; attempt < SignInGuard.MaxFailuresFromAddress; attempt++)
            Assert.Equal("invalid-credentials", await app.Anonymous.Login(email, "wrong").CodeAsync());

        using var answer = await app.Anonymous.Login(email, DemoAccounts.Password);
        var stopped = await Task.FromResult(answer).ProblemAsync();

        Assert.Equal((429, "too-many-attempts"), (stopped.Status, stopped.Code));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 14, 15);
        await app.SignInAsync("donor2");
        using var elsewhere = await app.Client(null, "127.0.0.2").Login(Donor, DemoAccounts.Password);
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Fact]
    public async Task After_the_wait_one_may_try_again_and_signing_in_forgets_the_failures()
    {
        var time = new Clock();
        await using var app = await TestApp.StartDemoAsync(time);
        for (var round = 0; round < 2; round++)
        {
            for (var attempt = 0; attempt < 4; attempt++) await app.Anonymous.Login(Donor, "wrong").ProblemAsync();
            await app.SignInAsync("donor");
        }

        for (var attempt = 0; attempt < 5; attempt++) await app.Anonymous.Login(Donor, "wrong").ProblemAsync();
        Assert.Equal(429, (await app.Anonymous.Login(Donor, DemoAccounts.Password).ProblemAsync()).Status);

        time.Advance(SignInGuard.AddressWindow);

        await app.SignInAsync("donor");
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_way_around()
    {
        await using var app = await TestApp.StartDemoAsync();

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            await app.Anonymous.Login(Donor, "wrong").CodeAsync()));

        Assert.Equal(SignInGuard.MaxFailuresFromAddress, codes.Count(code => code == "invalid-credentials"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Guesses_from_everywhere_stop_all_addresses_but_those_where_the_owner_was(bool isAccount)
    {
        await using var app = await TestApp.StartDemoAsync();
        var email = isAccount ? Donor : Nobody;
        await app.SignInAsync("donor");
        for (var attempt = 0; attempt < SignInGuard.MaxFailures; attempt++)
        {
            using var guesser = app.Client(null, $"127.0.1.{attempt + 1}");
            Assert.Equal("invalid-credentials", await guesser.Login(email, "wrong").CodeAsync());
        }

        var stranger = await app.Client(null, "127.0.2.1").Login(email, DemoAccounts.Password).ProblemAsync();
        using var owner = await app.Anonymous.Login(email, DemoAccounts.Password);

        Assert.Equal("too-many-attempts", stranger.Code);
        Assert.Equal(isAccount ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, owner.StatusCode);
    }

    [Fact]
    public async Task A_signed_in_thief_cannot_guess_the_password_either()
    {
        await using var app = await TestApp.StartDemoAsync();
        var donor = await app.SignInAsync("donor");
        var body = new { newPassword = "Battery-Staple-8", oldPassword = "wrong" };
        for (var attempt = 0; attempt < 5; attempt++)
            await donor.SendAsync(HttpMethod.Post, "/api/account/manage/info", body).ProblemAsync();

        var problem = await donor.SendAsync(
            HttpMethod.Post, "/api/account/manage/info", body with { oldPassword = DemoAccounts.Password }).ProblemAsync();

        Assert.Equal("too-many-attempts", problem.Code);
    }

    [Fact]
    public void What_is_remembered_of_attempts_has_a_limit_and_the_newest_stay()
    {
        var time = new FakeTimeProvider();
        var attempts = new Attempts(1, TimeSpan.FromMinutes(1), 100, time);
        var keys = Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid()).ToList();
        foreach (var key in keys)
        {
            Assert.Null(attempts.Take(key));
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.InRange(attempts.Count, 1, 100);
        }

        Assert.NotNull(attempts.Take(keys[^1]));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(attempts.Take(keys[^1]));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    public void A_client_is_an_IPv4_address_or_the_network_of_an_IPv6_one(string one, string other, bool isSame) =>
        Assert.Equal(isSame, ClientAddress.Of(IPAddress.Parse(one)) == ClientAddress.Of(IPAddress.Parse(other)));
}
