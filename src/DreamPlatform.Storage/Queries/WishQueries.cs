using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Search;

namespace DreamPlatform.Storage.Queries;

/// <summary>A wish as the read models have it.</summary>
/// <param name="Title">The published title; null before it is published.</param>
/// <param name="IsCollecting">Whether it takes money now.</param>
public sealed record WishRow(
    Wish Wish, long Version, Balance Balance, long Pledges, string? Title, bool IsCollecting);

/// <summary>Something that happened to a wish.</summary>
public sealed record HistoryRow(long Version, string Name, DateTimeOffset At, Event Event);

/// <summary>The order of the wall of wishes.</summary>
public enum WallSort
{
    Newest,
    Closing,
    Progress,
}

/// <summary>What the wall of wishes is narrowed to; null leaves it open.</summary>
public sealed record WallFilter(WishStatus? Status, string? Category, string? Region, Guid? Project, WallSort Sort)
{
    /// <summary>The terms that a wish must have.</summary>
    public SearchQuery? Search { get; init; }
}

/// <summary>Which queue of cases a reviewer looks at.</summary>
public enum ReviewQueue
{
    Mine,
    Open,

    /// <summary>Those that some reviewer has taken.</summary>
    Claimed,
    Overdue,

    /// <summary>Those that were recommended and that the asker may approve.</summary>
    ToApprove,
}

/// <summary>What a queue is narrowed to; null leaves it open.</summary>
public sealed record CaseFilter(
    ReviewQueue Queue, string? Category = null, string? Region = null, Guid? Project = null);

/// <summary>Reads wishes from the read models.</summary>
public sealed class WishQueries(JournalReader reader, TimeProvider time)
{
    /// <summary>Put before the last days that are over: more than there are days.</summary>
    private const long Closed = 10_000_000;

    private const string Columns = """
        SELECT w.state, w.version, t.text, COALESCE(c.pledges, 0),
          COALESCE(a.debits_pending_minor, 0), COALESCE(a.debits_posted_minor, 0), COALESCE(a.credits_pending_minor, 0),
          COALESCE(a.credits_posted_minor, 0), COALESCE(a.returned_minor, 0), a.credit_limit_minor

        """;

    private const string Joins = """

        LEFT JOIN accounts a ON a.name = w.account AND a.lane = 0
        LEFT JOIN texts t ON t.subject_id = w.id AND t.field = 1
        LEFT JOIN pledge_counts c ON c.target_id = w.id

        """;

    private const string Select = $"{Columns}FROM wishes w{Joins}";

    public Task<WishRow?> Find(Guid id) => reader.QueryFirst(Select + "WHERE w.id = @id", Map, ("id", id));

    /// <summary>
    /// Published wishes after a place in the order, at most <paramref name="limit"/>. Of those that close, the ones that
    /// closed already come last.
    /// </summary>
    public async Task<IReadOnlyList<WishRow>> Wall(WallFilter filter, (long At, Guid Id)? after, int limit)
    {
        if (filter.Sort != WallSort.Closing) return await Wall(filter, null, after, limit);
        var open = after is { At: >= Closed } ? [] : await Wall(filter, "closes_day >= @today", after, limit);
        if (open.Count == limit) return open;
        var past = after is { At: >= Closed } last ? (last.At - Closed, last.Id) : ((long, Guid)?)null;
        return [.. open, .. await Wall(filter, "closes_day < @today", past, limit - open.Count)];
    }

    private async Task<IReadOnlyList<WishRow>> Wall(
        WallFilter filter, string? part, (long At, Guid Id)? after, int limit)
    {
        if (filter.Search is { Terms.Count: 0 }) return [];
        var (key, direction) = filter.Sort switch
        {
            WallSort.Closing => ("closes_day", "ASC"),
            WallSort.Progress => ("progress", "DESC"),
            _ => ("published_ms", "DESC"),
        };
        var compare = direction == "ASC" ? ">" : "<";
        string?[] conditions =
        [
            filter.Status is null ? null : "status = @status",
            filter.Category is null ? null : "category = @category",
            filter.Region is null ? null : "region = @region",
            filter.Project is null ? null : "project_id = @project",
            part,
            filter.Search?.Where(await CountOf(filter.Search)),
            after is null ? null : $"({key}, wish_id) {compare} (@at, @after)",
        ];
        return await List(
            $"SELECT wish_id AS id, {key} AS place FROM wall"
            + $" WHERE {string.Join(" AND ", conditions.Where(it => it is not null).DefaultIfEmpty("1 = 1"))}"
            + $" ORDER BY {key} {direction}, wish_id {direction} LIMIT @limit",
            direction,
            [
                ("status", filter.Status is { } status ? Names.Of(status) : null), ("category", filter.Category),
                ("region", filter.Region), ("project", filter.Project), ("today", PlatformQueries.Today(time)),
                ("at", after?.At), ("after", after?.Id), ("limit", limit), .. filter.Search?.Parameters ?? [],
            ]);
    }

