using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Accounts.Inviting;

/// <summary>That a foundation asks whoever has an address to work for it; gone once it was accepted.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }

    public required Guid FoundationId { get; init; }

    public required Role Role { get; init; }

    public required string Email { get; init; }

    public required string NormalizedEmail { get; init; }

    public required byte[] TokenHash { get; init; }

    public required Guid? InvitedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
