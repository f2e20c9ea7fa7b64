using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Tests.Journal;

/// <summary>Who sees to what has fallen due.</summary>
public sealed class DueRowsTests
{
    private const DueKind Kind = DueKind.PledgeLapse;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_claim_takes_the_oldest_hundred_in_the_order_of_their_time(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        var all = Fill(journal, 250);

        var claims = new List<IReadOnlyList<Due>>();
        for (var i = 0; i < 4; i++) claims.Add(await due.Claim(Kind, Now));

        Assert.Equal([100, 100, 50, 0], claims.Select(claim => claim.Count));
        Assert.Equal(all, claims.SelectMany(claim => claim.Select(row => row.At)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_is_not_due_yet_is_not_claimed(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        Add(journal, Now);
        Add(journal, Now.AddMilliseconds(1));

        Assert.Single(await due.Claim(Kind, Now));
        Assert.Single(await due.Claim(Kind, Now.AddMilliseconds(1)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Two_claimers_at_once_never_get_the_same_row(string database)
    {
        await using var journal = new TestJournal(database);
        Fill(journal, 1_000);
        using var other = journal.Open();
        DueRows[] claimers = [new(journal.Database, journal.Reader), new(other, new JournalReader(other))];

        var claimed = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            async () =>
            {
                var mine = new List<Due>();
                while (await claimers[i % 2].Claim(Kind, Now) is { Count: > 0 } claim)
                {
                    Assert.InRange(claim.Count, 1, DueRows.MaxClaimed);
                    mine.AddRange(claim);
                }

                return mine;
            },
            TestContext.Current.CancellationToken)));

        var subjects = claimed.SelectMany(mine => mine.Select(row => row.Subject)).ToArray();
        Assert.Equal(subjects.Length, subjects.Distinct().Count());

        // A claimer that met nobody but locked rows went home early; what it left is still there for the next.
        var left = await claimers[0].Claim(Kind, Now);
        while (left.Count > 0)
        {
            subjects = [.. subjects, .. left.Select(row => row.Subject)];
            left = await claimers[0].Claim(Kind, Now);
        }

        Assert.Equal(1_000, subjects.Distinct().Count());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_claim_lasts_thirty_seconds(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        Fill(journal, 3);
        var first = await due.Claim(Kind, Now);

        Assert.Empty(await due.Claim(Kind, Now.AddSeconds(30).AddMilliseconds(-1)));
        Assert.Equal(first, await due.Claim(Kind, Now.AddSeconds(30)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_row_that_is_dropped_is_not_claimed_again(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        Fill(journal, 3);
        var first = await due.Claim(Kind, Now);

        await due.Remove(first[1]);

        Assert.Equal([first[0], first[2]], await due.Claim(Kind, Now.AddMinutes(1)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_claim_is_of_one_kind_only(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        var file = new Due(DueKind.FileSweep, Now, Guid.CreateVersion7(), Owner);
        await due.Add(file);

        Assert.Empty(await due.Claim(DueKind.PledgeLapse, Now));
        Assert.Empty(await due.Claim(DueKind.Message, Now));
        Assert.Equal([file], await due.Claim(DueKind.FileSweep, Now));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_is_added_twice_is_there_once(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        var file = new Due(DueKind.FileSweep, Now, Guid.CreateVersion7(), Owner);

        await due.Add(file);
        await due.Add(file);

        Assert.Single(await due.Claim(DueKind.FileSweep, Now));
        await due.Remove(file);
        Assert.Equal(0, await journal.Count("due"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_is_postponed_is_claimed_again_later_with_one_attempt_more(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        await due.Add(new Due(DueKind.FileSweep, Now, Guid.CreateVersion7(), Owner));
        var first = Assert.Single(await due.Claim(DueKind.FileSweep, Now));

        await due.Postpone(first, Now.AddHours(1), "unreachable");

        Assert.Empty(await due.Claim(DueKind.FileSweep, Now.AddHours(1).AddMilliseconds(-1)));
        var again = Assert.Single(await due.Claim(DueKind.FileSweep, Now.AddHours(1)));
        Assert.Equal(first with { At = Now.AddHours(1), Attempts = 1 }, again);
        Assert.Equal(1, await journal.Count("due WHERE last_error = 'unreachable'"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_claim_may_be_small_and_long(string database)
    {
        await using var journal = new TestJournal(database);
        var due = new DueRows(journal.Database, journal.Reader);
        Fill(journal, 5);
        Assert.Equal(2, (await due.Claim(Kind, Now, most: 2, claimedFor: TimeSpan.FromMinutes(5))).Count);

        Assert.Equal(3, (await due.Claim(Kind, Now.AddMinutes(5).AddMilliseconds(-1))).Count);
        Assert.Equal(5, (await due.Claim(Kind, Now.AddMinutes(6))).Count);
    }

    private static StreamId Owner => new(StreamKind.Wish, new Guid("019d0000-0000-7000-8000-000000000001"));

    private static DateTimeOffset[] Fill(TestJournal journal, int rows)
    {
        var times = Enumerable.Range(0, rows).Select(i => Now.AddSeconds(-i * 7 % 5_000)).ToArray();
        foreach (var chunk in times.Chunk(100)) Add(journal, chunk);
        return [.. times.Order()];
    }

    private static void Add(TestJournal journal, params DateTimeOffset[] times)
    {
        var rows = times.Select((_, i) => $"(@at{i}, @subject{i}, 1, @owner, 1)");
        var values = times.SelectMany((at, i) => ((string, object?)[])
            [($"at{i}", at.ToUnixTimeMilliseconds()), ($"subject{i}", Guid.CreateVersion7())]);
        journal.Tamper(
            $"INSERT INTO due (at_ms, subject_id, kind, owner_id, owner_kind) VALUES {string.Join(", ", rows)}",
            [.. values, ("owner", Guid.CreateVersion7())]);
    }
}
