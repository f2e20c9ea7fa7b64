using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Projects;

/// <param name="Texts">Name, sponsor's name and description, which are public.</param>
[StoredAs("create-project")]
public sealed record CreateProject(
    FoundationId Foundation, ProjectRules Rules, IReadOnlyList<PublishedText> Texts) : Command;

[StoredAs("change-project")]
public sealed record ChangeProject(ProjectRules Rules, IReadOnlyList<PublishedText> Texts) : Command;

[StoredAs("open-project")]
public sealed record OpenProject : Command;

[StoredAs("close-project")]
public sealed record CloseProject : Command;

/// <param name="Deposit">The id of the deposit's own stream.</param>
/// <param name="DossierVersion">Where the bank's reference is kept.</param>
[StoredAs("deposit-to-project")]
public sealed record DepositToProject(Guid Deposit, long AmountMinor, int DossierVersion = 0)
    : Command, IRefersToDossier
{
    public Command At(int version) => this with { DossierVersion = version };
}
