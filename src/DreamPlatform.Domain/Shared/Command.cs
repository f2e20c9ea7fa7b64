using DreamPlatform.Domain.Ledger;

namespace DreamPlatform.Domain.Shared;

/// <summary>Something somebody wants done to the owner it is sent to.</summary>
public abstract record Command;

/// <summary>A command with who sent it and what makes it the same command when it comes again.</summary>
/// <param name="Id">The idempotency key, unique per actor.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Fingerprint">A keyed hash of the request without its private parts.</param>
/// <param name="ExpectedVersion">The owner's version the sender has seen; null when it does not matter.</param>
public sealed record Envelope(
    CommandId Id, Actor Actor, Fingerprint Fingerprint, Command Command, long? ExpectedVersion = null);

/// <summary>A keyed hash over what a command asks for; tells a repeat from a reused key.</summary>
public readonly record struct Fingerprint(Guid Value);

/// <summary>
/// What a rule looks at besides its owner. Streams are locked and folded, accounts locked and read; streams that the
/// command creates are neither, since nobody else can know their ids.
/// </summary>
public sealed record Reads
{
    public static readonly Reads Nothing = new();

    public IReadOnlyList<StreamId> Streams { get; init; } = [];

    public IReadOnlyList<LedgerAccount> Accounts { get; init; } = [];

    /// <summary>Pending transfers that may be resolved.</summary>
    public IReadOnlyList<TransferId> Holds { get; init; } = [];
}

/// <summary>What was read for a rule, as of this moment in the batch.</summary>
public sealed class Facts(Func<StreamId, StreamState?> streams, Book book)
{
    /// <summary>The state of a stream the command named, or null when the stream does not exist.</summary>
    public T? Find<T>(StreamId id) where T : StreamState => streams(id) as T;

    /// <summary>The balance of an account the command named; all zero when it was never opened.</summary>
    public Balance BalanceOf(LedgerAccount account) => book.BalanceOf(account);
}
