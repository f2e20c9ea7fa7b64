using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Accounts;

/// <summary>That an account holds a role, at a foundation or for the whole platform.</summary>
public sealed class HeldRole
{
    public long Id { get; init; }

    public required Guid AccountId { get; init; }

    public required Role Role { get; init; }

    public required Guid? FoundationId { get; init; }
}
