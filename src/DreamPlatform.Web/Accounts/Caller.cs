using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// Who sent the request, with the roles held at most five seconds ago. A handler's parameter of this type needs
/// RequireAuthorization on its route; a nullable one is null for somebody not signed in.
/// </summary>
public sealed record Caller(Actor Actor, string Email)
{
    public AccountId Id => Actor.Id;

    /// <summary>The session that the request belongs to.</summary>
    public required Guid Session { get; init; }

    /// <summary>When the session began.</summary>
    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>Whether the session's holder proved their second factor.</summary>
    public required bool HasSecondFactor { get; init; }

    public bool IsOperator => Actor.Roles.Any(held => held.Role == Role.Operator);

    public static ValueTask<Caller?> BindAsync(HttpContext http) => new(Of(http));

    internal static Caller? Of(HttpContext http) => http.Features.Get<Caller>();
}
