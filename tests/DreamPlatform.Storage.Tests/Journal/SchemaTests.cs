using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests.Commits;
using DreamPlatform.Storage.Verification;

namespace DreamPlatform.Storage.Tests.Journal;

/// <summary>What a process does with a database that it finds.</summary>
public sealed class SchemaTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_database_that_only_a_newer_release_reads_is_refused_with_what_to_do(string database)
    {
        await using var journal = new TestJournal(database, isBlank: true);
        journal.Database.Migrate("CNY");
        journal.Tamper($"UPDATE schema_info SET version = 9, min_reader = {Database.SchemaVersion + 1}");

        var refusal = Assert.Throws<DatabaseRefusedException>(() => journal.Database.Migrate("CNY"));

        Assert.Contains("Start the newer release", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_tool_too_refuses_a_database_that_only_a_newer_release_reads(string database)
    {
        await using var journal = new TestJournal(database, isBlank: true);
        journal.Database.Migrate("CNY");
        journal.Tamper($"UPDATE schema_info SET version = 9, min_reader = {Database.SchemaVersion + 1}");

        Assert.Throws<DatabaseRefusedException>(() => Rebuild.Run(journal.Database));
        Assert.Throws<DatabaseRefusedException>(() => Verifier.Run(journal.Database));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_newer_database_that_this_release_can_still_read_is_taken(string database)
    {
        await using var journal = new TestJournal(database, isBlank: true);
        journal.Database.Migrate("CNY");
        journal.Tamper($"UPDATE schema_info SET version = 9, min_reader = {Database.SchemaVersion}");

        journal.Database.Migrate("CNY");

        Assert.Equal(9, (await journal.Reader.Query("SELECT version FROM schema_info", row => row.Number(0)))[0]);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_database_with_another_currency_is_refused_and_keeps_its_own(string database)
    {
        await using var journal = new TestJournal(database, isBlank: true);
        journal.Database.Migrate("CNY");

        var refusal = Assert.Throws<DatabaseRefusedException>(() => journal.Database.Migrate("EUR"));

        Assert.Contains("CNY", refusal.Message, StringComparison.Ordinal);
        journal.Database.Migrate("CNY");
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wish_whose_applicant_was_erased_before_the_upgrade_collects_no_more_after_it(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var other = await scene.World.FundingWish(1_000);
        await scene.World.Done(scene.Wish.Stream, World.Applicant, new EraseApplicant());
        scene.Journal.Tamper("UPDATE wall SET closes_day = 740346");
        scene.Journal.Tamper("UPDATE schema_info SET version = 5");
        scene.Journal.Tamper("DELETE FROM schemaversions WHERE scriptname LIKE '%.0006-%'");

        scene.Journal.Database.Migrate("CNY");

        var days = await scene.Journal.Reader.Query(
            "SELECT wish_id, closes_day FROM wall", row => (row.Uuid(0), row.Number(1)));
        Assert.Equal([(scene.Wish.Value, 0L), (other.Value, 740_346)], days.OrderBy(it => it.Item2));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task To_migrate_again_changes_nothing(string database)
    {
        await using var scene = await FaultScene.Open(database);
        await scene.Accepted(FaultScene.NewPledge());
        var before = await scene.Journal.Dump();

        using (var again = scene.Journal.Open()) again.Migrate("CNY");

        Assert.Equal(before, await scene.Journal.Dump());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_was_due_before_an_upgrade_is_due_after_it(string database)
    {
        await using var journal = new TestJournal(database, isBlank: true);
        journal.Database.Migrate("CNY", newest: 1);
        var (pledge, wish, at) = (Guid.CreateVersion7(), Guid.CreateVersion7(), journal.Time.GetUtcNow());
        journal.Tamper(
            "INSERT INTO due (at_ms, subject_id, kind, owner_id, owner_kind) VALUES (@at, @pledge, 1, @wish, 1)",
            ("at", at.ToUnixTimeMilliseconds()), ("pledge", pledge), ("wish", wish));

        journal.Database.Migrate("CNY");

        var due = await new DueRows(journal.Database, journal.Reader).Claim(DueKind.PledgeLapse, at);
        Assert.Equal([new Due(DueKind.PledgeLapse, at, pledge, new WishId(wish).Stream)], due);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Several_processes_may_migrate_an_empty_or_an_older_database_at_once(string database)
    {
        for (var i = 0; i < (database == "sqlite" ? 15 : 4); i++)
        {
            await using var journal = new TestJournal(database, isBlank: true);
            if (i % 2 == 1)
            {
                using var older = journal.Open(Database.SchemaVersion - 1);
                older.Migrate("CNY");
            }

            using var start = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    using var handle = journal.Open();
                    start.SignalAndWait();
                    handle.Migrate("CNY");
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.Equal(1, await journal.Count("schema_info"));
            Assert.Equal(Database.SchemaVersion, journal.Database.ReadSchema().Version);
            journal.AssertSound();
        }
    }

    [Fact]
    public async Task A_SQLite_journal_writes_ahead_and_syncs_every_commit()
    {
        await using var journal = new TestJournal("sqlite");
        using var session = journal.Database.Connect();

        Assert.Equal("wal", (await journal.Reader.Query("PRAGMA journal_mode", row => row.Text(0)))[0]);
        Assert.Equal(2, Ask(session, "PRAGMA synchronous"));
        Assert.Equal(0, Ask(session, "PRAGMA wal_autocheckpoint"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Each_lane_has_a_number_of_its_own_and_it_is_given_again(string database)
    {
        if (database == "sqlite") return; // It has one writer.

        await using var journal = new TestJournal(database, isBlank: true);
        using (var first = journal.Database.Connect())
        using (var second = journal.Database.Connect())
            Assert.Equal(((short)0, (short)1), (Math.Min(first.Lane, second.Lane), Math.Max(first.Lane, second.Lane)));

        using var other = journal.Open();
        await Eventually.Is(() =>
        {
            using var next = other.Connect();
            return next.Lane == 0;
        });
        await Eventually.Is(() => !other.IsServed());
    }

    private static long Ask(JournalSession session, string pragma)
    {
        var answer = -1L;
        session.Run([new Read(pragma, "", Column.Long, [0L], row => answer = row.GetInt64(0))]);
        return answer;
    }
}
