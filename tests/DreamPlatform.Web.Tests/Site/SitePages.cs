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
/// both languages and both colour schemes, and photographed. {wish} stands for a wish that collects, {project} for
/// an open project.
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
        new("/nowhere", Status: 404),
    ];

    private static readonly (string Hole, string List)[] Holes =
        [("{wish}", "/api/wishes?status=Funding"), ("{project}", "/api/projects")];

    public static TheoryData<string> Names => [.. All.Select(page => page.ToString())];

    public static SitePageCase Of(string name) => All.Single(page => page.ToString() == name);

    /// <summary>The address with ids of the demo's data.</summary>
    public static async Task<string> AddressAsync(this SitePageCase page, TestApp app)
    {
        var path = page.Path;
        foreach (var (hole, list) in Holes)
        {
            if (path.Contains(hole, StringComparison.Ordinal))
                path = path.Replace(hole, await FirstAsync(app, list), StringComparison.Ordinal);
        }

        return path;
    }

    private static async Task<string> FirstAsync(TestApp app, string list) =>
        (await app.Anonymous.GetAsync(list).JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString()!;
}
