using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>How many cases are in each queue, and when the next of them is due.</summary>
/// <param name="NextDueAt">Of the cases that are open or mine; null when there are none.</param>
public sealed record QueueCounts(long Open, long Claimed, long Mine, long Overdue, DateTimeOffset? NextDueAt);

/// <summary>Counts the cases that wait for a reviewer.</summary>
public sealed class ReviewQueries(JournalReader reader)
{
    /// <summary>The same cases that <see cref="WishQueries.Cases"/> lists for each queue.</summary>
    public async Task<QueueCounts> Counts(Actor actor, DateTimeOffset now)
    {
        var total = new QueueCounts(0, 0, 0, 0, null);
        foreach (var foundation in WishQueries.ReviewedFoundations(actor))
        {
            var counts = (await reader.Query(
                """
                SELECT COALESCE(SUM(CASE WHEN status = 'Submitted' THEN 1 ELSE 0 END), 0),
                  COALESCE(SUM(CASE WHEN status = 'InReview' THEN 1 ELSE 0 END), 0),
                  COALESCE(SUM(CASE WHEN status = 'InReview' AND reviewer_id = @reviewer THEN 1 ELSE 0 END), 0),
                  COALESCE(SUM(CASE WHEN review_due_ms < @now THEN 1 ELSE 0 END), 0),
                  MIN(CASE WHEN status = 'Submitted' OR reviewer_id = @reviewer THEN review_due_ms END)
                FROM wishes WHERE foundation_id = @foundation AND status IN ('Submitted', 'InReview')
                """,
                row => new QueueCounts(
                    row.Number(0), row.Number(1), row.Number(2), row.Number(3),
                    row.NumberOrNull(4) is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null),
                ("foundation", foundation.Value), ("reviewer", actor.Id.Value),
                ("now", now.ToUnixTimeMilliseconds())))[0];
            total = new QueueCounts(
                total.Open + counts.Open, total.Claimed + counts.Claimed, total.Mine + counts.Mine,
                total.Overdue + counts.Overdue,
                total.NextDueAt is { } next && !(counts.NextDueAt < next) ? next : counts.NextDueAt);
        }

        return total;
    }
}
