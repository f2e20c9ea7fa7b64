namespace DreamPlatform.Domain.Ledger;

/// <summary>A transfer's id: unique in the whole ledger, ever.</summary>
public readonly record struct TransferId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>How a transfer acts. The numbers are stored; never renumber.</summary>
public enum TransferKind : short
{
    /// <summary>Posts at once.</summary>
    Direct = 1,

    /// <summary>Reserves an amount on both sides.</summary>
    Pending = 2,

    /// <summary>Resolves a pending transfer by posting all or part of it; the rest is released.</summary>
    Post = 3,

    /// <summary>Resolves a pending transfer by releasing all of it.</summary>
    Void = 4,
}

/// <summary>What a transfer is for. The numbers are stored; never renumber.</summary>
public enum TransferCode : short
{
    Pledge = 1,
    Deposit = 2,
    Grant = 3,
    Match = 4,
    Disbursement = 5,
    Leftover = 6,
    Refund = 7,
    Move = 8,
    Suspense = 9,
}

/// <summary>An immutable movement of money from the debited to the credited account.</summary>
/// <param name="AmountMinor">1 or more; for <see cref="TransferKind.Void"/> the whole pending amount.</param>
/// <param name="Resolves">The pending transfer that a post or void resolves.</param>
public sealed record Transfer(
    TransferId Id,
    TransferKind Kind,
    TransferCode Code,
    LedgerAccount Debit,
    LedgerAccount Credit,
    long AmountMinor,
    TransferId? Resolves = null)
{
    /// <summary>Whether it gives money back, and so makes room again in a capped account.</summary>
    public bool Returns => Code is TransferCode.Refund or TransferCode.Move;

    public Transfer Post(TransferId id, long amountMinor) =>
        this with { Id = id, Kind = TransferKind.Post, AmountMinor = amountMinor, Resolves = Id };

    public Transfer Void(TransferId id) => this with { Id = id, Kind = TransferKind.Void, Resolves = Id };
}
