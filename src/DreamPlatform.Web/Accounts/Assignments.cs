using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Accounts;

/// <summary>Role assignments between the domain and the database.</summary>
internal static class Assignments
{
    public static RoleAssignment Of(Role role, Guid? foundation) =>
        new(role, foundation is { } id ? new FoundationId(id) : null);

    /// <summary>Whether it may be held so: staff at a foundation, operators for all, auditors either way.</summary>
    public static bool IsPossible(Role role, Guid? foundation) => role switch
    {
        Role.Operator => foundation is null,
        Role.Auditor => true,
        _ => foundation is not null,
    };
}
