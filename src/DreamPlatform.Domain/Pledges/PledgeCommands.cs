using System.Text.Json.Serialization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Pledges;

/// <summary>Promises an amount to the wish or project it is sent to.</summary>
/// <param name="PayWithin">How long the amount is kept for the donor before it must be paid.</param>
/// <param name="Message">A public message of the donor's, if any.</param>
[StoredAs("place-pledge")]
public sealed record PlacePledge(
    PledgeId Pledge, long AmountMinor, bool Anonymous, string? Message, IfWishFails IfWishFails,
    string Gateway, TimeSpan PayWithin) : Command;

/// <summary>A payment provider reports money for a pledge.</summary>
[StoredAs("record-payment")]
public sealed record RecordPayment(PledgeId Pledge, string Gateway, string PaymentId, long AmountMinor) : Command
{
    /// <summary>The stream that keeps the payment if it fits no open pledge.</summary>
    public StreamId SuspenseStream => new(StreamKind.Payment, Derived.Id($"{Gateway}/{PaymentId}"));
}

/// <summary>The donor takes back a promise that is not paid yet.</summary>
[StoredAs("cancel-pledge")]
public sealed record CancelPledge(PledgeId Pledge) : Command;

/// <summary>The donor takes back what they wrote beside a pledge.</summary>
[StoredAs("withdraw-message")]
public sealed record WithdrawMessage(PledgeId Pledge) : Command;

/// <summary>The time to pay is over.</summary>
[StoredAs("lapse-pledge")]
public sealed record LapsePledge(PledgeId Pledge) : Command;

/// <summary>Why a payment could not be taken for a pledge.</summary>
public enum SuspenseReason
{
    [JsonStringEnumMemberName("unknown-pledge")] UnknownPledge = 1,
    [JsonStringEnumMemberName("pledge-not-open")] PledgeNotOpen,
    [JsonStringEnumMemberName("amount-differs")] AmountDiffers,
    [JsonStringEnumMemberName("gateway-differs")] GatewayDiffers,
}
