using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Pledges;

[StoredAs("amount-exceeds-remaining")]
public sealed record AmountExceedsRemaining(long RemainingMinor)
    : Rejection(RejectionKind.Conflict, "The amount is more than what is still free. Choose a smaller amount.");

[StoredAs("pledge-not-reserved")]
public sealed record PledgeNotReserved(PledgeStatus PledgeStatus)
    : Rejection(RejectionKind.Conflict, "This pledge is no longer waiting for its payment.");

[StoredAs("pledge-not-due")]
public sealed record PledgeNotDue(DateTimeOffset PayBy)
    : Rejection(RejectionKind.Conflict, "The time to pay is not over yet.");

[StoredAs("amount-out-of-range")]
public sealed record AmountOutOfRange(long MaxMinor)
    : Rejection(RejectionKind.Unprocessable, "An amount is a whole number of minor units from 1 to the maximum.");
