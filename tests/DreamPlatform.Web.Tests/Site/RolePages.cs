namespace DreamPlatform.Web.Tests.Site;

/// <summary>A page, who may open it, and what everybody else who is signed in hears.</summary>
/// <param name="Open">First parts of demo addresses; null for everybody, signed in or not.</param>
/// <param name="Else">For who is signed in but may not.</param>
public sealed record RolePage(string Path, string[]? Open = null, int Else = 403);

/// <summary>
/// Who may open which page: the table of it. Somebody not signed in is led to the sign-in page, except where
/// everybody may look. What stands in braces is as in <see cref="SitePages"/>.
/// </summary>
internal static class RolePages
{
    private static readonly string[] Managers = ["foundation", "finance", "approver", "approver2"];
    private static readonly string[] Reviewers = ["reviewer", "reviewer2", "approver", "approver2"];

    /// <summary>Everybody there is in the demo; null is somebody not signed in.</summary>
    public static readonly IReadOnlyList<string?> People =
    [
        null, "applicant", "helper", "donor", "reviewer", "reviewer2", "approver", "approver2", "finance", "sponsor",
        "foundation", "auditor", "operator",
    ];

    public static readonly IReadOnlyList<RolePage> All =
    [
        new("/"), new("/wishes"), new("/wishes/{wish}"), new("/how"), new("/privacy"), new("/accessibility"),
        new("/sign-in"),
        new("/reviews", [.. Reviewers, "foundation"]),
        new("/reviews/{claimed}", [.. Reviewers, "foundation"]),
        new("/finance", ["finance"]),
        new("/finance/{planned}", ["finance"]),
        new("/manage/projects", Managers),
        new("/manage/projects/{project}", Managers),
        new("/manage/projects/new", ["foundation"]),
        new("/manage/projects/{project}/edit", ["foundation"]),
        new("/manage/projects/{project}/deposit", ["finance"]),
        new("/manage/projects/{project}/grant", ["approver", "approver2"]),
    ];
}
