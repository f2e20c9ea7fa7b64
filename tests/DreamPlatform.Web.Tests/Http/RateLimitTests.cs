using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using DreamPlatform.Web.Operating;
using DreamPlatform.Web.Tests.Accounts;

namespace DreamPlatform.Web.Tests.Http;

public sealed class RateLimitTests
{
    [Fact]
    public async Task One_account_waits_and_another_does_not()
    {
        await using var app = await Limited("AccountBurst", 3, ("AccountPerMinute", 60));
        var (donor, other) = (await app.SignInAsync("donor"), await app.SignInAsync("donor2"));

        var refused = await Until429(() => donor.GetAsync("/api/me"));

        Assert.Equal(3, refused.Served);
        Assert.Equal(1, refused.Answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal("too-many-requests", await Task.FromResult(refused.Answer).CodeAsync());
        await other.GetAsync("/api/me").JsonAsync();
    }

    [Fact]
    public async Task The_wait_that_is_told_is_long_enough()
    {
        await using var app = await Limited("AccountBurst", 2, ("AccountPerMinute", 60));
        var donor = await app.SignInAsync("donor");
        var (_, answer) = await Until429(() => donor.GetAsync("/api/me"));
        var clock = Stopwatch.StartNew();

        await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value + TimeSpan.FromMilliseconds(300), TimeProvider.System);

        await donor.GetAsync("/api/me").JsonAsync();
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 10);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_counted_by_address_and_health_is_answered_always()
    {
        await using var app = await Limited("AnonymousPerMinute", 5);

        var refused = await Until429(() => app.Anonymous.GetAsync("/api/wishes"));

        Assert.Equal(5, refused.Served);
        Assert.Equal(429, (int)(await app.Anonymous.GetAsync("/docs/")).StatusCode);
        await app.Client(null, "127.0.0.2").GetAsync("/api/wishes").JsonAsync();
        for (var i = 0; i < 20; i++) await app.Anonymous.GetAsync("/health/live").JsonAsync();
    }

    [Fact]
    public async Task A_token_that_is_no_good_is_counted_by_address()
    {
        await using var app = await Limited("AnonymousPerMinute", 5);
        var nobody = app.Client("garbage");

        Assert.Equal(5, (await Until429(() => nobody.GetAsync("/api/me"))).Served);
    }

    [Fact]
    public async Task Routes_that_check_passwords_have_a_lower_limit_by_address()
    {
        await using var app = await Limited("CredentialsPerMinute", 3);
        var attempt = 0;

        var refused = await Until429(() => app.Anonymous.Login($"{attempt++}@example.org", "wrong"));

        Assert.Equal(3, refused.Served);
        using var elsewhere = app.Client(null, "127.0.0.2");
        Assert.Equal("invalid-credentials", await elsewhere.Login("x@example.org", "wrong").CodeAsync());
        await app.Anonymous.GetAsync("/api/wishes").JsonAsync();
    }

    [Fact]
    public async Task Payment_providers_have_a_limit_of_their_own()
    {
        await using var app = await Limited("AnonymousPerMinute", 2, ("WebhooksPerMinute", 4));

        Task<HttpResponseMessage> Notice() => app.Anonymous.PostAsJsonAsync("/api/payments/webhook/sandbox", new { });

        Assert.Equal(4, (await Until429(Notice)).Served);
        Assert.Equal(2, (await Until429(() => app.Anonymous.GetAsync("/api/wishes"))).Served);
    }

    [Theory]
    [InlineData("RateLimits:AccountBurst", "0")]
    [InlineData("RateLimits:LettersPerAddressPerHour", "-1")]
    [InlineData("Proxies:Trusted:0", "everybody")]
    [InlineData("Proxies:Trusted:0", "10.0.0.0/99")]
    [InlineData("Site:Url", "wishes.example.org")]
    public async Task A_wrong_setting_is_refused_at_start(string setting, string value)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            TestApp.StartAsync(new() { Settings = new() { [setting] = value } }));

        Assert.Contains(setting.Split(':')[0], Server.WhatToMend(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_forwarded_is_not_believed_by_itself()
    {
        await using var app = await Limited("AnonymousPerMinute", 3);
        var i = 0;

        var refused = await Until429(() => Forwarded(app.Anonymous, $"192.0.2.{i++}"));

        Assert.Equal(3, refused.Served);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task A_trusted_proxy_says_who_asks(string trusted)
    {
        await using var app = await Limited("AnonymousPerMinute", 3, ("Proxies:Trusted:0", trusted));

        Assert.Equal(3, (await Until429(() => Forwarded(app.Anonymous, "192.0.2.1"))).Served);
        Assert.Equal(HttpStatusCode.OK, (await Forwarded(app.Anonymous, "192.0.2.2")).StatusCode);
        // What the client itself sent ahead of the proxy's word counts for nothing.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Forwarded(app.Anonymous, "192.0.2.77, 192.0.2.1")).StatusCode);
    }

    private static Task<TestApp> Limited(string limit, int value, params (string Name, object Value)[] more)
    {
        var settings = new Dictionary<string, string?> { [$"RateLimits:{limit}"] = $"{value}" };
        foreach (var (name, other) in more)
            settings[name.Contains(':', StringComparison.Ordinal) ? name : $"RateLimits:{name}"] = $"{other}";
        return TestApp.StartAsync(new() { Demo = true, Settings = settings });
    }

    private static async Task<(int Served, HttpResponseMessage Answer)> Until429(Func<Task<HttpResponseMessage>> ask)
    {
        for (var served = 0; served < 50; served++)
        {
            var answer = await ask();
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) return (served, answer);
        }

        throw new InvalidOperationException("Nothing was limited.");
    }

    private static Task<HttpResponseMessage> Forwarded(HttpClient client, string addresses)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/wishes");
        request.Headers.Add("X-Forwarded-For", addresses);
        return client.SendAsync(request);
    }
}
