using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Projects;

[StoredAs("project-created.v1")]
public sealed record ProjectCreated(FoundationId Foundation, ProjectRules Rules, string TextHash) : Event;

[StoredAs("project-changed.v1")]
public sealed record ProjectChanged(ProjectRules Rules, string TextHash) : Event;

[StoredAs("project-opened.v1")]
public sealed record ProjectOpened : Event;

[StoredAs("project-closed.v1")]
public sealed record ProjectClosed : Event;

/// <summary>A sponsor's money arrived for a project; a stream of its own.</summary>
[StoredAs("deposit-received.v1")]
public sealed record DepositReceived(ProjectId Project, AccountId Finance, long AmountMinor, int DossierVersion)
    : Event;