    /// <summary>The wishes that a query finds in a narrow index: all that is known of them is read for a page only.</summary>
    private Task<IReadOnlyList<WishRow>> List(
        string found, string direction, params (string Name, object? Value)[] parameters) => reader.Query(
        $"{Columns}FROM ({found}) found JOIN wishes w ON w.id = found.id{Joins}"
        + $"ORDER BY found.place {direction}, w.id {direction}", Map, parameters);

    private async Task<long> CountOf(SearchQuery search) =>
        (await reader.Query(search.CountSql, row => row.Number(0), [.. search.Parameters]))[0];

    /// <summary>The place of a wish in the order of the wall.</summary>
    public long PlaceOf(WishRow row, WallSort sort) => sort switch
    {
        WallSort.Closing when WallPlace.ClosesDayOf(row.Wish) is var day =>
            day < PlatformQueries.Today(time) ? day + Closed : day,
        WallSort.Progress => WallPlace.ProgressOf(row.Wish, row.Balance),
        _ => row.Wish.PublishedAt!.Value.ToUnixTimeMilliseconds(),
    };

    public Task<IReadOnlyList<WishRow>> OfApplicant(AccountId applicant, Guid? after, int limit) => reader.Query(
        Select + "WHERE w.applicant_id = @applicant" + (after is null ? "" : " AND w.id < @after")
        + " ORDER BY w.id DESC LIMIT @limit", Map, ("applicant", applicant.Value), ("after", after), ("limit", limit));

    /// <summary>The newest drafts of an applicant.</summary>
    public Task<IReadOnlyList<WishRow>> DraftsOf(AccountId applicant, int limit) => reader.Query(
        Select + "WHERE w.applicant_id = @applicant AND w.status = 'Draft' ORDER BY w.id DESC LIMIT @limit",
        Map, ("applicant", applicant.Value), ("limit", limit));

    public async Task<long> CountOfApplicant(AccountId applicant) => (await reader.Query(
        "SELECT COUNT(*) FROM wishes WHERE applicant_id = @applicant", row => row.Number(0),
        ("applicant", applicant.Value)))[0];

    /// <summary>
    /// Cases of the foundations somebody reviews, approves or administers for, oldest due first.
    /// </summary>
    public Task<IReadOnlyList<WishRow>> Cases(
        CaseFilter filter, Actor actor, DateTimeOffset now, (long At, Guid Id)? after, int limit) => filter.Queue switch
        {
            ReviewQueue.Mine =>
                CasesIn("status = 'InReview' AND reviewer_id = @reviewer", filter, actor, now, after, limit),
            ReviewQueue.Open => CasesIn("status = 'Submitted'", filter, actor, now, after, limit),
            ReviewQueue.Claimed => CasesIn("status = 'InReview'", filter, actor, now, after, limit),
            ReviewQueue.ToApprove => CasesToApprove(filter, actor, now, after, limit),
            _ => CasesIn(
                "status IN ('Submitted', 'InReview') AND review_due_ms < @now", filter, actor, now, after, limit),
        };

