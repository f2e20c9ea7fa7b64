using System.Text.RegularExpressions;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>A page to be looked at: its address, and as whom.</summary>
/// <param name="As">The first part of a demo address; nobody when null.</param>
public sealed record SitePageCase(string Path, string? As = null, int Status = 200)
{
    public override string ToString() => $"{Path} as {As ?? "nobody"}";

    /// <summary>For the name of a picture.</summary>
    public string FileName => $"{Place}-{As ?? "nobody"}";

    private string Place =>
        Path == "/" ? "home" : string.Join('-', Path.Split('/', '?', '=', '&', '{', '}')).Trim('-');
}

/// <summary>
/// Every page there is, with everybody who sees it differently. What is listed here is checked for accessibility in
/// both languages and both colour schemes, and photographed. What stands in braces is found in the demo: {wish} is one
/// that collects, {fulfilled} one that came true, {paid} and {reserved} are pledges of the donor, {mine-Draft} is the
/// draft of the applicant.
/// </summary>
internal static partial class SitePages
{
    public static readonly IReadOnlyList<SitePageCase> All =
    [
        new("/"), new("/", "applicant"), new("/", "reviewer"),
        new("/wishes"), new("/wishes?status=Fulfilled&category=food"), new("/wishes?sort=wrong", Status: 400),
        new("/wishes/{wish}"), new("/wishes/{fulfilled}"), new("/wishes/{cancelled}"),
        new("/wishes/{wish}/give"), new("/wishes/{wish}/give?amount=99999999"), new("/wishes/{fulfilled}/give"),
        new("/wishes/{wish}/give/name?amount=5000"),
        new("/wishes/{wish}/give/check?amount=5000&message=OK", "donor"),
        new("/projects"), new("/projects/{project}"), new("/projects/{project}/give"),
        new("/projects/{project}/give/name?amount=5000"), new("/projects/{project}/give/check?amount=5000", "donor"),
        new("/pay/{reserved}"), new("/pay/{paid}"), new("/pay/00000000-0000-7000-8000-000000000009", Status: 404),
        new("/me/giving", "donor"), new("/me/giving", "applicant"), new("/me/giving/{paid}", "donor"),
        new("/me/giving/{reserved}", "donor"), new("/me/projects", "sponsor"),
        new("/how"), new("/privacy"), new("/accessibility"),
        new("/sign-in"), new("/sign-in?back=%2Fapply"),
        new("/register"), new("/register/sent"), new("/confirm-email"), new("/confirm-email/done"),
        new("/confirm-email/done?password=true"), new("/confirm-email?userId=0198c0de-0000-7000-8000-000000000000&code=x"),
        new("/forgot-password"), new("/forgot-password/sent"), new("/reset-password"),
        new("/reset-password?email=mei@example.org&code=x"), new("/erased"),
        new("/me", "donor"), new("/me", "foundation"), new("/me/email", "donor"), new("/me/password", "donor"),
        new("/me/second-factor", "donor"), new("/me/sessions", "donor"), new("/me/profile", "donor"),
        new("/me/messages", "donor"), new("/me/data", "applicant"), new("/me/erase", "donor"),
        new("/me/helpers", "applicant"), new("/me/helpers", "helper"), new("/helpers/accept?token=x", "donor"),
        new("/invitations/accept?token=x", "donor"), new("/manage/people", "foundation"), new("/manage/people", "operator"),
        new("/manage/people", "donor", Status: 404), new("/operate", "operator"), new("/operate", "donor", Status: 403),
        new("/operate/foundations", "operator"), new("/operate/accounts", "operator"),
        new("/operate/accounts?email=reviewer@demo.example", "operator"),
        new("/operate/accounts?email=nobody@demo.example", "operator"), new("/operate/messages", "operator"),
        .. Foundation,
        new("/nowhere", Status: 404),
        new("/apply"), new("/apply", "applicant"), new("/apply/{mine-Draft}", "applicant"),
        new("/apply", "helper"), new("/apply?for={applicant}", "helper"),
        .. new[] { "project", "need", "story", "category", "region", "items", "items/1", "person", "photo", "check" }
            .Select(step => new SitePageCase($"/apply/{{mine-Draft}}/{step}", "applicant")),
        new("/apply/{mine-Draft}/nowhere", "applicant", 404), new("/apply/{mine-Draft}/need", "donor", 404),
        new("/apply/{mine-Submitted}/done", "applicant"), new("/apply/{mine-Draft}/person", "helper"),
        new("/me/wishes", "applicant"), new("/me/wishes", "donor"), new("/me/wishes", "helper"),
        new("/me/wishes?for={applicant}", "helper"),
        .. new[] { "Draft", "Submitted", "InReview", "Approved", "Funding", "Funded", "Fulfilling", "Delivered",
                "Fulfilled", "Rejected", "Withdrawn", "Cancelled" }
            .Select(status => new SitePageCase($"/me/wishes/{{mine-{status}}}", "applicant")),
        new("/me/wishes/{mine-Approved}", "helper"), new("/me/wishes/{mine-Approved}/accept", "applicant"),
        new("/me/wishes/{mine-Approved}/withdraw", "applicant"), new("/me/wishes/{mine-Funding}/revoke", "applicant"),
    ];

