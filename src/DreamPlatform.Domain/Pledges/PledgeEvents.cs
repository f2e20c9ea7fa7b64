using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Pledges;

[StoredAs("pledge-placed.v1")]
public sealed record PledgePlaced(
    StreamId Target, AccountId Donor, long AmountMinor, long MatchMinor, bool Anonymous, IfWishFails IfWishFails,
    string Gateway, DateTimeOffset PlacedAt, DateTimeOffset PayBy) : Event;

[StoredAs("pledge-paid.v1")]
public sealed record PledgePaid(string PaymentId) : Event;

[StoredAs("pledge-lapsed.v1")]
public sealed record PledgeLapsed : Event;

[StoredAs("pledge-cancelled.v1")]
public sealed record PledgeCancelled : Event;

[StoredAs("pledge-message-withdrawn.v1")]
public sealed record PledgeMessageWithdrawn : Event;

/// <summary>Money came that fits no open pledge; it is kept in suspense.</summary>
[StoredAs("payment-suspended.v1")]
public sealed record PaymentSuspended(
    string Gateway, string PaymentId, Guid? PledgeId, long AmountMinor, SuspenseReason Reason) : Event;
