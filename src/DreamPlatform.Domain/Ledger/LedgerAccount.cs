using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Ledger;

/// <summary>The name of an account of the double-entry ledger. The chart is in docs/ledger.md.</summary>
public readonly record struct LedgerAccount(string Value)
{
    /// <summary>Money that fits no open pledge, until somebody decides where it goes.</summary>
    public static readonly LedgerAccount Suspense = new("suspense");

    /// <summary>What could not be recovered.</summary>
    public static readonly LedgerAccount Loss = new("loss");

    public static LedgerAccount Wish(WishId id) => new($"wish-{id}");

    public static LedgerAccount Project(ProjectId id) => new($"project-{id}");

    public static LedgerAccount Payee(Guid id) => new($"payee-{id}");

    /// <summary>What a payment provider has promised or holds for us.</summary>
    public static LedgerAccount Clearing(string gateway) => new($"clearing-{gateway}");

    public static LedgerAccount Bank(FoundationId id) => new($"bank-{id}");

    /// <summary>
    /// Whether the account may not be overdrawn, must be opened before use, and is locked by who moves it. The others
    /// are open by nature and have one sub-balance per lane.
    /// </summary>
    public bool IsLimited =>
        Value.StartsWith("wish-", StringComparison.Ordinal) || Value.StartsWith("project-", StringComparison.Ordinal);

    /// <summary>The wish whose account it is; null for any other.</summary>
    public WishId? WishId => Value.StartsWith("wish-", StringComparison.Ordinal)
        ? new WishId(Guid.Parse(Value.AsSpan("wish-".Length)))
        : null;

    public override string ToString() => Value;
}

/// <summary>Opens a limited account.</summary>
/// <param name="CreditLimitMinor">The most it may take in, pending included; null for no such limit.</param>
public sealed record AccountOpening(LedgerAccount Account, long? CreditLimitMinor);

/// <summary>
/// What an account adds up to, all in minor units and never negative.
/// </summary>
/// <param name="ReturnedMinor">Posted debits that gave money back (refunds, moves) and so make room again.</param>
/// <param name="IsOpen">False for a limited account that was never opened.</param>
public readonly record struct Balance(
    long DebitsPendingMinor,
    long DebitsPostedMinor,
    long CreditsPendingMinor,
    long CreditsPostedMinor,
    long ReturnedMinor,
    long? CreditLimitMinor,
    bool IsOpen)
{
    /// <summary>What may still come in under the credit limit; pending counts.</summary>
    public long RoomMinor => CreditLimitMinor is { } limit
        ? limit - (CreditsPendingMinor + CreditsPostedMinor - ReturnedMinor)
        : long.MaxValue;

    /// <summary>What may still go out; pending debits count, pending credits do not.</summary>
    public long AvailableMinor => CreditsPostedMinor - DebitsPostedMinor - DebitsPendingMinor;

    /// <summary>Whether both sides are equal; only the sum of all accounts is.</summary>
    public bool IsBalanced => DebitsPendingMinor == CreditsPendingMinor && DebitsPostedMinor == CreditsPostedMinor;

    /// <summary>What has come in for good.</summary>
    public long RaisedMinor => CreditsPostedMinor - ReturnedMinor;
}
