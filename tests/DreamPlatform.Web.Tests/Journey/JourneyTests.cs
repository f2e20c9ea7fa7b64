using System.Net;
using System.Net.Http.Json;

namespace DreamPlatform.Web.Tests.Journey;

public sealed class JourneyTests
{
    [Fact]
    public async Task A_wish_goes_from_draft_to_fulfilled_over_http_alone()
    {
        await using var platform = await Platform.Start();
        var wish = await platform.FundingWish();

        await platform.Donor.Put("/api/me/display-name", new { displayName = "Mei" });
        await Platform.Give(platform.Donor, wish, 5_000);
        await Platform.Give(platform.Donor2, wish, 7_000);
        await platform.Approver.Post(
            $"/api/projects/{platform.Project}/grants", new { wishId = wish, amountMinor = 8_000 }, HttpStatusCode.Created);
        var funded = await platform.App.Anonymous.Get($"/api/wishes/{wish}");
        var item = funded.Items()[0].Id();
        await platform.Finance.Post($"/api/wishes/{wish}/items/{item}/order", new { payee = "Bedding Store", amountMinor = 19_000 });
        await platform.Finance.Post(
            $"/api/wishes/{wish}/items/{item}/deliver", new { actualAmountMinor = 18_500, evidence = "Delivery note 17" });
        await platform.Applicant.Post($"/api/wishes/{wish}/confirm-receipt", new { itemId = item });

        Assert.Equal("Funded", funded.Text("status"));
        Assert.Equal((20_000, 20_000, 2), (funded.Number("goalMinor"), funded.Number("paidMinor"), funded.Number("pledgeCount")));
        var done = await platform.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal("Fulfilled", done.Text("status"));
        Assert.Equal(18_500, done.Number("disbursedMinor"));
        Assert.Equal("Winter without heating.", done.Text("story"));
        var timeline = (await platform.App.Anonymous.Get($"/api/wishes/{wish}/timeline")).Items().Select(entry => entry.Text("what"));
        Assert.Equal(
            [
                "wish-drafted", "wish-draft-edited", "wish-submitted", "wish-claimed", "wish-recommended", "wish-approval-given",
                "wish-approved", "wish-accepted", "wish-funded", "item-ordered", "item-delivered", "wish-delivered",
                "item-confirmed", "wish-fulfilled",
            ], timeline);
        var own = (await platform.Applicant.Get($"/api/me/wishes/{wish}")).GetProperty("application");
        Assert.Equal(("Confirmed", 18_500), (own.Items()[0].Text("status"), own.Items()[0].Number("actualAmountMinor")));
        var money = (await platform.App.Anonymous.Get($"/api/wishes/{wish}/money")).Items();
        Assert.Equal(8, money.Count);
        Assert.Contains(money, transfer => transfer.GetProperty("donorName").GetString() == "Mei");
        Assert.True((await platform.App.Anonymous.Get("/api/ledger/trial-balance")).GetProperty("balanced").GetBoolean());
        var project = await platform.App.Anonymous.Get($"/api/projects/{platform.Project}");
        Assert.Equal(1_000_000 - 8_000 + 1_500, project.Number("availableMinor"));
    }

