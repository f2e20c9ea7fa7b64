using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>What the platform has come to.</summary>
/// <param name="Arrived">Wishes whose things have all been delivered.</param>
/// <param name="PaidOutMinor">What the payees of items were paid.</param>
/// <param name="Collecting">Wishes that wait for money.</param>
public sealed record Figures(long Arrived, long PaidOutMinor, long Collecting);

/// <summary>Adds up the read models.</summary>
public sealed class FigureQueries(JournalReader reader)
{
    public async Task<Figures> All() => (await reader.Query(
        """
        SELECT
          (SELECT COUNT(*) FROM wishes WHERE status IN ('Delivered', 'Fulfilled')),
          (SELECT CAST(COALESCE(SUM(credits_posted_minor - debits_posted_minor), 0) AS BIGINT) FROM accounts
            WHERE name >= 'payee-' AND name < 'payee.'),
          (SELECT COUNT(*) FROM wishes WHERE status = 'Funding')
        """,
        row => new Figures(row.Number(0), row.Number(1), row.Number(2))))[0];
}
