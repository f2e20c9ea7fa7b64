using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Accounts;

/// <summary>What roles are called in the database, for ever.</summary>
internal static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Operator => "operator",
        Role.Foundation => "foundation",
        Role.Reviewer => "reviewer",
        Role.Approver => "approver",
        Role.Finance => "finance",
        Role.Sponsor => "sponsor",
        Role.Auditor => "auditor",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A role without a stored name."),
    };

    public static Role Parse(string name) => Enum.GetValues<Role>().Single(role => Of(role) == name);
}
