namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// That somebody is signed in somewhere. Every token belongs to one; when it ends, so do they, within five seconds.
/// </summary>
public sealed class Session
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>
    /// The account's security stamp as it was when the session began or its holder changed it: whatever else changes
    /// the stamp ends the session.
    /// </summary>
    public required string Stamp { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not older than a minute.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public string? UserAgent { get; init; }

    public required bool HasSecondFactor { get; set; }

    /// <summary>How often it was refreshed: of its refresh tokens only the newest is good.</summary>
    public required int Generation { get; set; }

    public required DateTimeOffset RefreshedAt { get; set; }
}
