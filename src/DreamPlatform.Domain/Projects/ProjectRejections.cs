using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Projects;

[StoredAs("project-not-open")]
public sealed record ProjectNotOpen() : Rejection(RejectionKind.Conflict, "The project is not open.");

[StoredAs("outside-project-period")]
public sealed record OutsideProjectPeriod(DateOnly StartsOn, DateOnly EndsOn)
    : Rejection(RejectionKind.Conflict, "The project takes wishes only during its period.");

[StoredAs("project-already-open")]
public sealed record ProjectAlreadyOpen() : Rejection(RejectionKind.Conflict, "The project is open already.");

[StoredAs("project-closed")]
public sealed record ProjectIsClosed() : Rejection(RejectionKind.Conflict, "The project is closed for good.");

[StoredAs("project-rules-invalid")]
public sealed record ProjectRulesInvalid(string Field)
    : Rejection(RejectionKind.Unprocessable, "The rules contradict themselves in this field.");
