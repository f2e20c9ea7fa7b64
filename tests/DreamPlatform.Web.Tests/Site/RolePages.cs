namespace DreamPlatform.Web.Tests.Site;

/// <summary>A page, who may open it, and what everybody else who is signed in hears.</summary>
/// <param name="Open">First parts of demo addresses; null for everybody, signed in or not.</param>
/// <param name="Else">For who is signed in but may not.</param>
/// <param name="Led">Whom it leads on to another page.</param>
public sealed record RolePage(string Path, string[]? Open = null, int Else = 403, string[]? Led = null);

/// <summary>
/// Who may open which page: the table of it. Somebody not signed in is led to the sign-in page, except where
/// everybody may look. What stands in braces is as in <see cref="SitePages"/>.
/// </summary>
internal static class RolePages
{
    private static readonly string[] Applicants = ["applicant", "helper"];
    private static readonly string[] Managers = ["foundation", "finance", "approver", "approver2"];
    private static readonly string[] Reviewers = ["reviewer", "reviewer2", "approver", "approver2"];

    /// <summary>Everybody there is in the demo; null is somebody not signed in.</summary>
    public static readonly IReadOnlyList<string?> People =
    [
        null, "applicant", "helper", "donor", "reviewer", "reviewer2", "approver", "approver2", "finance", "sponsor",
        "foundation", "auditor", "operator",
    ];

    private static readonly string[] SignedIn = [.. People.OfType<string>()];

    public static readonly IReadOnlyList<RolePage> All =
    [
        new("/"), new("/wishes"), new("/wishes/{wish}"), new("/projects"), new("/projects/{project}"),
        new("/how"), new("/privacy"), new("/accessibility"), new("/sign-in"), new("/erased"),
        new("/register"), new("/register/sent"), new("/confirm-email"), new("/confirm-email/done"),
        new("/forgot-password"), new("/forgot-password/sent"), new("/reset-password"),
        .. new[] { "/wishes/{wish}", "/projects/{project}" }.SelectMany(target => new RolePage[]
        {
            new($"{target}/give"), new($"{target}/give/name?amount=5000"),
            new($"{target}/give/check?amount=5000", SignedIn),
        }),
        new("/pay/{reserved}"), new("/me/giving", SignedIn), new("/me/giving/{paid}", ["donor"], 404),
        .. new[] { "", "/wishes", "/projects", "/email", "/password", "/second-factor", "/sessions", "/profile",
                "/messages", "/data", "/erase", "/helpers" }.Select(page => new RolePage($"/me{page}", SignedIn)),
        new("/helpers/accept?token=x", SignedIn), new("/invitations/accept?token=x", SignedIn),
        new("/apply"), new("/apply/{mine-Draft}", [], 404, Applicants),
        .. new[] { "need", "items", "items/1", "photo", "check" }
            .Select(step => new RolePage($"/apply/{{mine-Draft}}/{step}", Applicants, 404)),
        new("/apply/{mine-Submitted}/done", Applicants, 404), new("/me/wishes/{mine-Approved}", Applicants, 404),
        new("/me/wishes/{mine-Approved}/accept", ["applicant"], 404, ["helper"]),
        new("/me/wishes/{mine-Approved}/withdraw", Applicants, 404),
        new("/me/wishes/{mine-Funding}/revoke", ["applicant"], 404, ["helper"]),
        new("/manage/people", ["foundation", "operator"], 404),
        .. new[] { "", "/foundations", "/accounts", "/messages" }
            .Select(page => new RolePage($"/operate{page}", ["operator"])),
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
