using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>What the platform as a whole has come to, at this moment.</summary>
/// <param name="DisbursedMinor">Paid to payees for what was delivered.</param>
public sealed record PlatformNumbers(long WishesFulfilled, long WishesFunding, long DisbursedMinor);

/// <summary>Adds up the whole platform.</summary>
public sealed class PlatformQueries(JournalReader reader)
{
    /// <summary>Summed when asked for, so they are true.</summary>
    public async Task<PlatformNumbers> Numbers() => (await reader.Query(
        """
        SELECT (SELECT COUNT(*) FROM wall WHERE status = 'Fulfilled'),
          (SELECT COUNT(*) FROM wall WHERE status = 'Funding'),
          (SELECT CAST(COALESCE(SUM(credits_posted_minor), 0) AS bigint) FROM accounts
           WHERE name >= 'payee-' AND name < 'payee.')
        """,
        row => new PlatformNumbers(row.Number(0), row.Number(1), row.Number(2))))[0];
}
