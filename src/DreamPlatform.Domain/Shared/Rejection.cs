using System.Text.Json.Serialization;

namespace DreamPlatform.Domain.Shared;

/// <summary>What a rejection means for the caller; each is one HTTP status.</summary>
public enum RejectionKind
{
    /// <summary>It does not exist, or the caller may not know that it does.</summary>
    NotFound,

    /// <summary>The caller may know of it but may not do this.</summary>
    Forbidden,

    /// <summary>The state forbids it.</summary>
    Conflict,

    /// <summary>The caller has seen an older version.</summary>
    Stale,

    /// <summary>The request can never be right as it stands.</summary>
    Unprocessable,

    /// <summary>There is more of it than may be sent at once.</summary>
    TooLarge,

    /// <summary>It is of a kind that is not taken.</summary>
    UnsupportedKind,
}

/// <summary>
/// Why a command is refused: one type, one line each. Its stored name is the stable code that callers see, and its
/// own properties become members of the answer.
/// </summary>
public abstract record Rejection([property: JsonIgnore] RejectionKind Kind, [property: JsonIgnore] string Detail)
{
    [JsonIgnore]
    public string Code => StoredNames.Of(this);
}

[StoredAs("not-found")]
public sealed record NotFound() : Rejection(RejectionKind.NotFound, "There is no such thing, or you may not see it.");

[StoredAs("forbidden")]
public sealed record Forbidden() : Rejection(RejectionKind.Forbidden, "Your role does not allow this.");

[StoredAs("version-stale")]
public sealed record VersionStale(long CurrentVersion)
    : Rejection(RejectionKind.Stale, "It was changed since you read it. Read it again and repeat your change.");

[StoredAs("idempotency-key-reused")]
public sealed record IdempotencyKeyReused()
    : Rejection(RejectionKind.Unprocessable, "This Idempotency-Key was used for another request. Use a new one.");

[StoredAs("id-taken")]
public sealed record IdTaken() : Rejection(RejectionKind.Conflict, "This id is taken. Leave it out or use a new one.");

[StoredAs("text-not-kept")]
public sealed record TextNotKept()
    : Rejection(RejectionKind.Conflict, "What you wrote could not be kept at that moment. Send it again.");

[StoredAs("dossier-full")]
public sealed record DossierFull()
    : Rejection(RejectionKind.Conflict, "This case was changed too often today. Try again tomorrow.");
