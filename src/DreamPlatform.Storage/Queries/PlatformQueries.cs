using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>What the platform as a whole has come to, at this moment.</summary>
/// <param name="WishesCollecting">Published, not funded yet, and open today.</param>
/// <param name="DisbursedMinor">Paid to payees for what was delivered.</param>
public sealed record PlatformNumbers(long WishesFulfilled, long WishesCollecting, long DisbursedMinor);

/// <summary>Adds up the whole platform.</summary>
public sealed class PlatformQueries(JournalReader reader, TimeProvider time)
{
    /// <summary>Summed when asked for, so they are true.</summary>
    public async Task<PlatformNumbers> Numbers() => (await reader.Query(
        """
        SELECT (SELECT COUNT(*) FROM wall WHERE status = 'Fulfilled'),
          (SELECT COUNT(*) FROM wall WHERE status = 'Funding' AND closes_day >= @today),
          (SELECT CAST(COALESCE(SUM(credits_posted_minor), 0) AS bigint) FROM accounts
           WHERE name >= 'payee-' AND name < 'payee.')
        """,
        row => new PlatformNumbers(row.Number(0), row.Number(1), row.Number(2)),
        ("today", Today(time))))[0];

    /// <summary>The day that it is where the platform is, as the read models count days.</summary>
    internal static long Today(TimeProvider time) => PlatformCalendar.DayOf(time.GetUtcNow()).DayNumber;
}
