using System.Text.Json.Serialization;

namespace DreamPlatform.Domain.Shared;

/// <summary>The kinds of journal streams. The numbers are stored; never renumber.</summary>
public enum StreamKind : short
{
    [JsonStringEnumMemberName("Wish")] Wish = 1,
    [JsonStringEnumMemberName("Project")] Project = 2,
    [JsonStringEnumMemberName("Donor")] Donor = 3,
    [JsonStringEnumMemberName("Gateway")] Gateway = 4,
    [JsonStringEnumMemberName("Pledge")] Pledge = 5,
    [JsonStringEnumMemberName("Grant")] Grant = 6,
    [JsonStringEnumMemberName("Deposit")] Deposit = 7,
    [JsonStringEnumMemberName("Payment")] Payment = 8,
}

/// <summary>The name of a journal stream.</summary>
public readonly record struct StreamId(StreamKind Kind, Guid Value)
{
    /// <summary>The name by which the ledger and the vault know it; stored.</summary>
    public override string ToString() => Kind switch
    {
        StreamKind.Wish => $"wish-{Value}",
        StreamKind.Project => $"project-{Value}",
        StreamKind.Donor => $"donor-{Value}",
        StreamKind.Gateway => $"gateway-{Value}",
        StreamKind.Pledge => $"pledge-{Value}",
        StreamKind.Grant => $"grant-{Value}",
        StreamKind.Deposit => $"deposit-{Value}",
        StreamKind.Payment => $"payment-{Value}",
        _ => $"unknown-{Value}",
    };
}
