using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests.Ledger;

/// <summary>Accounts and transfers for the tests of the ledger.</summary>
internal static class Ledgers
{
    /// <summary>Takes in 100 at most.</summary>
    public static readonly LedgerAccount Wish = LedgerAccount.Wish(new WishId(Cast.Named("wish")));
    public static readonly LedgerAccount Project = LedgerAccount.Project(new ProjectId(Cast.Named("project")));
    public static readonly LedgerAccount Unopened = LedgerAccount.Wish(new WishId(Cast.Named("never-opened")));
    public static readonly LedgerAccount Clearing = LedgerAccount.Clearing("sandbox");
    public static readonly LedgerAccount Bank = LedgerAccount.Bank(Cast.Foundation);
    public static readonly LedgerAccount Shop = LedgerAccount.Payee(Cast.Named("shop"));

    /// <summary>A book with an empty wish of at most 100 and an empty project.</summary>
    public static Book Fresh()
    {
        var book = new Book();
        Assert.Equal(LedgerRefusal.None, book.Apply([new(Wish, 100), new(Project, null)], []));
        return book;
    }

    /// <summary>A fresh book to which these transfers were applied, one by one.</summary>
    public static Book With(params Transfer[] transfers)
    {
        var book = Fresh();
        foreach (var transfer in transfers) Assert.Equal(LedgerRefusal.None, book.Try(transfer));
        return book;
    }

    /// <summary>Applies transfers as one command would.</summary>
    public static LedgerRefusal Try(this Book book, params Transfer[] transfers) => book.Apply([], transfers);

    public static TransferId Id(string name) => new(Cast.Named(name));

    public static Transfer Direct(
        string id, LedgerAccount debit, LedgerAccount credit, long amountMinor,
        TransferCode code = TransferCode.Grant) =>
        new(Id(id), TransferKind.Direct, code, debit, credit, amountMinor);

    public static Transfer Pending(string id, LedgerAccount debit, LedgerAccount credit, long amountMinor) =>
        new(Id(id), TransferKind.Pending, TransferCode.Pledge, debit, credit, amountMinor);

    /// <summary>Debits pending and posted, credits pending and posted.</summary>
    public static (long, long, long, long) Figures(this Book book, LedgerAccount account)
    {
        var b = book.BalanceOf(account);
        return (b.DebitsPendingMinor, b.DebitsPostedMinor, b.CreditsPendingMinor, b.CreditsPostedMinor);
    }
}
