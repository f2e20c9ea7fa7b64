using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests.Commits;
using DreamPlatform.Storage.Verification;

namespace DreamPlatform.Storage.Tests.Verification;

/// <summary>The read models, made anew from the journal.</summary>
public sealed class RebuildTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Rebuild_repairs_every_read_model(string database)
    {
        string[] damages =
        [
            "UPDATE streams SET version = version + 5", "DELETE FROM wishes", "UPDATE wishes SET state = '{}', status = 'Draft'",
            "DELETE FROM projects", "DELETE FROM pledges_by_donor", "UPDATE pledge_counts SET pledges = 99",
            "DELETE FROM due WHERE kind = 1", "UPDATE due SET at_ms = at_ms + 1 WHERE kind = 1",
        ];
        await using var scene = await VerifierTests.Story(database);
        scene.Log.Dispose();
        await Eventually.Is(() => !scene.Journal.Database.IsServed());
        var whole = await scene.Journal.Dump();
        foreach (var damage in damages)
        {
            Assert.NotEqual(0, scene.Journal.Tamper(damage));
            Assert.Contains(Verifier.Run(scene.Journal.Database), finding => finding is { Number: 5, Holds: false });

            var streams = Rebuild.Run(scene.Journal.Database);

            Assert.Equal(await scene.Journal.Count("streams"), streams);
            Assert.Equal(whole, await scene.Journal.Dump());
            scene.Journal.AssertSound();
            await Eventually.Is(() => !scene.Journal.Database.IsServed());
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Rebuild_keeps_what_falls_due_and_does_not_follow_from_states(string database)
    {
        await using var scene = await VerifierTests.Story(database);
        scene.Log.Dispose();
        await Eventually.Is(() => !scene.Journal.Database.IsServed());
        var due = new DueRows(scene.Journal.Database, scene.Journal.Reader);
        var file = new Due(DueKind.FileSweep, scene.Journal.Time.GetUtcNow(), Guid.CreateVersion7(), scene.Wish.Stream);
        await due.Add(file);
        scene.Journal.AssertSound();
        var whole = await scene.Journal.Dump();

        Rebuild.Run(scene.Journal.Database);

        Assert.Equal(whole, await scene.Journal.Dump());
        Assert.Equal([file], await due.Claim(DueKind.FileSweep, file.At));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_journal_goes_on_after_a_rebuild(string database)
    {
        await using var scene = await VerifierTests.Story(database);
        scene.Log.Dispose();
        await Eventually.Is(() => !scene.Journal.Database.IsServed());
        scene.Journal.Tamper("DELETE FROM wishes");
        Rebuild.Run(scene.Journal.Database);

        var pledge = FaultScene.NewPledge(10);
        await scene.Journal.Execute(scene.Journal.Log(), scene.Wish.Stream, pledge);

        await scene.AssertDoneOnce(pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_rebuild_that_fails_leaves_the_read_models_as_they_were(string database)
    {
        await using var scene = await VerifierTests.Story(database);
        scene.Log.Dispose();
        await Eventually.Is(() => !scene.Journal.Database.IsServed());
        scene.Journal.Tamper("UPDATE events SET data = '{' WHERE stream_id = @wish AND version = 2", ("wish", scene.Wish.Value));
        var before = await scene.Journal.Dump();

        Assert.Throws<PoisonEventException>(() => Rebuild.Run(scene.Journal.Database));

        Assert.Equal(before, await scene.Journal.Dump());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Rebuild_refuses_while_a_process_serves(string database)
    {
        if (database == "sqlite") return; // The lock on the data folder keeps them apart.

        await using var scene = await VerifierTests.Story(database);
        scene.Journal.Tamper("DELETE FROM wishes");

        var refusal = Assert.Throws<DatabaseRefusedException>(() => Rebuild.Run(scene.Journal.Database));

        Assert.Contains("Stop it", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await scene.Journal.Count("wishes"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_rebuild_waits_for_a_slow_journal_longer_than_a_commit_may(string database)
    {
        if (database == "sqlite") return; // It has no such limits.

        await using var scene = await VerifierTests.Story(database);
        scene.Log.Dispose();
        await Eventually.Is(() => !scene.Journal.Database.IsServed());
        await using var slow = scene.Journal.Database.OpenToWrite();
        await using var command = slow.CreateCommand();
        command.CommandText = "BEGIN; LOCK TABLE events";
        command.ExecuteNonQuery();

        var rebuild = Task.Run(() => Rebuild.Run(scene.Journal.Database), TestContext.Current.CancellationToken);
        await Eventually.Is(async () => rebuild.IsCompleted || await scene.Journal.Count(
            "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
            + "AND query_start < clock_timestamp() - interval '2500 ms'") > 0);
        command.CommandText = "ROLLBACK";
        command.ExecuteNonQuery();

        await rebuild;
        scene.Journal.AssertSound();
    }
}
