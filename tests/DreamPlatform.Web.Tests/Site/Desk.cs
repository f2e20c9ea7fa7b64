using System.Net;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Puts cases on the desks of the demo's foundation, by its API.</summary>
internal static class Desk
{
    public const string Phone = "+86 138 0000 4417";

    /// <summary>A wish of 800.00 in two items that waits for a reviewer.</summary>
    public static async Task<Guid> SubmittedAsync(
        TestApp app, string title = "一台洗衣机", string name = "陈小梅", long amountMinor = 80_000,
        string region = "jiangsu")
    {
        using var applicant = await app.SignInAsync("applicant");
        var project = await DemoWishes.ProjectAsync(app);
        var wish = (await applicant.Post("/api/wishes", new
        {
            projectId = project,
            title,
            story = $"{title}。六个人合住，都用手洗。",
            category = "household",
            region,
            items = new[]
            {
                new { name = "洗衣机", quantity = 1, amountMinor = amountMinor - 8_000 },
                new { name = "水管", quantity = 2, amountMinor = 8_000L },
            },
            applicant = new { name, phone = Phone },
        }, HttpStatusCode.Created)).Id();
        await applicant.Post($"/api/wishes/{wish}/submit");
        return wish;
    }

    public static async Task<Guid> ClaimedAsync(
        TestApp app, string title = "一台洗衣机", string name = "陈小梅", long amountMinor = 80_000,
        string region = "jiangsu")
    {
        var wish = await SubmittedAsync(app, title, name, amountMinor, region);
        using var reviewer = await app.SignInAsync("reviewer");
        await reviewer.Post($"/api/wishes/{wish}/claim");
        return wish;
    }

    /// <summary>A case that waits for an approver.</summary>
    public static async Task<Guid> RecommendedAsync(TestApp app, long amountMinor = 80_000)
    {
        var wish = await ClaimedAsync(app, amountMinor: amountMinor);
        using var reviewer = await app.SignInAsync("reviewer");
        await reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor,
            findings = "打过电话，看过房间。",
            checks = new[]
            {
                new { claim = "住址：住在这里", result = "confirmed", evidence = "视频看过门牌" },
                new { claim = "价格：和市价相符", result = "doubtful", evidence = "比市价高一点" },
            },
            publicText = new { title = "一台洗衣机", story = "六个人合住，都用手洗。" },
        });
        return wish;
    }

    /// <summary>A case above the project's limit that one of two approvers has agreed to.</summary>
    public static async Task<Guid> ApprovedOnceAsync(TestApp app)
    {
        const int AboveTheLimit = 350_000;
        var wish = await RecommendedAsync(app, AboveTheLimit);
        using var approver = await app.SignInAsync("approver");
        await approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = AboveTheLimit });
        return wish;
    }

    /// <summary>A wish of 800.00 in two items whose money is all there.</summary>
    public static async Task<Guid> FundedAsync(TestApp app)
    {
        var wish = await RecommendedAsync(app);
        using var approver = await app.SignInAsync("approver");
        using var applicant = await app.SignInAsync("applicant");
        await approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 80_000 });
        await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        var project = (await app.Anonymous.Get($"/api/wishes/{wish}")).Text("projectId");
        await approver.Post(
            $"/api/projects/{project}/grants", new { wishId = wish, amountMinor = 80_000 }, HttpStatusCode.Created);
        return wish;
    }

    /// <summary>A project that was only drafted, and then went through some steps.</summary>
    public static async Task<string> ProjectAsync(TestApp app, params string[] steps)
    {
        using var administrator = await app.SignInAsync("foundation");
        var project = (await administrator.Post("/api/projects", new
        {
            name = "回家的车票",
            sponsorName = "Riverside Textiles",
            description = "春节回家的车票。",
            startsOn = "2026-01-01",
            endsOn = "2099-12-31",
            categories = Array.Empty<string>(),
            regions = Array.Empty<string>(),
            perWishCapMinor = 500_000,
            approvalThresholdMinor = 300_000,
        }, HttpStatusCode.Created)).Id();
        foreach (var step in steps) await administrator.Post($"/api/projects/{project}/{step}");
        return project.ToString();
    }

    public static async Task<string> StatusAsync(TestApp app, Guid wish)
    {
        using var applicant = await app.SignInAsync("applicant");
        return (await applicant.Get($"/api/me/wishes/{wish}")).Text("status");
    }

    /// <summary>The first case of a queue, as somebody sees it; a new one where there is none.</summary>
    public static async Task<string> FirstAsync(TestApp app, string name, string queue, Func<TestApp, Task<Guid>> make)
    {
        using var person = await app.SignInAsync(name);
        var found = (await person.Get($"/api/reviews?queue={queue}")).Items();
        return (found.Count > 0 ? found[0].Id() : await make(app)).ToString();
    }

    /// <summary>An item of a wish that is being fulfilled or was delivered, in a state.</summary>
    public static async Task<string> ItemAsync(TestApp app, string status)
    {
        var wishes = (await app.Anonymous.Get("/api/wishes?status=Fulfilling")).Items()
            .Concat((await app.Anonymous.Get("/api/wishes?status=Delivered")).Items());
        foreach (var wish in wishes)
        {
            var id = wish.Id();
            foreach (var item in (await app.Anonymous.Get($"/api/wishes/{id}")).GetProperty("items").EnumerateArray())
            {
                if (item.Text("status") == status) return $"{id}/{item.Id()}";
            }
        }

        throw new InvalidOperationException($"The demo has no item that is {status}.");
    }
}
