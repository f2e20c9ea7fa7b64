namespace DreamPlatform.Domain.Shared;

/// <summary>What an account may do for a foundation, or for the platform as a whole (operator, auditor).</summary>
public enum Role
{
    Operator,
    Foundation,
    Reviewer,
    Approver,
    Finance,
    Sponsor,
    Auditor,
}

/// <summary>A role an account holds; <see cref="Foundation"/> is null for roles of the whole platform.</summary>
public sealed record RoleAssignment(Role Role, FoundationId? Foundation);

/// <summary>Who acts: taken from the signed-in account, never from a request's body.</summary>
public sealed record Actor(AccountId Id, IReadOnlyList<RoleAssignment> Roles)
{
    /// <summary>The platform itself: sweepers and payment gateways.</summary>
    public static readonly Actor Platform = new(AccountId.Platform, []);

    /// <summary>The applicants who agreed that this account helps them.</summary>
    public IReadOnlyList<AccountId> Helps { get; init; } = [];

    /// <summary>The applicant for whom a helper sends this command; null when they act for themselves.</summary>
    public AccountId? ActingFor { get; init; }

    /// <summary>Whose affairs the command is about: the actor's own, or those of whom they help.</summary>
    public AccountId Principal => ActingFor ?? Id;

    public bool IsPlatform => Id == AccountId.Platform;

    public bool Is(Role role, FoundationId foundation) =>
        Roles.Any(held => held.Role == role && held.Foundation == foundation);

    /// <summary>Whether a case of this applicant is their own affair: they applied, or they help who did.</summary>
    public bool IsPartyWith(AccountId applicant) => Id == applicant || Helps.Contains(applicant);

    /// <summary>
    /// Whether the account works for the foundation, and so may know of its cases. A sponsor does not.
    /// </summary>
    public bool IsStaffOf(FoundationId foundation) =>
        Roles.Any(held => held.Foundation == foundation && held.Role != Role.Sponsor);
}
