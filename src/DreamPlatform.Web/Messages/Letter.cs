namespace DreamPlatform.Web.Messages;

/// <summary>
/// Mail that is owed to somebody, written in the transaction of what causes it, and gone once it is sent.
/// <see cref="Letters"/> opens what is protected.
/// </summary>
public sealed class Letter
{
    /// <summary>A UUIDv7; the Message-Id too, so that a letter that is sent twice is one to whoever reads it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose mail it is; null for an address that need not have an account.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>Where it goes, protected.</summary>
    public required string Address { get; init; }

    /// <summary>One of <see cref="Topics"/>.</summary>
    public required string Topic { get; init; }

    /// <summary>What its text is filled in with: a JSON object of texts, protected.</summary>
    public required string Values { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset NextAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Why the last attempt failed: a code.</summary>
    public string? LastError { get; set; }
}