    /// <summary>The desks of reviewers, approvers, finance officers and administrators.</summary>
    private static IReadOnlyList<SitePageCase> Foundation =>
    [
        new("/reviews?queue=mine", "reviewer"), new("/reviews?queue=open", "reviewer"), new("/reviews", "approver"),
        new("/reviews?queue=overdue&category=food", "foundation"), new("/reviews?queue=wrong", "reviewer", 400),
        new("/reviews?queue=mine", "reviewer2"),
        new("/reviews/{submitted}", "reviewer2"), new("/reviews/{claimed}", "reviewer"),
        new("/reviews/{claimed}", "reviewer2"),
        new("/reviews/{recommended}", "approver"), new("/reviews/{recommended}", "reviewer"),
        new("/reviews/{large}", "approver2"), new("/reviews/{large}", "approver"),
        new("/reviews/{mine-Approved}", "reviewer"), new("/reviews/{mine-Funding}", "approver"),
        new("/reviews/{mine-Rejected}", "reviewer"), new("/reviews", "donor", 403),
        new("/finance", "finance"), new("/finance?queue=deliver", "finance"),
        new("/finance/{planned}", "finance"), new("/finance/{ordered}", "finance"),
        new("/finance/{delivered}", "finance"),
        new("/manage/projects", "foundation"), new("/manage/projects", "finance"),
        new("/manage/projects/{project}", "foundation"), new("/manage/projects/{project}", "finance"),
        new("/manage/projects/{draft-project}", "foundation"), new("/manage/projects/{closed-project}", "foundation"),
        new("/manage/projects/new", "foundation"), new("/manage/projects/{project}/edit", "foundation"),
        new("/manage/projects/{project}/deposit", "finance"), new("/manage/projects/{project}/grant", "approver"),
        new("/manage/projects/{closed-project}/grant", "approver"),
    ];

    /// <summary>All of them, or those that a pattern in DREAMPLATFORM_PAGES selects, such as "^/reviews".</summary>
    public static TheoryData<string> Checked =>
    [
        .. All.Select(page => page.ToString()).Where(name =>
            Regex.IsMatch(name, Environment.GetEnvironmentVariable("DREAMPLATFORM_PAGES") ?? "")),
    ];

    public static SitePageCase Of(string name) => All.Single(page => page.ToString() == name);

    /// <summary>The address with ids of the demo's data.</summary>
    public static async Task<string> AddressAsync(this SitePageCase page, TestApp app)
    {
        var path = page.Path;
        foreach (var (hole, find) in Holes)
        {
            if (path.Contains(hole, StringComparison.Ordinal))
                path = path.Replace(hole, await find(app), StringComparison.Ordinal);
        }

        if (Mine().Match(path) is { Success: true } mine)
            path = path.Replace(mine.Value, await MineAsync(app, mine.Groups[1].Value), StringComparison.Ordinal);
        return path;
    }

    private static readonly Dictionary<string, Func<TestApp, Task<string>>> Holes = new(StringComparer.Ordinal)
    {
        ["{wish}"] = app => FirstAsync(app, "/api/wishes?status=Funding"),
        // Other tests make and close projects of their own.
        ["{project}"] = app => FirstAsync(app, "/api/wishes?status=Funding", "projectId"),
        ["{submitted}"] = app => Desk.FirstAsync(app, "reviewer", "open", it => Desk.SubmittedAsync(it)),
        ["{claimed}"] = app => Desk.FirstAsync(app, "reviewer", "mine", it => Desk.ClaimedAsync(it)),
        ["{recommended}"] = app => Desk.FirstAsync(app, "approver", "approve", it => Desk.RecommendedAsync(it)),
        ["{large}"] = async app => (await Desk.ApprovedOnceAsync(app)).ToString(),
        ["{fulfilled}"] = app => FirstAsync(app, "/api/wishes?status=Fulfilled"),
        ["{cancelled}"] = async app => (await DemoWishes.CancelledAsync(app)).Id().ToString(),
        ["{applicant}"] = app => IdOfAsync(app, "applicant"),
        ["{paid}"] = app => PledgeAsync(app, "Paid"),
        ["{reserved}"] = app => PledgeAsync(app, "Reserved"),
        ["{planned}"] = app => Desk.ItemAsync(app, "Planned"),
        ["{ordered}"] = app => Desk.ItemAsync(app, "Ordered"),
        ["{delivered}"] = app => Desk.ItemAsync(app, "Delivered"),
        ["{draft-project}"] = app => Desk.ProjectAsync(app),
        ["{closed-project}"] = app => Desk.ProjectAsync(app, "open", "close"),
    };

    private static async Task<string> IdOfAsync(TestApp app, string name)
    {
        using var person = await app.SignInAsync(name);
        return (await person.GetAsync("/api/me").JsonAsync()).GetProperty("id").GetString()!;
    }

    /// <summary>The oldest of the applicant's wishes in a state, which is the demo's.</summary>
    private static async Task<string> MineAsync(TestApp app, string status)
    {
        using var applicant = await app.SignInAsync("applicant");
        return (await applicant.GetAsync("/api/me/wishes?limit=100").JsonAsync()).GetProperty("items").EnumerateArray()
            .Last(wish => wish.GetProperty("status").GetString() == status).GetProperty("id").GetString()!;
    }

    [GeneratedRegex(@"\{mine-(\w+)\}")]
    private static partial Regex Mine();

    private static async Task<string> FirstAsync(TestApp app, string list, string field = "id") =>
        (await app.Anonymous.GetAsync(list).JsonAsync()).GetProperty("items")[0].GetProperty(field).GetString()!;

    /// <summary>A pledge of the donor in a state; a new promise where there is none.</summary>
    private static async Task<string> PledgeAsync(TestApp app, string status)
    {
        using var donor = await app.SignInAsync("donor");
        var found = (await donor.Get("/api/me/pledges?limit=100")).Items()
            .Where(pledge => pledge.Text("status") == status).Select(pledge => pledge.Text("id")).FirstOrDefault();
        return found ?? (await donor.Post(
            $"/api/wishes/{await FirstAsync(app, "/api/wishes?status=Funding")}/pledges", new { amountMinor = 100 },
            System.Net.HttpStatusCode.Created)).Text("id");
    }
}
