using System.Net;
using System.Net.Http.Json;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Tests.Accounts;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static DreamPlatform.Web.Tests.Privacy.Remains;

namespace DreamPlatform.Web.Tests.Privacy;

/// <summary>Whoever asks to be erased is gone from every store; the books stay whole.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task Nothing_is_left_of_an_applicant_but_the_books()
    {
        using var folder = new TemporaryFolder();
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var (wish, item) = await Fulfilled(platform);
        await platform.Draft(Application(platform));
        Assert.Contains(Planted, value => Everywhere(folder).Contains(value, StringComparison.Ordinal));

        var answer = await platform.Applicant.Post("/api/me/erase", new { confirm = true });

        Assert.True(answer.GetProperty("done").GetBoolean());
        Assert.NotEmpty(answer.GetProperty("kept").EnumerateArray());
        var left = Everywhere(folder);
        Assert.All(Planted, value => Assert.DoesNotContain(value, left, StringComparison.Ordinal));
        await platform.Applicant.Get("/api/me", HttpStatusCode.Unauthorized);
        var shown = await platform.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal("Fulfilled", shown.Text("status"));
        Assert.DoesNotContain("PLANTED", shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "PLANTED", (await platform.Reviewer.Get($"/api/reviews/{wish}")).ToString(), StringComparison.Ordinal);
        var receipts = await platform.Finance.Get($"/api/wishes/{wish}/items/{item}/receipts");
        Assert.Equal(["PLANTED-payee", "PLANTED-delivery"], receipts.Items().Select(entry => entry.Text("text")));
        Assert.True((await platform.App.Anonymous.Get("/api/ledger/trial-balance")).GetProperty("balanced").GetBoolean());
        AssertSound(platform);
    }

    [Fact]
    public async Task A_backup_from_before_opens_nothing_of_whom_was_erased_and_nothing_at_all_without_the_keys()
    {
        using var folder = new TemporaryFolder();
        using var backup = new TemporaryFolder();
        Guid wish;
        await using (var platform = await Platform.Start(Platform.Options(folder.Path)))
            (wish, _) = await Fulfilled(platform);
        Copy(folder.Path, backup.Path);
        await using (var app = await TestApp.StartAsync(Platform.Options(folder.Path)))
        {
            Assert.NotNull((await Look(app, wish)).Part.Application);
            using var applicant = await app.SignInAsync("applicant@people.example", Platform.Password);
            await applicant.Post("/api/me/erase", new { confirm = true });
        }

        Copy(backup.Path, folder.Path);
        await using (var restored = await TestApp.StartAsync(Platform.Options(folder.Path)))
            await AssertUnreadable(restored, wish);

        // A pooled connection would go on to read the deleted file.
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Keys, recursive: true);
        await using var withoutKeys = await TestApp.StartAsync(Platform.Options(folder.Path));
        await AssertUnreadable(withoutKeys, wish);
    }

    [Fact]
    public async Task Of_a_donor_amounts_and_times_are_left()
    {
        using var folder = new TemporaryFolder();
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var wish = await platform.FundingWish();
        await platform.Donor.PutAsJsonAsync("/api/me/display-name", new { displayName = "PLANTED-donor" });
        var paid = (await platform.Donor.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 5_000, message = "PLANTED-message" }, HttpStatusCode.Created)).Id();
        await platform.Donor.Post($"/api/payments/sandbox/{paid}", new { result = "paid" });
        await platform.Donor.Post($"/api/wishes/{wish}/pledges", new { amountMinor = 700 }, HttpStatusCode.Created);

        await platform.Donor.Post("/api/me/erase", new { confirm = true });

        var left = Everywhere(folder);
        Assert.DoesNotContain("PLANTED-donor", left, StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED-message", left, StringComparison.Ordinal);
        Assert.DoesNotContain("donor@people.example", left, StringComparison.Ordinal);
        var shown = await platform.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal((5_000, 5_000), (shown.Number("pledgedMinor"), shown.Number("paidMinor")));
        AssertSound(platform);
    }

    [Theory]
    [InlineData("Draft")]
    [InlineData("Submitted")]
    [InlineData("InReview")]
    [InlineData("Funding")]
    public async Task A_wish_that_is_not_decided_is_withdrawn_and_one_that_collects_takes_no_more(string status)
    {
        await using var platform = await Platform.Start();
        var wish = status == "Funding" ? await platform.FundingWish() : (await platform.Draft()).Id();
        if (status is "Submitted" or "InReview") await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        if (status == "InReview") await platform.Reviewer.Post($"/api/wishes/{wish}/claim");

        await platform.Applicant.Post("/api/me/erase", new { confirm = true });

        var wishes = platform.App.Services.GetRequiredService<Storage.Queries.WishQueries>();
        var state = (await wishes.Find(wish))!.Wish;
        Assert.Equal((status == "Funding" ? "Funding" : "Withdrawn", true), (Names.Of(state.Status), state.IsApplicantErased));
        if (status == "Funding")
            await platform.Donor.Post($"/api/wishes/{wish}/pledges", new { amountMinor = 5 }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_reviewers_cases_go_back_to_the_queue_and_the_last_operator_stays()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");

        await platform.Reviewer.Post("/api/me/erase", new { confirm = true });
        var refused = await platform.Operator.Post("/api/me/erase", new { confirm = true }, HttpStatusCode.Conflict);

        Assert.Equal("last-operator", refused.Text("code"));
        using var other = await platform.Person("reviewer2", "reviewer");
        await other.Post($"/api/wishes/{wish}/claim");
    }

    [Fact]
    public async Task A_reviewers_cases_go_back_to_the_queue_even_when_the_role_was_taken_before()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        using (var taken = await platform.Operator.SendAsync(
            HttpMethod.Delete, "/api/accounts/reviewer@people.example/roles",
            new { role = "reviewer", foundationId = platform.Foundation }))
            await taken.Expect(HttpStatusCode.OK);

        var answer = await platform.Reviewer.Post("/api/me/erase", new { confirm = true });

        Assert.True(answer.GetProperty("done").GetBoolean());
        using var second = await platform.Person("reviewer2", "reviewer");
        await second.Post($"/api/wishes/{wish}/claim");
        // And once more: what was done for the first is not taken for done for the second.
        await second.Post("/api/me/erase", new { confirm = true });
        using var third = await platform.Person("reviewer3", "reviewer");
        await third.Post($"/api/wishes/{wish}/claim");
        await platform.Approver.Post($"/api/wishes/{wish}/release", expected: HttpStatusCode.Forbidden);
        await platform.Administrator.Post($"/api/wishes/{wish}/release");
        Assert.Equal("Submitted", (await platform.Applicant.Get($"/api/me/wishes/{wish}")).Text("status"));
    }

    [Fact]
    public async Task Of_two_operators_who_erase_themselves_at_once_one_stays()
    {
        await using var platform = await Platform.Start();
        await platform.App.RegisterAsync("second@operator.example", Platform.Password);
        await platform.Operator.Post("/api/accounts/second@operator.example/roles", new { role = "operator" });
        using var second = await platform.App.SignInAsync("second@operator.example", Platform.Password);
        await SecondFactor.EnableAsync(second);

        var answers = await Task.WhenAll(((HttpClient[])[platform.Operator, second])
            .Select(client => client.SendPost("/api/me/erase", new { confirm = true })));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task Nobody_is_erased_who_does_not_confirm_it()
    {
        await using var platform = await Platform.Start();

        await platform.Donor.Post("/api/me/erase", new { confirm = false }, HttpStatusCode.BadRequest);

        await platform.Donor.Get("/api/me");
    }

    [Fact]
    public async Task What_was_published_is_gone_the_moment_consent_is_revoked()
    {
        using var folder = new TemporaryFolder();
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var (wish, _) = await Fulfilled(platform);
        Assert.Equal("PLANTED-public-title", (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Text("title"));

        await platform.Donor.Post($"/api/wishes/{wish}/revoke-consent", expected: HttpStatusCode.NotFound);
        await platform.Applicant.Post($"/api/wishes/{wish}/revoke-consent");

        Assert.DoesNotContain(
            "PLANTED", (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED", (await platform.App.Anonymous.Get("/api/wishes")).ToString(), StringComparison.Ordinal);
        AssertSound(platform);
    }
}
