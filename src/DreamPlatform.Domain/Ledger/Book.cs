using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Ledger;

/// <summary>The ledger refused what a rule had accepted.</summary>
[StoredAs("ledger-refused")]
public sealed record LedgerRefused(LedgerRefusal Reason)
    : Rejection(RejectionKind.Conflict, "The money for this is not there, or there is no room for it.");

/// <summary>Why the ledger refuses transfers; the names follow TigerBeetle's published rules.</summary>
public enum LedgerRefusal
{
    None = 0,
    AmountMustBePositive,
    AmountOverflows,
    AccountsMustDiffer,
    AccountNotFound,
    AccountAlreadyOpen,
    Exists,
    ExistsWithDifferentContent,
    PendingTransferRequired,
    PendingTransferNotFound,
    PendingTransferNotPending,
    PendingTransferHasDifferentAccounts,
    PendingTransferHasDifferentCode,
    PendingTransferAlreadyPosted,
    PendingTransferAlreadyVoided,
    ExceedsPendingAmount,
    ExceedsCredits,
    ExceedsCreditLimit,
}

/// <summary>
/// The judge of transfers: the balances and transfers that were read, moving on with each accepted command. Not
/// thread-safe; does no I/O.
/// </summary>
public sealed class Book
{
    private readonly Dictionary<LedgerAccount, Balance> balances = [];
    private readonly Dictionary<TransferId, Transfer> transfers = [];
    private readonly Dictionary<TransferId, Transfer> resolutions = [];

    /// <summary>Puts a balance in as it was read.</summary>
    public void Load(LedgerAccount account, Balance balance) => balances[account] = balance;

    /// <summary>Puts a transfer in as it was read.</summary>
    public void Load(Transfer transfer)
    {
        transfers[transfer.Id] = transfer;
        if (transfer.Resolves is { } pending) resolutions[pending] = transfer;
    }

    /// <summary>The balance of an account; for an unlimited one only what this book has seen of it.</summary>
    public Balance BalanceOf(LedgerAccount account) =>
        balances.TryGetValue(account, out var balance) ? balance : new Balance { IsOpen = !account.IsLimited };

    /// <summary>Opens accounts and applies transfers in order: all of them, or none and the first refusal.</summary>
    public LedgerRefusal Apply(IReadOnlyList<AccountOpening> openings, IReadOnlyList<Transfer> proposed)
    {
        if (openings.Count == 0 && proposed.Count == 0) return LedgerRefusal.None;
        var draft = new Draft(this);
        foreach (var opening in openings)
            if (draft.Open(opening) is var refusal and not LedgerRefusal.None) return refusal;
        foreach (var transfer in proposed)
            if (draft.Apply(transfer) is var refusal and not LedgerRefusal.None) return refusal;
        draft.Keep();
        return LedgerRefusal.None;
    }

    /// <summary>What one command would change; thrown away when any part of it is refused.</summary>
    private sealed class Draft(Book book)
    {
        private readonly Dictionary<LedgerAccount, Balance> changed = [];
        private readonly List<Transfer> added = [];

        public void Keep()
        {
            foreach (var (account, balance) in changed) book.balances[account] = balance;
            foreach (var transfer in added) book.Load(transfer);
        }

        public LedgerRefusal Open(AccountOpening opening)
        {
            if (BalanceOf(opening.Account).IsOpen) return LedgerRefusal.AccountAlreadyOpen;
            changed[opening.Account] = new Balance { CreditLimitMinor = opening.CreditLimitMinor, IsOpen = true };
            return LedgerRefusal.None;
        }

