using System.Net;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Pledges;

public sealed class GivingTests
{
    [Fact]
    public async Task A_donor_follows_a_pledge_from_the_promise_to_the_delivered_item()
    {
        await using var platform = await Platform.Start();
        var wish = await platform.FundingWish();
        var pledge = (await platform.Donor.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 5_000 }, HttpStatusCode.Created)).Id();
        async Task<System.Text.Json.JsonElement> Where() =>
            (await platform.Donor.Get($"/api/pledges/{pledge}")).GetProperty("where");
        Assert.Equal("not-paid", (await Where()).Text("place"));

        await platform.Donor.Post($"/api/payments/sandbox/{pledge}", new { result = "paid" });
        var waiting = Assert.Single((await Where()).Items());
        Assert.Equal(("Blanket", 5_000L, "Planned"), (waiting.Text("name"), waiting.Number("waitingMinor"), waiting.Text("status")));

        await Platform.Give(platform.Donor2, wish, 15_000);
        var item = waiting.GetProperty("itemId").GetGuid();
        await platform.Finance.Post($"/api/wishes/{wish}/items/{item}/order", new { payee = "Shop", amountMinor = 20_000 });
        await platform.Finance.Post(
            $"/api/wishes/{wish}/items/{item}/deliver", new { actualAmountMinor = 19_999, evidence = "Signed" });
        var where = await Where();
        var delivered = Assert.Single(where.Items());
        Assert.Equal(("wish", "A warm blanket"), (where.Text("place"), where.Text("targetTitle")));
        Assert.Equal(
            (5_000L, 5_000L, 0L, true),
            (delivered.Number("amountMinor"), delivered.Number("paidMinor"), delivered.Number("leftOverMinor"),
                delivered.GetProperty("hasProof").GetBoolean()));
        Assert.NotEqual(default, delivered.GetProperty("deliveredAt").GetDateTimeOffset());
        Assert.Equal(19_999L, delivered.Number("actualAmountMinor"));

        var listed = Assert.Single((await platform.Donor.Get("/api/me/pledges")).Items());
        Assert.Equal(where.GetRawText(), listed.GetProperty("where").GetRawText());
        var giving = await platform.Donor.Get("/api/me/giving");
        Assert.Equal(
            (5_000L, 0L, 0L),
            (giving.Number("arrivedMinor"), giving.Number("orderedMinor"), giving.Number("waitingMinor")));
        var year = Assert.Single(giving.GetProperty("years").EnumerateArray());
        Assert.Equal((5_000L, 1L), (year.Number("givenMinor"), year.Number("payments")));
        await platform.Donor2.Get($"/api/pledges/{pledge}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_sponsor_sees_the_budgets_of_their_foundation_and_nobody_else_does()
    {
        await using var platform = await Platform.Start();
        await platform.FundingWish();
        var sponsor = await platform.Person("sponsor", "sponsor");

        var project = Assert.Single((await sponsor.Get("/api/me/projects")).Items());

        Assert.Equal(
            (platform.Project, 1_000_000L, 1_000_000L, 1L),
            (project.Id(), project.Number("depositedMinor"), project.Number("availableMinor"), project.Number("wishesFunding")));
        Assert.Empty((await platform.Donor.Get("/api/me/projects")).Items());
        Assert.Empty((await platform.Finance.Get("/api/me/projects")).Items());
        await platform.App.Anonymous.Get("/api/me/projects", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_reviewer_counts_the_queues()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        var open = await platform.Reviewer.Get("/api/reviews/counts");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        var mine = await platform.Reviewer.Get("/api/reviews/counts");

        Assert.Equal((1L, 0L, 0L), (open.Number("open"), open.Number("mine"), open.Number("overdue")));
        Assert.Equal((0L, 1L, 0L), (mine.Number("open"), mine.Number("mine"), mine.Number("overdue")));
        Assert.Equal(open.GetProperty("nextDueAt").GetRawText(), mine.GetProperty("nextDueAt").GetRawText());
        Assert.Empty((await platform.Reviewer.Get("/api/reviews?queue=mine&category=health")).Items());
        Assert.Single((await platform.Reviewer.Get("/api/reviews?queue=mine&category=housing&region=sichuan")).Items());
    }
}
