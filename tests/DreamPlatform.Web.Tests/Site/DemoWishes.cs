using System.Net;
using System.Text.Json;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>More wishes of the people of the demo, by the API.</summary>
internal static class DemoWishes
{
    /// <summary>The oldest project that takes wishes: one of the demo's.</summary>
    public static async Task<Guid> ProjectAsync(TestApp app) => (await app.Anonymous.Get("/api/projects?limit=100"))
        .Items().Last(project => project.Text("status") == "Open").Id();

    /// <summary>The demo's own cancelled wish, to which much was given: the oldest, since other tests cancel some too.</summary>
    public static async Task<JsonElement> CancelledAsync(TestApp app) =>
        (await app.Anonymous.Get("/api/wishes?status=Cancelled&limit=100")).Items()[^1];

    /// <summary>A wish of 20,000 in two items that collects.</summary>
    public static async Task<Guid> FundingAsync(TestApp app) => (await FundingAsync(app, ["两床棉被"]))[0];

    /// <summary>Several of them.</summary>
    public static async Task<IReadOnlyList<Guid>> FundingAsync(TestApp app, IEnumerable<string> titles)
    {
        using var applicant = await app.SignInAsync("applicant2");
        using var reviewer = await app.SignInAsync("reviewer");
        using var approver = await app.SignInAsync("approver");
        var project = await ProjectAsync(app);
        var wishes = new List<Guid>();
        foreach (var title in titles)
        {
            var wish = await ApprovedAsync(project, title, applicant, reviewer, approver, "Spoke with the applicant.",
                [new { claim = "Lives there", result = "confirmed", evidence = "Call" }]);
            await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
            wishes.Add(wish);
        }

        return wishes;
    }

    /// <summary>The same wish, offered to its applicant.</summary>
    public static async Task<Guid> ApprovedAsync(
        Guid project, string title, HttpClient applicant, HttpClient reviewer, HttpClient approver, string findings,
        IReadOnlyList<object> checks)
    {
        var wish = (await applicant.Post("/api/wishes", new
        {
            projectId = project,
            title,
            story = "宿舍里冬天很冷。",
            category = "housing",
            region = "sichuan",
            items = new[]
            {
                new { name = "棉被", quantity = 2, amountMinor = 15_000 },
                new { name = "枕头", quantity = 1, amountMinor = 5_000 },
            },
            applicant = new { name = "Li Hua", phone = "+86 130 0000 0000" },
        }, HttpStatusCode.Created)).Id();
        await applicant.Post($"/api/wishes/{wish}/submit");
        await reviewer.Post($"/api/wishes/{wish}/claim");
        await reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings,
            checks,
            publicText = new { title, story = "宿舍里冬天没有暖气。" },
        });
        await approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
        return wish;
    }
}