        public LedgerRefusal Apply(Transfer transfer)
        {
            if (Known(transfer.Id) is { } first)
                return first == transfer ? LedgerRefusal.Exists : LedgerRefusal.ExistsWithDifferentContent;
            if (transfer.AmountMinor <= 0) return LedgerRefusal.AmountMustBePositive;
            if (transfer.Debit == transfer.Credit) return LedgerRefusal.AccountsMustDiffer;

            var (debit, credit) = (BalanceOf(transfer.Debit), BalanceOf(transfer.Credit));
            if (!debit.IsOpen || !credit.IsOpen) return LedgerRefusal.AccountNotFound;

            long released = 0;
            if (transfer.Kind is TransferKind.Post or TransferKind.Void)
            {
                if (Resolvable(transfer, out var pending) is var refusal and not LedgerRefusal.None) return refusal;
                released = pending.AmountMinor;
            }
            else if (transfer.Resolves is not null) return LedgerRefusal.PendingTransferNotPending;
            else if (transfer.AmountMinor > Left(debit.DebitsPendingMinor, debit.DebitsPostedMinor)
                || transfer.AmountMinor > Left(credit.CreditsPendingMinor, credit.CreditsPostedMinor))
                return LedgerRefusal.AmountOverflows;

            var held = transfer.Kind == TransferKind.Pending ? transfer.AmountMinor : 0;
            var posted = transfer.Kind is TransferKind.Direct or TransferKind.Post ? transfer.AmountMinor : 0;
            return Move(transfer, debit, credit, held - released, posted);
        }

        private LedgerRefusal Move(Transfer transfer, Balance debit, Balance credit, long pending, long posted)
        {
            debit = debit with
            {
                DebitsPendingMinor = debit.DebitsPendingMinor + pending,
                DebitsPostedMinor = debit.DebitsPostedMinor + posted,
                ReturnedMinor = debit.ReturnedMinor + (transfer.Returns ? posted : 0),
            };
            credit = credit with
            {
                CreditsPendingMinor = credit.CreditsPendingMinor + pending,
                CreditsPostedMinor = credit.CreditsPostedMinor + posted,
            };

            if (transfer.Debit.IsLimited && debit.AvailableMinor < 0) return LedgerRefusal.ExceedsCredits;
            if (credit.RoomMinor < 0) return LedgerRefusal.ExceedsCreditLimit;

            changed[transfer.Debit] = debit;
            changed[transfer.Credit] = credit;
            added.Add(transfer);
            return LedgerRefusal.None;
        }

        private LedgerRefusal Resolvable(Transfer transfer, out Transfer pending)
        {
            pending = transfer;
            if (transfer.Resolves is not { } id) return LedgerRefusal.PendingTransferRequired;
            if (Known(id) is not { } found) return LedgerRefusal.PendingTransferNotFound;
            pending = found;
            if (found.Kind != TransferKind.Pending) return LedgerRefusal.PendingTransferNotPending;
            if (found.Debit != transfer.Debit || found.Credit != transfer.Credit)
                return LedgerRefusal.PendingTransferHasDifferentAccounts;
            if (found.Code != transfer.Code) return LedgerRefusal.PendingTransferHasDifferentCode;
            if (Resolution(id) is { } resolution)
                return resolution.Kind == TransferKind.Post
                    ? LedgerRefusal.PendingTransferAlreadyPosted
                    : LedgerRefusal.PendingTransferAlreadyVoided;
            var fits = transfer.Kind == TransferKind.Void
                ? transfer.AmountMinor == found.AmountMinor
                : transfer.AmountMinor <= found.AmountMinor;
            return fits ? LedgerRefusal.None : LedgerRefusal.ExceedsPendingAmount;
        }

        /// <summary>
        /// How much more fits; the sums of an unlimited account may be negative here, being gains only.
        /// </summary>
        private static Int128 Left(long pendingMinor, long postedMinor) =>
            (Int128)long.MaxValue - pendingMinor - postedMinor;

        private Balance BalanceOf(LedgerAccount account) =>
            changed.TryGetValue(account, out var balance) ? balance : book.BalanceOf(account);

        private Transfer? Known(TransferId id) =>
            added.Find(transfer => transfer.Id == id) ?? book.transfers.GetValueOrDefault(id);

        private Transfer? Resolution(TransferId id) =>
            added.Find(transfer => transfer.Resolves == id) ?? book.resolutions.GetValueOrDefault(id);
    }
}