    private async Task<IReadOnlyList<WishRow>> CasesIn(
        string which, CaseFilter filter, Actor actor, DateTimeOffset now, (long At, Guid Id)? after, int limit)
    {
        var rows = new List<WishRow>();
        foreach (var foundation in ReviewedFoundations(actor))
        {
            rows.AddRange(await List(
                $"SELECT id, review_due_ms AS place FROM wishes WHERE foundation_id = @foundation AND {which}"
                + (filter.Category is null ? "" : " AND category = @category")
                + (filter.Region is null ? "" : " AND region = @region")
                + (filter.Project is null ? "" : " AND project_id = @project")
                + (after is null ? "" : " AND (review_due_ms, id) > (@at, @after)")
                + " ORDER BY review_due_ms, id LIMIT @limit", "ASC",
                ("foundation", foundation.Value), ("reviewer", actor.Id.Value),
                ("now", now.ToUnixTimeMilliseconds()), ("category", filter.Category), ("region", filter.Region),
                ("project", filter.Project), ("at", after?.At), ("after", after?.Id), ("limit", limit)));
        }

        return [.. rows.OrderBy(row => row.Wish.ReviewDueAt)
            .ThenBy(row => row.Wish.Id.ToString(), StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>
    /// The cases that somebody may approve now, oldest due first. Of all that wait for an approver only the rules know
    /// which; most may be approved by whoever asks, so no more are read than are asked for until some are not.
    /// </summary>
    private async Task<IReadOnlyList<WishRow>> CasesToApprove(
        CaseFilter filter, Actor actor, DateTimeOffset now, (long At, Guid Id)? after, int limit)
    {
        var found = new List<WishRow>();
        while (found.Count < limit)
        {
            var page = await CasesIn("to_approve = 1", filter, actor, now, after, limit);
            found.AddRange(page.Where(row => row.Wish.RefusesApprovalBy(actor) is null));
            if (page.Count < limit) break;
            after = (page[^1].Wish.ReviewDueAt!.Value.ToUnixTimeMilliseconds(), page[^1].Wish.Id.Value);
        }

        return [.. found.Take(limit)];
    }

    /// <summary>The foundations whose cases an account may review or approve.</summary>
    internal static IEnumerable<FoundationId> ReviewedFoundations(Actor actor) =>
        actor.Roles.Where(held => held.Role is Role.Reviewer or Role.Approver or Role.Foundation)
            .Select(held => held.Foundation!.Value).Distinct();

    /// <summary>The cases that a reviewer has claimed and not decided; at most a thousand.</summary>
    public Task<IReadOnlyList<WishRow>> InReviewBy(AccountId reviewer) => reader.Query(
        Select + "WHERE w.status = 'InReview' AND w.reviewer_id = @reviewer ORDER BY w.id LIMIT 1000",
        Map, ("reviewer", reviewer.Value));

    /// <summary>The wishes of a foundation in a queue of its finance officers, those first that were published first.</summary>
    public Task<IReadOnlyList<WishRow>> ToFulfil(
        FulfilmentQueue queue, FoundationId foundation, (long At, Guid Id)? after, int limit) => List(
        "SELECT id, published_ms AS place FROM wishes WHERE foundation_id = @foundation"
        + (queue == FulfilmentQueue.ToOrder ? " AND to_order = 1" : " AND to_deliver = 1")
        + (after is null ? "" : " AND (published_ms, id) > (@at, @after)")
        + " ORDER BY published_ms, id LIMIT @limit",
        "ASC", ("foundation", foundation.Value), ("at", after?.At), ("after", after?.Id), ("limit", limit));

    /// <summary>What happened to a wish, oldest first.</summary>
    public Task<IReadOnlyList<HistoryRow>> History(Guid id, long after, int limit) => Events(id, "", after, limit);

    /// <summary>The same without the writing of its draft, of which there may be any number; at most 500.</summary>
    public Task<IReadOnlyList<HistoryRow>> Milestones(Guid id) =>
        Events(id, "AND name <> 'wish-draft-edited.v1' ", after: 0, limit: 500);

    private Task<IReadOnlyList<HistoryRow>> Events(Guid id, string which, long after, int limit) => reader.Query(
        "SELECT version, name, at_ms, data FROM events "
        + $"WHERE stream_id = @id AND version > @after {which}ORDER BY version LIMIT @limit",
        row => new HistoryRow(
            row.Number(0), row.Text(1), row.Time(2),
            JournalJson.Read(new StreamId(StreamKind.Wish, id), row.Number(0), row.Text(1), row.Text(3))),
        ("id", id), ("after", after), ("limit", limit));

    private WishRow Map(Row row)
    {
        var wish = JournalJson.Read<Wish>(row.Text(0));
        return new(
            wish, row.Number(1),
            new Balance(
                row.Number(4), row.Number(5), row.Number(6), row.Number(7), row.Number(8), row.NumberOrNull(9), true),
            row.Number(3), row.TextOrNull(2), wish.IsCollecting(time.GetUtcNow()));
    }
}
