using System.Net;
using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Tests.Files;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Whatever people write, it is text: on every kind of page, and narrow enough for a phone.</summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    private const string Script = "<script>evil=1</script>\"'><img src=x onerror=evil=1>";

    /// <summary>As much as a title may have: markup, a scheme, emoji, signs that turn the direction, and no place to break.</summary>
    private const string Short = Script + "javascript:evil=1 👩‍👩‍👧‍👦\u200f\u061c שלום {0}@T[]WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";

    private static readonly string[] Steps =
        ["project", "need", "story", "items", "items/1", "person", "photo", "check"];

    private static readonly string Long = $"{Short}\n{new string('W', 300)}\nhttps://example.org/{new string('a', 200)}";

    /// <summary>A browser and an app of its own: its projects are none that other tests may come upon.</summary>
    private readonly Chromium chromium = new();

    public ValueTask InitializeAsync() => chromium.InitializeAsync();

    public ValueTask DisposeAsync() => chromium.DisposeAsync();

    [Fact]
    public async Task No_text_that_people_write_runs_breaks_the_policy_or_makes_a_page_wider_than_a_phone()
    {
        Chromium.Require();
        var pages = await PlantAsync();
        foreach (var byPerson in pages.GroupBy(page => page.As))
        {
            await using var guest = await chromium.VisitAsync(new() { As = byPerson.Key, Width = 360 });
            foreach (var (path, _, isPlanted) in byPerson)
            {
                var answer = await guest.OpenAsync(path);

                Assert.True(answer!.Status < 500, $"{path}: {answer.Status}");
                if (isPlanted) Assert.True((await guest.Page.InnerTextAsync("body")).Contains("javascript:evil=1", StringComparison.Ordinal), path);
                Assert.False(await guest.Page.EvaluateAsync<bool>("'evil' in window"), path);
                Assert.Equal(0, await guest.Page.Locator("main script, main img[onerror], [href^='javascript:']").CountAsync());
                var width = await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                Assert.True(width <= 360, $"{path} as {byPerson.Key ?? "nobody"} is {width} wide.");
                Assert.True(guest.Complaints.Count == 0, $"{path}: {string.Join('\n', guest.Complaints)}");
            }
        }
    }

    /// <summary>Has everybody write it everywhere; answers where it must be looked at.</summary>
    private async Task<IReadOnlyList<(string Path, string? As, bool IsPlanted)>> PlantAsync()
    {
        var app = chromium.App;
        using var administrator = await app.SignInAsync("foundation");
        using var finance = await app.SignInAsync("finance");
        using var donor = await app.SignInAsync("donor");
        using var applicant = await app.SignInAsync("applicant");
        using var @operator = await app.SignInAsync("operator");
        var project = (await administrator.Post("/api/projects", new
        {
            name = Short[..100],
            sponsorName = Short[..100],
            description = Long,
            categories = Array.Empty<string>(),
            regions = Array.Empty<string>(),
            startsOn = "2020-01-01",
            endsOn = "2099-12-31",
            perWishCapMinor = 100_000,
            approvalThresholdMinor = 100_000,
        }, HttpStatusCode.Created)).Id();
        await administrator.Post($"/api/projects/{project}/open");
        await finance.Post($"/api/projects/{project}/deposits", new { amountMinor = 50_000, reference = Short }, HttpStatusCode.Created);
        await @operator.Post("/api/foundations", new { name = Short[..100], registrationCode = "HOSTILE-1" }, HttpStatusCode.Created);
        await donor.SendAsync(HttpMethod.Put, "/api/me/profile", new { name = Short[..100] }).JsonAsync();
        await donor.SendAsync(HttpMethod.Put, "/api/me/display-name", new { displayName = "<b>evil=1</b>WWWWWWWWWWWWWWWWWWWW" });

        var draft = await DraftAsync(applicant, project);
        var claimed = await UntilAsync(app, await DraftAsync(applicant, project), "claim");
        var recommended = await UntilAsync(app, await DraftAsync(applicant, project), "recommend");
        var approved = await UntilAsync(app, await DraftAsync(applicant, project), "approve");
        var rejected = await UntilAsync(app, await DraftAsync(applicant, project), "reject");
        var wish = await UntilAsync(app, await DraftAsync(applicant, project), "accept");
        var pledge = (await donor.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 20_000, message = Short, anonymous = false },
            HttpStatusCode.Created)).Id();
        await donor.Post($"/api/payments/sandbox/{pledge}", new { result = "paid" });
        var item = (await app.Anonymous.Get($"/api/wishes/{wish}")).Items()[0].Id();
        await finance.Post($"/api/wishes/{wish}/items/{item}/order", new { payee = Short, amountMinor = 20_000 });
        await finance.Post($"/api/wishes/{wish}/items/{item}/deliver", new { actualAmountMinor = 19_000, evidence = Long });
        var q = Uri.EscapeDataString("\"><script>evil=1</script>javascript:evil=1");
        return
        [
            ("/", null, false), ("/wishes", null, true), ($"/wishes?q={q}&category={q}", null, false),
            ($"/wishes?sort={q}", null, false), ($"/wishes/{wish}", null, true), ($"/wishes/{wish}/give", null, true),
            ("/projects", null, true), ($"/projects/{project}", null, true), ($"/projects/{project}/give", null, true),
            ($"/sign-in?back={q}", null, false), ("/sign-in?back=javascript:evil=1", null, false),
            ($"/register?back={q}", null, false), ($"/reset-password?email={q}&code={q}", null, false),
            ($"/{q}", null, false), ($"/pay/{pledge}", null, false),
            ("/me/giving", "donor", true), ($"/me/giving/{pledge}", "donor", true), ("/me/profile", "donor", false),
            ($"/projects/{project}/give/check?amount=5000&message={q}", "donor", true),
            .. Steps
                .Select(step => ($"/apply/{draft}/{step}", (string?)"applicant", step is "check" or "items")),
            ("/me/wishes", "applicant", true), ("/me/data", "applicant", false),
            ($"/me/wishes/{wish}", "applicant", true), ($"/me/wishes/{approved}", "applicant", true),
            ($"/me/wishes/{approved}/accept", "applicant", true), ($"/me/wishes/{rejected}", "applicant", true),
            ("/reviews?queue=mine", "reviewer", false), ($"/reviews/{claimed}", "reviewer", true),
            ($"/reviews/{recommended}", "reviewer", true), ($"/reviews/{rejected}", "reviewer", true),
            ($"/reviews/{recommended}", "approver", true), ($"/manage/projects/{project}/grant", "approver", false),
            ("/finance", "finance", false), ($"/finance/{wish}/{item}", "finance", true),
            ($"/manage/projects/{project}/deposit", "finance", false),
            ("/manage/projects", "foundation", true), ($"/manage/projects/{project}", "foundation", true),
            ($"/manage/projects/{project}/edit", "foundation", false), ("/manage/people", "foundation", false),
            ("/operate/foundations", "operator", true), ("/me/projects", "sponsor", false),
        ];
    }

    private static async Task<Guid> DraftAsync(HttpClient applicant, Guid project)
    {
        var file = (await applicant.SendFile(Planted.Clean("image/png")).JsonAsync(201)).Id();
        return (await applicant.Post("/api/wishes", new
        {
            projectId = project,
            title = Short,
            story = Long,
            category = "housing",
            region = "sichuan",
            items = new[] { new { name = Short[..100], quantity = 1, amountMinor = 20_000 } },
            applicant = new { name = Short[..100], phone = Short[..40], idNumber = Short[..40], address = Short },
            evidence = new { fileIds = new[] { file }, statement = Long },
        }, HttpStatusCode.Created)).Id();
    }

    /// <summary>Takes a draft as far as an act of the review, with the same words everywhere.</summary>
    private static async Task<Guid> UntilAsync(TestApp app, Guid wish, string last)
    {
        using var applicant = await app.SignInAsync("applicant");
        using var reviewer = await app.SignInAsync("reviewer");
        using var approver = await app.SignInAsync("approver");
        await applicant.Post($"/api/wishes/{wish}/submit");
        await reviewer.Post($"/api/wishes/{wish}/claim");
        await reviewer.Post($"/api/reviews/{wish}/reveal", new { reason = Short });
        if (last == "claim") return wish;
        if (last == "reject")
        {
            await reviewer.Post($"/api/wishes/{wish}/reject", new { reasonCode = "other", explanation = Long });
            return wish;
        }

        await reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings = Long,
            checks = new[] { new { claim = Long[..300], result = Short, evidence = Long } },
            publicText = new { title = Short, story = Long },
        });
        if (last == "recommend") return wish;
        await approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
        if (last == "accept") await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        return wish;
    }
}
