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
        new("/nowhere", Status: 404),
    ];

    public static TheoryData<string> Names => [.. All.Select(page => page.ToString())];

    public static SitePageCase Of(string name) => All.Single(page => page.ToString() == name);

    /// <summary>The address with ids of the demo's data.</summary>
    public static async Task<string> AddressAsync(this SitePageCase page, TestApp app)
    {
        var path = page.Path;
        if (path.Contains("{wish}", StringComparison.Ordinal))
            path = path.Replace("{wish}", await FirstAsync(app, "/api/wishes?status=Funding"), StringComparison.Ordinal);
        if (path.Contains("{project}", StringComparison.Ordinal))
            path = path.Replace("{project}", await FirstAsync(app, "/api/projects"), StringComparison.Ordinal);
        return path;
    }

    private static async Task<string> FirstAsync(TestApp app, string list) =>
        (await app.Anonymous.GetAsync(list).JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString()!;
}
