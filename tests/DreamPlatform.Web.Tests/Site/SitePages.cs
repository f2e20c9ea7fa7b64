namespace DreamPlatform.Web.Tests.Site;

/// <summary>A page to be looked at: its address, and as whom.</summary>
/// <param name="As">The first part of a demo address; nobody when null.</param>
public sealed record SitePageCase(string Path, string? As = null, int Status = 200)
{
    public override string ToString() => $"{Path} as {As ?? "nobody"}";

    /// <summary>For the name of a picture.</summary>
    public string FileName =>
        $"{(Path == "/" ? "home" : string.Join('-', Path.Split('/', '?', '=', '&', '{', '}')).Trim('-'))}-{As ?? "nobody"}";
}

/// <summary>
/// Every page there is, with everybody who sees it differently. What is listed here is checked for accessibility in
/// both languages and both colour schemes, and photographed. What stands in braces is found in the demo: {wish} is one
/// that collects, {project} its project.
/// </summary>
internal static class SitePages
{
    public static readonly IReadOnlyList<SitePageCase> All =
    [
        new("/"), new("/", "applicant"), new("/", "reviewer"),
        new("/wishes"), new("/wishes?status=Fulfilled&category=food"), new("/wishes?sort=wrong", Status: 400),
        new("/wishes/{wish}"),
        new("/how"), new("/privacy"), new("/accessibility"),
        new("/sign-in"),
        new("/me/second-factor", "donor"),
        .. Foundation,
        new("/nowhere", Status: 404),
    ];

    /// <summary>The desks of reviewers, approvers, finance officers and administrators.</summary>
    private static IReadOnlyList<SitePageCase> Foundation =>
    [
        new("/reviews?queue=mine", "reviewer"), new("/reviews?queue=open", "reviewer"), new("/reviews", "approver"),
        new("/reviews?queue=overdue&category=food", "foundation"), new("/reviews?queue=wrong", "reviewer", 400),
        new("/reviews/{submitted}", "reviewer2"), new("/reviews/{claimed}", "reviewer"),
        new("/reviews/{recommended}", "approver"), new("/reviews", "donor", 403),
        new("/finance", "finance"), new("/finance?queue=deliver", "finance"),
        new("/finance/{planned}", "finance"), new("/finance/{ordered}", "finance"),
        new("/manage/projects", "foundation"), new("/manage/projects/{project}", "foundation"),
        new("/manage/projects/new", "foundation"), new("/manage/projects/{project}/edit", "foundation"),
        new("/manage/projects/{project}/deposit", "finance"), new("/manage/projects/{project}/grant", "approver"),
    ];

    public static TheoryData<string> Names => [.. All.Select(page => page.ToString())];

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

        return path;
    }

    private static readonly Dictionary<string, Func<TestApp, Task<string>>> Holes = new(StringComparer.Ordinal)
    {
        ["{wish}"] = app => FirstAsync(app, "/api/wishes?status=Funding"),
        // Other tests make and close projects of their own.
        ["{project}"] = app => FirstAsync(app, "/api/wishes?status=Funding", "projectId"),
        ["{submitted}"] = app => Desk.FirstAsync(app, "reviewer", "open", it => Desk.SubmittedAsync(it)),
        ["{claimed}"] = app => Desk.FirstAsync(app, "reviewer", "mine", it => Desk.ClaimedAsync(it)),
        ["{recommended}"] = app => Desk.FirstAsync(app, "approver", "approve", Desk.RecommendedAsync),
        ["{planned}"] = app => Desk.ItemAsync(app, "Planned"),
        ["{ordered}"] = app => Desk.ItemAsync(app, "Ordered"),
    };

    private static async Task<string> FirstAsync(TestApp app, string list, string field = "id") =>
        (await app.Anonymous.GetAsync(list).JsonAsync()).GetProperty("items")[0].GetProperty(field).GetString()!;
}
