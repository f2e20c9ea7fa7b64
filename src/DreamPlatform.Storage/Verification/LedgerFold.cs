using System.Data.Common;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Verification;

/// <summary>The balances as they are stored beside the balances that the transfers add up to.</summary>
internal sealed class LedgerFold
{
    public Dictionary<string, Balance> Stored { get; } = [];

    public Dictionary<string, Balance> Folded { get; } = [];

    public Dictionary<string, long?> Limits { get; } = [];

    public long Transfers { get; private set; }

    public long Resolutions { get; private set; }

    public static LedgerFold Read(Database database, DbConnection connection)
    {
        var fold = new LedgerFold();
        fold.ReadAccounts(database, connection);
        fold.ReadTransfers(database, connection);
        return fold;
    }

    public static Balance Sum(Balance a, Balance b) => new(
        a.DebitsPendingMinor + b.DebitsPendingMinor, a.DebitsPostedMinor + b.DebitsPostedMinor,
        a.CreditsPendingMinor + b.CreditsPendingMinor, a.CreditsPostedMinor + b.CreditsPostedMinor,
        a.ReturnedMinor + b.ReturnedMinor, CreditLimitMinor: null, IsOpen: true);

    private void ReadAccounts(Database database, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT name, debits_pending_minor, debits_posted_minor, credits_pending_minor, credits_posted_minor,
              returned_minor, credit_limit_minor
            FROM accounts
            """;
        using var reader = command.ExecuteReader();
        var row = new Row(reader, database);
        while (reader.Read())
        {
            var balance = new Balance(
                row.Number(1), row.Number(2), row.Number(3), row.Number(4), row.Number(5), null, true);
            Stored[row.Text(0)] = Sum(Stored.GetValueOrDefault(row.Text(0)), balance);
            Limits[row.Text(0)] = row.NumberOrNull(6);
            Folded.TryAdd(row.Text(0), new Balance { IsOpen = true });
        }
    }

    private void ReadTransfers(Database database, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = """
            SELECT t.kind, t.code, t.debit, t.credit, t.amount_minor, p.amount_minor
            FROM transfers t LEFT JOIN transfers p ON p.id = t.resolves
            """;
        using var reader = command.ExecuteReader();
        var row = new Row(reader, database);
        while (reader.Read())
        {
            var (kind, amount) = ((TransferKind)row.Code(0), row.Number(4));
            var held = kind == TransferKind.Pending ? amount : -(row.NumberOrNull(5) ?? 0);
            var posted = kind is TransferKind.Direct or TransferKind.Post ? amount : 0;
            var returned = (TransferCode)row.Code(1) is TransferCode.Refund or TransferCode.Move ? posted : 0;
            Add(row.Text(2), new Balance(held, posted, 0, 0, returned, null, true));
            Add(row.Text(3), new Balance(0, 0, held, posted, 0, null, true));
            Transfers++;
            if (kind is TransferKind.Post or TransferKind.Void) Resolutions++;
        }
    }

    private void Add(string account, Balance gain) => Folded[account] = Sum(Folded.GetValueOrDefault(account), gain);
}
