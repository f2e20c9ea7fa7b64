using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>A paid gift as everybody may see it.</summary>
/// <param name="DonorName">The name the donor shows; null for anonymous ones.</param>
/// <param name="Message">What they wrote to everybody.</param>
public sealed record Gift(long AmountMinor, DateTimeOffset At, string? DonorName, string? Message);

/// <summary>Reads who gave to an account.</summary>
public sealed class GiftQueries(JournalReader reader, TextQueries texts)
{
    /// <summary>The newest gifts first.</summary>
    public async Task<IReadOnlyList<Gift>> Newest(LedgerAccount account, int limit)
    {
        var rows = await reader.Query(
            """
            SELECT t.resolves, t.amount_minor, t.at_ms, e.data FROM (
              SELECT id, resolves, amount_minor, at_ms FROM transfers
              WHERE credit = @account AND kind = 3 AND code = 1 ORDER BY id DESC LIMIT @limit) t
            JOIN events e ON e.stream_id = t.resolves AND e.version = 1
            ORDER BY t.id DESC
            """,
            row => (Pledge: row.Uuid(0), AmountMinor: row.Number(1), At: row.Time(2),
                Placed: JournalJson.Read<PledgePlaced>(row.Text(3))),
            ("account", account.Value), ("limit", limit));
        var published = await texts.Of(
        [
            .. rows.Select(row => row.Pledge),
            .. rows.Where(row => !row.Placed.Anonymous).Select(row => row.Placed.Donor.Value).Distinct(),
        ]);
        return
        [
            .. rows.Select(row => new Gift(
                row.AmountMinor, row.At,
                row.Placed.Anonymous
                    ? null
                    : published.GetValueOrDefault((row.Placed.Donor.Value, TextField.DisplayName)),
                published.GetValueOrDefault((row.Pledge, TextField.Message)))),
        ];
    }
}
