namespace DreamPlatform.Web.Accounts.Helping;

/// <summary>An applicant's offer to be helped, good once and for a day; then, that somebody accepted it.</summary>
public sealed class Help
{
    public required Guid Id { get; init; }

    public required Guid ApplicantId { get; init; }

    /// <summary>Null while nobody accepted.</summary>
    public Guid? HelperId { get; set; }

    /// <summary>The hash of the offer's token; null once it was used.</summary>
    public byte[]? TokenHash { get; set; }

    /// <summary>The applicant's security stamp: the offer ends with their sessions. Null once it was accepted.</summary>
    public string? Stamp { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the offer ends; null once it was accepted: then it ends when either side wants.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }
}
