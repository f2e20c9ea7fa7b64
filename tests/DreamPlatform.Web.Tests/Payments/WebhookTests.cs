using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Payments;

public sealed class WebhookTests
{
    private const string Secret = "a secret of these tests";

    [Fact]
    public async Task A_webhook_that_comes_twice_counts_once()
    {
        await using var platform = await Platform.Start();
        var (wish, pledge) = await Pledge(platform, 5_000);

        await Deliver(platform, Notice(pledge, 5_000));
        await Deliver(platform, Notice(pledge, 5_000));

        Assert.Equal(5_000, (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Number("paidMinor"));
        Assert.Equal("Paid", (await platform.Donor.Get($"/api/pledges/{pledge}")).Text("status"));
        await platform.App.Anonymous.Get("/api/ledger/accounts/suspense/transfers", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_forged_an_old_and_a_changed_webhook_are_refused()
    {
        await using var platform = await Platform.Start();
        var (wish, pledge) = await Pledge(platform, 5_000);
        var notice = Notice(pledge, 5_000);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

        await Deliver(platform, notice, HttpStatusCode.Unauthorized, Sign(notice, now, "another secret of somebody"));
        await Deliver(platform, notice, HttpStatusCode.Unauthorized, Sign(notice, now.AddSeconds(-301)));
        await Deliver(platform, notice, HttpStatusCode.Unauthorized, Sign(notice, now.AddSeconds(301)));
        await Deliver(platform, Notice(pledge, 4_999), HttpStatusCode.Unauthorized, Sign(notice, now));
        await Deliver(platform, notice, HttpStatusCode.Unauthorized, "");
        await Deliver(platform, "[]", HttpStatusCode.Unauthorized, Sign("[]", now));

        Assert.Equal(0, (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Number("paidMinor"));
    }

    [Fact]
    public async Task A_failed_attempt_and_then_a_paid_one_pay_the_pledge_in_either_order()
    {
        await using var platform = await Platform.Start();
        var (_, first) = await Pledge(platform, 5_000);
        var (_, second) = await Pledge(platform, 5_000);

        await Deliver(platform, Notice(first, 5_000, "failed"));
        await Deliver(platform, Notice(first, 5_000));
        await Deliver(platform, Notice(second, 5_000));
        await Deliver(platform, Notice(second, 5_000, "failed"));

        Assert.Equal("Paid", (await platform.Donor.Get($"/api/pledges/{first}")).Text("status"));
        Assert.Equal("Paid", (await platform.Donor.Get($"/api/pledges/{second}")).Text("status"));
    }

    [Fact]
    public async Task Money_that_fits_no_open_pledge_lands_in_suspense()
    {
        await using var platform = await Platform.Start();
        var (_, wrongAmount) = await Pledge(platform, 5_000);
        var (_, cancelled) = await Pledge(platform, 6_000);
        var (wish, twice) = await Pledge(platform, 7_000);
        await platform.Donor.Post($"/api/pledges/{cancelled}/cancel");

        await Deliver(platform, Notice(wrongAmount, 4_000));
        await Deliver(platform, Notice(cancelled, 6_000));
        await Deliver(platform, Notice(twice, 7_000));
        await Deliver(platform, Notice(twice, 7_000, paymentId: "paid-again"));
        await Deliver(platform, Notice(Guid.CreateVersion7(), 9_000));

        var suspense = (await platform.App.Anonymous.Get("/api/ledger/accounts/suspense/transfers")).Items();
        Assert.Equal([4_000, 6_000, 7_000, 9_000], suspense.Select(transfer => transfer.Number("amountMinor")).Order());
        Assert.Equal(7_000, (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Number("paidMinor"));
        Assert.True((await platform.App.Anonymous.Get("/api/ledger/trial-balance")).GetProperty("balanced").GetBoolean());
    }

    private static async Task<(Guid Wish, Guid Pledge)> Pledge(Platform platform, long amountMinor)
    {
        var wish = await platform.FundingWish();
        var pledge = await platform.Donor.Post($"/api/wishes/{wish}/pledges", new { amountMinor }, HttpStatusCode.Created);
        return (wish, pledge.Id());
    }

    private static string Notice(Guid pledge, long amountMinor, string result = "paid", string? paymentId = null) =>
        JsonSerializer.Serialize(new { paymentId = paymentId ?? $"payment-{pledge}", pledgeId = pledge, result, amountMinor });

    private static string Sign(string body, DateTimeOffset at, string secret = Secret)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }

    private static async Task Deliver(
        Platform platform, string body, HttpStatusCode expected = HttpStatusCode.OK, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/payments/webhook/sandbox")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Sandbox-Signature", signature ?? Sign(body, TimeProvider.System.GetUtcNow()));
        using var answer = await platform.App.Anonymous.SendAsync(request);
        await answer.Expect(expected);
    }
}
