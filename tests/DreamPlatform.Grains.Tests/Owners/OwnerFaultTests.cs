using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Tests;

namespace DreamPlatform.Grains.Tests.Owners;

/// <summary>What a grain answers when its commit fails, and how it goes on.</summary>
public sealed class OwnerFaultTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_commit_that_cannot_run_is_answered_busy_and_nothing_is_done(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var wish = await cluster.World.FundingWish(1_000);
        var pledge = World.Envelope(World.Donor, World.Pledge(100));
        var before = await journal.Dump();

        cluster.Failpoints.OnStep = _ => throw new TransientFaultException();
        var outcome = await cluster.Send(wish.Stream, pledge);
        var after = await journal.Dump();
        cluster.Failpoints.OnStep = null;

        Assert.IsType<CommandBusy>(outcome);
        Assert.Equal(before, after);
        Assert.False(Assert.IsType<CommandAccepted>(await cluster.Send(wish.Stream, pledge)).IsRepeat);
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task An_unknown_outcome_lets_the_grain_go_and_the_same_command_finds_out(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var wish = await cluster.World.FundingWish(1_000);
        var pledge = World.Envelope(World.Donor, World.Pledge(100));
        await using var blocker = journal.Database.OpenToWrite();
        await using var block = blocker.CreateCommand();
        block.CommandText = database == "sqlite" ? "BEGIN IMMEDIATE" : "BEGIN; SELECT id FROM streams FOR UPDATE";
        cluster.Failpoints.OnStep = step =>
        {
            if (step != CommitStep.CommitSentDone) return;
            block.ExecuteNonQuery();
            throw new ConnectionCutException();
        };

        var outcome = await cluster.Send(wish.Stream, pledge);
        cluster.Failpoints.OnStep = null;
        block.CommandText = "ROLLBACK";
        block.ExecuteNonQuery();

        Assert.IsType<CommandOutcomeUnknown>(outcome);
        await Eventually.Is(async () => !await cluster.IsActive(cluster.Owner(wish.Stream)));
        Assert.True(Assert.IsType<CommandAccepted>(await cluster.Send(wish.Stream, pledge)).IsRepeat);
        Assert.Equal(100, (await journal.BalanceOf(LedgerAccount.Wish(wish))).CreditsPendingMinor);
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_bug_in_a_rule_fails_its_command_and_the_grain_goes_on(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var wish = await cluster.World.FundingWish(1_000);

        var outcomes = await Task.WhenAll(
            cluster.World.Do(wish.Stream, World.Donor, World.Pledge(100)),
            cluster.World.Do(wish.Stream, World.Administrator, new CloseProject()),
            cluster.World.Do(wish.Stream, World.Donor, World.Pledge(100)));

        Assert.IsType<CommandAccepted>(outcomes[0]);
        Assert.IsType<CommandFailed>(outcomes[1]);
        Assert.IsType<CommandAccepted>(outcomes[2]);
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wish_that_cannot_be_read_fails_alone(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var (poisoned, healthy) = (await cluster.World.FundingWish(1_000), await cluster.World.FundingWish(1_000));
        journal.Tamper("UPDATE events SET data = '{' WHERE stream_id = @id AND version = 1", ("id", poisoned.Value));
        await using var restarted = await Cluster.Start(journal);

        Assert.IsType<CommandUnreadable>(await restarted.World.Do(poisoned.Stream, World.Donor, World.Pledge(100)));
        Assert.IsType<CommandAccepted>(await restarted.World.Do(healthy.Stream, World.Donor, World.Pledge(100)));
        journal.Tamper("UPDATE events SET data = @data WHERE stream_id = @id AND version = 1",
            ("id", poisoned.Value), ("data", (await journal.Reader.Query(
                "SELECT data FROM events WHERE stream_id = @other AND version = 1", row => row.Text(0), ("other", healthy.Value)))[0]));
        Assert.IsType<CommandAccepted>(await restarted.World.Do(poisoned.Stream, World.Donor, World.Pledge(100)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wish_that_does_not_exist_refuses_and_leaves_no_trace(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var before = await journal.Dump();

        var outcome = await cluster.World.Do(new(StreamKind.Wish, Guid.CreateVersion7()), World.Donor, World.Pledge(100));

        Assert.IsType<NotFound>(Assert.IsType<CommandRefused>(outcome).Rejection);
        Assert.Equal(before, await journal.Dump());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task An_id_that_names_something_else_is_taken(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();

        var outcome = await cluster.World.Do(
            new(StreamKind.Wish, cluster.World.Project.Value), World.Applicant,
            new Domain.Wishes.DraftWish(cluster.World.Project));

        Assert.IsType<IdTaken>(Assert.IsType<CommandRefused>(outcome).Rejection);
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_stop_finishes_what_was_accepted(string database)
    {
        await using var journal = new TestJournal(database);
        var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var wish = await cluster.World.FundingWish(10_000);
        var pledges = Enumerable.Range(0, 500).Select(_ => World.Envelope(World.Donor, World.Pledge(1))).ToArray();
        var isCommitting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Failpoints.OnStep = _ => isCommitting.TrySetResult();
        var answers = pledges.Select(pledge => cluster.Send(wish.Stream, pledge)).ToArray();
        await isCommitting.Task;

        await cluster.DisposeAsync();

        for (var i = 0; i < pledges.Length; i++)
        {
            if (!answers[i].IsCompletedSuccessfully || await answers[i] is not CommandAccepted) continue;
            Assert.Equal(1, await journal.Count("events WHERE command_id = @id", ("id", pledges[i].Id.Value)));
        }

        journal.AssertSound();
    }
}