    [Fact]
    public async Task A_draft_may_be_incomplete_and_submitting_it_lists_what_is_missing()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft(new { projectId = platform.Project, title = "Only a title" })).Id();

        var refused = await platform.Applicant.Post($"/api/wishes/{wish}/submit", null, HttpStatusCode.Conflict);

        Assert.Equal("wish-incomplete", refused.Text("code"));
        Assert.Equal(
            ["story", "category", "region", "items", "applicant.name", "applicant.phone"],
            refused.GetProperty("missing").EnumerateArray().Select(field => field.GetString()));
    }

    [Fact]
    public async Task A_rejected_applicant_reads_why()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");

        await platform.Reviewer.Post(
            $"/api/wishes/{wish}/reject", new { reasonCode = "outside-programme", explanation = "Only for winter needs." });

        var rejection = (await platform.Applicant.Get($"/api/me/wishes/{wish}")).GetProperty("rejection");
        Assert.Equal("outside-programme", rejection.Text("reasonCode"));
        Assert.Equal("Only for winter needs.", rejection.Text("explanation"));
    }

    [Fact]
    public async Task An_edit_of_a_version_that_is_no_longer_the_newest_is_refused()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        using var read = await platform.Applicant.GetAsync(new Uri($"/api/me/wishes/{wish}", UriKind.Relative));
        var body = new { projectId = platform.Project, title = "Two blankets" };

        using var first = await platform.Applicant.SendPut($"/api/wishes/{wish}", body, read.Headers.ETag!.Tag);
        using var second = await platform.Applicant.SendPut($"/api/wishes/{wish}", body, read.Headers.ETag.Tag);

        await first.Expect(HttpStatusCode.OK);
        Assert.Equal("version-stale", (await second.Expect(HttpStatusCode.PreconditionFailed)).Text("code"));
        Assert.NotEqual(read.Headers.ETag, first.Headers.ETag);
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_gets_the_first_answer_again()
    {
        await using var platform = await Platform.Start();
        var wish = await platform.FundingWish();
        var key = Guid.CreateVersion7();
        var path = $"/api/wishes/{wish}/pledges";

        var first = await platform.Donor.Post(path, new { amountMinor = 20_000 }, HttpStatusCode.Created, key);
        await platform.Donor.Post($"/api/payments/sandbox/{first.Id()}", new { result = "paid" });
        var again = await platform.Donor.Post(path, new { amountMinor = 20_000 }, HttpStatusCode.Created, key);
        var other = await platform.Donor.Post(path, new { amountMinor = 1 }, HttpStatusCode.UnprocessableEntity, key);
        var others = await platform.Donor2.Post(path, new { amountMinor = 20_000 }, HttpStatusCode.Conflict, key);

        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal("idempotency-key-reused", other.Text("code"));
        Assert.Equal("wish-not-open-for-pledges", others.Text("code"));
        Assert.Equal(1, (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Number("pledgeCount"));
    }

    [Fact]
    public async Task A_draft_sent_twice_under_one_key_is_one_wish()
    {
        await using var platform = await Platform.Start();
        var key = Guid.CreateVersion7();
        var body = new { projectId = platform.Project, title = "A stove" };

        var first = await platform.Applicant.Post("/api/wishes", body, HttpStatusCode.Created, key);
        var again = await platform.Applicant.Post("/api/wishes", body, HttpStatusCode.Created, key);

        Assert.Equal(first.ToString(), again.ToString());
        Assert.Single((await platform.Applicant.Get("/api/me/wishes")).Items());
    }

    [Fact]
    public async Task Staff_of_another_foundation_cannot_tell_that_a_case_exists()
    {
        await using var platform = await Platform.Start();
        var other = (await platform.Operator.Post(
            "/api/foundations", new { name = "Other", registrationCode = "T-2" }, HttpStatusCode.Created)).Id();
        var stranger = await platform.Person("stranger", "reviewer", other);
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");

        var claim = await stranger.Post($"/api/wishes/{wish}/claim", null, HttpStatusCode.NotFound);

        Assert.Equal("not-found", claim.Text("code"));
        Assert.Empty((await stranger.Get("/api/reviews")).Items());
        await stranger.Get($"/api/reviews/{wish}", HttpStatusCode.NotFound);
        Assert.Single((await platform.Reviewer.Get("/api/reviews")).Items());
    }

    [Fact]
    public async Task The_wall_pages_through_all_published_wishes_in_each_order()
    {
        await using var platform = await Platform.Start();
        var wishes = new HashSet<Guid>();
        for (var i = 0; i < 5; i++) wishes.Add(await platform.FundingWish());

        foreach (var sort in (string[])["newest", "closing", "progress"])
        {
            var seen = new List<Guid>();
            string? after = null;
            do
            {
                var page = await platform.App.Anonymous.Get($"/api/wishes?limit=2&sort={sort}" + (after is null ? "" : $"&after={after}"));
                seen.AddRange(page.Items().Select(wish => wish.Id()));
                after = page.GetProperty("next").GetString();
            }
            while (after is not null);

            Assert.Equal(5, seen.Count);
            Assert.Equal(wishes, [.. seen]);
        }
    }

    [Fact]
    public async Task A_stop_and_a_start_find_everything_as_it_was_left()
    {
        using var folder = new TemporaryFolder();
        Guid wish;
        string before;
        await using (var platform = await Platform.Start(Platform.Options(folder.Path)))
        {
            wish = await platform.FundingWish();
            await Platform.Give(platform.Donor, wish, 5_000);
            before = (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).ToString();
        }

        await using var again = await TestApp.StartAsync(Platform.Options(folder.Path));

        Assert.Equal(before, (await again.Anonymous.Get($"/api/wishes/{wish}")).ToString());
    }
}

internal static class Puts
{
    public static async Task<HttpResponseMessage> SendPut(this HttpClient client, string path, object body, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await client.SendAsync(request);
    }

    public static async Task Put(this HttpClient client, string path, object body)
    {
        using var answer = await client.SendPut(path, body);
        await answer.Expect(HttpStatusCode.OK);
    }
}
