using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>An account with its sub-balances summed.</summary>
public sealed record AccountBalance(LedgerAccount Account, Balance Balance);

/// <summary>A transfer as everybody may see it: never with who gave it, but with the name they chose to show.</summary>
public sealed record TransferView(
    TransferId Id, TransferKind Kind, TransferCode Code, LedgerAccount Debit, LedgerAccount Credit, long AmountMinor,
    TransferId? Resolves, DateTimeOffset At, string? DonorName, string? Message);

/// <summary>Reads accounts and transfers.</summary>
public sealed class LedgerQueries(JournalReader reader, TextQueries texts)
{
    private const string Columns = "t.id, t.kind, t.code, t.debit, t.credit, t.amount_minor, t.resolves, t.at_ms";

    /// <summary>All accounts after a name, by name.</summary>
    public Task<IReadOnlyList<AccountBalance>> Accounts(string after, int limit) => Balances(
        "WHERE name > @after GROUP BY name ORDER BY name LIMIT @limit", ("after", after), ("limit", limit));

    public async Task<AccountBalance?> Find(string name) =>
        await Balances("WHERE name = @name GROUP BY name", ("name", name)) is [var found] ? found : null;

    /// <summary>What all accounts add up to.</summary>
    public async Task<Balance> Total() => (await reader.Query(
        """
        SELECT COALESCE(SUM(debits_pending_minor), 0), COALESCE(SUM(debits_posted_minor), 0),
          COALESCE(SUM(credits_pending_minor), 0), COALESCE(SUM(credits_posted_minor), 0)
        FROM accounts
        """,
        row => new Balance(row.Number(0), row.Number(1), row.Number(2), row.Number(3), 0, null, true)))[0];

    /// <summary>An account's transfers, oldest first.</summary>
    public async Task<IReadOnlyList<TransferView>> Transfers(string account, Guid? after, int limit)
    {
        var later = after is null ? "" : "AND id > @after";
        var rows = await reader.Query(
            $"""
            SELECT {Columns}, e.data
            FROM (SELECT * FROM (
                    SELECT * FROM (SELECT * FROM transfers WHERE debit = @account {later} ORDER BY id LIMIT @limit) d
                    UNION ALL
                    SELECT * FROM (SELECT * FROM transfers WHERE credit = @account {later} ORDER BY id LIMIT @limit) c
                  ) u ORDER BY id LIMIT @limit) t
            LEFT JOIN events e ON e.stream_id = COALESCE(t.resolves, t.id) AND e.version = 1 AND t.code = 1
            ORDER BY t.id
            """,
            row => (Transfer: View(row),
                Placed: row.TextOrNull(8) is { } data ? JournalJson.Read<PledgePlaced>(data) : null),
            ("account", account), ("after", after), ("limit", limit));
        var donors = rows.Where(row => row.Placed is { Anonymous: false })
            .Select(row => row.Placed!.Donor.Value).Distinct();
        var pledges = rows.Where(row => row.Placed is not null).Select(row => row.Transfer.Id.Value);
        var published = await texts.Of([.. donors, .. pledges]);
        return [.. rows.Select(row => row.Transfer with
        {
            DonorName = row.Placed is { Anonymous: false } placed
                ? published.GetValueOrDefault((placed.Donor.Value, TextField.DisplayName))
                : null,
            Message = published.GetValueOrDefault((row.Transfer.Id.Value, TextField.Message)),
        })];
    }

    private Task<IReadOnlyList<AccountBalance>> Balances(
        string where, params (string, object?)[] parameters) => reader.Query(
        """
        SELECT name, SUM(debits_pending_minor), SUM(debits_posted_minor), SUM(credits_pending_minor),
          SUM(credits_posted_minor), SUM(returned_minor), MAX(credit_limit_minor)
        FROM accounts
        """ + " " + where,
        row => new AccountBalance(
            new LedgerAccount(row.Text(0)),
            new Balance(
                row.Number(1), row.Number(2), row.Number(3), row.Number(4), row.Number(5), row.NumberOrNull(6), true)),
        parameters);

    private static TransferView View(Row row) => new(
        new TransferId(row.Uuid(0)), (TransferKind)row.Code(1), (TransferCode)row.Code(2),
        new LedgerAccount(row.Text(3)), new LedgerAccount(row.Text(4)), row.Number(5),
        row.UuidOrNull(6) is { } resolved ? new TransferId(resolved) : null,
        row.Time(7), DonorName: null, Message: null);
}
