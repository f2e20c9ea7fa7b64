using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests;

/// <summary>Who acts in the tests.</summary>
public static class Cast
{
    public static readonly FoundationId Foundation = new(Named("foundation"));
    public static readonly FoundationId OtherFoundation = new(Named("other-foundation"));

    public static readonly Actor Applicant = With("applicant");
    public static readonly Actor Stranger = With("stranger");
    public static readonly Actor Donor = With("donor");
    public static readonly Actor Donor2 = With("donor2");

    public static readonly Actor Reviewer = Staff("reviewer", Role.Reviewer);
    public static readonly Actor Reviewer2 = Staff("reviewer2", Role.Reviewer);
    public static readonly Actor Approver = Staff("approver", Role.Approver);
    public static readonly Actor Approver2 = Staff("approver2", Role.Approver);
    public static readonly Actor Finance = Staff("finance", Role.Finance);
    public static readonly Actor Admin = Staff("admin", Role.Foundation);
    public static readonly Actor Sponsor = Staff("sponsor", Role.Sponsor);

    public static readonly Actor OtherReviewer = Other("other-reviewer", Role.Reviewer);
    public static readonly Actor OtherApprover = Other("other-approver", Role.Approver);
    public static readonly Actor OtherFinance = Other("other-finance", Role.Finance);
    public static readonly Actor OtherAdmin = Other("other-admin", Role.Foundation);

    public static readonly Actor Operator = With("operator", new RoleAssignment(Role.Operator, null));
    public static readonly Actor Auditor = With("auditor", new RoleAssignment(Role.Auditor, null));
    public static readonly Actor Platform = Actor.Platform;

    /// <summary>The applicant, were they also on the foundation's staff in every role.</summary>
    public static readonly Actor ApplicantOnStaff = With("applicant", EveryRole);

    /// <summary>The reviewer who claimed the case, in every other role too.</summary>
    public static readonly Actor ReviewerInEveryRole = With("reviewer", EveryRole);

    /// <summary>Who acts for the applicant.</summary>
    public static readonly Actor Helper =
        With("helper") with { Helps = [Applicant.Id], ActingFor = Applicant.Id };

    /// <summary>Who helps the applicant but acts for themselves, on the foundation's staff in every role.</summary>
    public static readonly Actor HelperOnStaff = With("helper", EveryRole) with { Helps = [Applicant.Id] };

    public static Guid Named(string name) => Derived.Id(name);

    private static RoleAssignment[] EveryRole =>
        [.. Enum.GetValues<Role>().Select(role => new RoleAssignment(role, Foundation))];

    private static Actor Staff(string name, Role role) => With(name, new RoleAssignment(role, Foundation));

    private static Actor Other(string name, Role role) => With(name, new RoleAssignment(role, OtherFoundation));

    private static Actor With(string name, params RoleAssignment[] roles) =>
        new(new AccountId(Named(name)), roles);
}
