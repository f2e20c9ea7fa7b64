namespace DreamPlatform.Web.Accounts;

/// <summary>A charity that legally holds money; the operator enters it by its registration.</summary>
public sealed class Foundation
{
    public const int MaxNameLength = 200;
    public const int MaxRegistrationCodeLength = 64;

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>What the registry knows it by; no two foundations share one.</summary>
    public required string RegistrationCode { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
