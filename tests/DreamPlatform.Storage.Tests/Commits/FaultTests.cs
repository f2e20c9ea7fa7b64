using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Queries;
using static DreamPlatform.Storage.Commits.CommitStep;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>Faults of the database and of the connection, at every step of a commit.</summary>
public sealed class FaultTests
{
    public static TheoryData<string, CommitStep> KindsAndSteps
    {
        get
        {
            var data = new TheoryData<string, CommitStep>();
            foreach (var row in TestJournal.Kinds)
                foreach (var step in (CommitStep[])[BeforeBegin, AfterLoad, AfterWrite]) data.Add(row.Data, step);
            return data;
        }
    }

    [Theory, MemberData(nameof(KindsAndSteps))]
    public async Task A_fault_that_passes_is_waited_out_and_the_command_done_once(string database, CommitStep step)
    {
        await using var scene = await FaultScene.Open(database);
        var faults = scene.FailAt(step, new TransientFaultException(), times: 2);

        var (result, pledge) = await scene.Pledge();

        Assert.False(Assert.IsType<CommandAccepted>(Outcome(result)).IsRepeat);
        Assert.Equal(3, faults());
        await scene.AssertDoneOnce(pledge);
    }

    [Theory, MemberData(nameof(KindsAndSteps))]
    public async Task A_fault_that_stays_is_answered_busy_after_three_attempts_and_nothing_is_written(
        string database, CommitStep step)
    {
        await using var scene = await FaultScene.Open(database);
        var before = await scene.Journal.Dump();
        var faults = scene.FailAt(step, new TransientFaultException(), times: int.MaxValue);

        var (result, pledge) = await scene.Pledge();

        Assert.IsType<RoundResult.Busy>(result);
        Assert.Equal(3, faults());
        Assert.Equal(before, await scene.Journal.Dump());
        scene.Heal();
        Assert.False((await scene.Accepted(pledge)).IsRepeat);
        await scene.AssertDoneOnce(pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_commit_that_was_cut_off_before_it_was_done_is_decided_again_and_done_once(string database)
    {
        await using var scene = await FaultScene.Open(database);
        scene.FailAt(CommitSentNotDone, new ConnectionCutException(), times: 1);

        var (result, pledge) = await scene.Pledge();

        Assert.False(Assert.IsType<CommandAccepted>(Outcome(result)).IsRepeat);
        await scene.AssertDoneOnce(pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_commit_that_was_cut_off_after_it_was_done_reports_its_results_and_is_not_done_again(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var commits = scene.FailAt(CommitSentDone, new ConnectionCutException(), times: int.MaxValue);

        var (result, pledge) = await scene.Pledge();

        Assert.False(Assert.IsType<CommandAccepted>(Outcome(result)).IsRepeat);
        Assert.Equal(1, commits());
        scene.Heal();
        await scene.AssertDoneOnce(pledge);
        Assert.True((await scene.Accepted(pledge)).IsRepeat);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Commits_that_are_never_done_end_as_busy(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var before = await scene.Journal.Dump();
        var cuts = scene.FailAt(CommitSentNotDone, new ConnectionCutException(), times: int.MaxValue);

        var (result, _) = await scene.Pledge();

        Assert.IsType<RoundResult.Busy>(result);
        Assert.Equal(3, cuts());
        Assert.Equal(before, await scene.Journal.Dump());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_cannot_be_found_out_is_unknown_for_the_whole_batch_and_the_same_id_finds_out(string database)
    {
        foreach (var (step, wasDone) in (List<(CommitStep, bool)>)[(CommitSentNotDone, false), (CommitSentDone, true)])
        {
            await using var scene = await FaultScene.Open(database);
            var other = await scene.World.FundingWish(1_000);
            scene.FailAt(step, new ConnectionCutException(), times: 1, thenCutOff: true);
            var (first, second) = (FaultScene.NewPledge(), FaultScene.NewPledge());

            var results = await TestJournal.Together(
                scene.Log, scene.Failpoints, await scene.Journal.Round(scene.Wish.Stream, first),
                await scene.Journal.Round(other.Stream, second));

            Assert.All(results, result => Assert.IsType<RoundResult.Unknown>(result));
            scene.Heal();
            Assert.Equal(wasDone, (await scene.Accepted(first)).IsRepeat);
            Assert.Equal(wasDone, (await scene.Accepted(second, other)).IsRepeat);
            await scene.AssertDoneOnce(first);
            await scene.AssertDoneOnce(second);
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_command_that_another_lane_did_meanwhile_does_not_prove_that_the_rest_of_the_batch_was_done(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var other = await scene.World.FundingWish(1_000);
        var (first, second) = (FaultScene.NewPledge(), FaultScene.NewPledge());
        var otherLane = scene.Journal.Log(new Failpoints());
        scene.FailAt(CommitSentNotDone, new ConnectionCutException(), times: 1, onReconnect: () =>
        {
            var elsewhere = scene.Journal.Execute(otherLane, scene.Wish.Stream, first).GetAwaiter().GetResult();
            Assert.IsType<CommandAccepted>(elsewhere[0]);
        });

        var results = await TestJournal.Together(
            scene.Log, scene.Failpoints, await scene.Journal.Round(scene.Wish.Stream, first),
            await scene.Journal.Round(other.Stream, second));

        if (results[1] is RoundResult.Decided { Outcomes: [CommandAccepted] }) await scene.AssertDoneOnce(second);
        Assert.True((await scene.Accepted(first)).IsRepeat);
        await scene.Accepted(second, other);
        await scene.AssertDoneOnce(first);
        await scene.AssertDoneOnce(second);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_lock_that_somebody_holds_for_a_moment_is_waited_out(string database)
    {
        await using var scene = await FaultScene.Open(database);
        await using var holder = scene.Journal.Database.OpenToWrite();
        var hold = holder.CreateCommand();
        hold.CommandText = database == "sqlite" ? "BEGIN IMMEDIATE" : "BEGIN; SELECT 1 FROM streams FOR UPDATE";
        hold.ExecuteNonQuery();
        var isTriedAgain = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = 0;
        scene.Failpoints.OnStep = step =>
        {
            if (step == BeforeBegin && ++attempts == 2) isTriedAgain.SetResult();
        };

        var waiting = scene.Pledge();
        await isTriedAgain.Task;
        hold.CommandText = "ROLLBACK";
        hold.ExecuteNonQuery();

        var (result, pledge) = await waiting;
        Assert.IsType<CommandAccepted>(Outcome(result));
        await scene.AssertDoneOnce(pledge);
    }

    [Theory, MemberData(nameof(KindsAndSteps))]
    public async Task A_server_that_closes_the_connection_costs_an_attempt_and_nothing_else(string database, CommitStep step)
    {
        if (database == "sqlite") return; // There is no server.

        await using var scene = await FaultScene.Open(database);
        var closed = 0L;
        scene.At(step == AfterWrite ? CommitSentNotDone : step, times: 1, () => closed = scene.Journal.Count(
            $"(SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE classid = {PostgresSession.LaneLocks} "
            + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) closed").GetAwaiter().GetResult());

        var (result, pledge) = await scene.Pledge();

        Assert.Equal(1, closed);
        Assert.IsType<CommandAccepted>(Outcome(result));
        await scene.AssertDoneOnce(pledge);
    }

    private static Outcome Outcome(RoundResult result) => Assert.IsType<RoundResult.Decided>(result).Outcomes[0];
}

/// <summary>A wish that collects money, and a commit log whose steps fail on demand.</summary>
internal sealed class FaultScene : IAsyncDisposable
{
    private readonly Action?[] onConnect = [null];

    private FaultScene(TestJournal journal)
    {
        Journal = journal;
        Log = journal.Log(Failpoints, () => onConnect[0]?.Invoke());
        World = new World(journal, Log);
    }

    public TestJournal Journal { get; }

    public Failpoints Failpoints { get; } = new();

    public CommitLog Log { get; }

    public World World { get; }

    public WishId Wish { get; private set; }

    public WishQueries Wishes => new(Journal.Reader, Journal.Time);

    public static Task<FaultScene> Open(string database, CommitLogOptions? options = null) =>
        Open(new TestJournal(database, options));

    public static async Task<FaultScene> Open(TestJournal journal)
    {
        var scene = new FaultScene(journal);
        await scene.World.OpenProject(depositMinor: 1_000);
        scene.Wish = await scene.World.FundingWish(1_000);
        return scene;
    }

    public static Envelope NewPledge(long amountMinor = 100) => World.Envelope(World.Donor, World.Pledge(amountMinor));

    public async Task<(RoundResult Result, Envelope Pledge)> Pledge()
    {
        var pledge = NewPledge();
        return (await Log.Commit(await Journal.Round(Wish.Stream, pledge)), pledge);
    }

    public async Task<CommandAccepted> Accepted(Envelope pledge, WishId? wish = null) =>
        Assert.IsType<CommandAccepted>((await Journal.Execute(Log, (wish ?? Wish).Stream, pledge))[0]);

    /// <summary>Does something at a step for the first so many times; tells how often the step was reached.</summary>
    public Func<int> At(CommitStep at, int times, Action act)
    {
        var reached = 0;
        Failpoints.OnStep = step =>
        {
            if (step == at && ++reached <= times) act();
        };
        return () => reached;
    }

    /// <summary>Fails at a step for the first so many times; tells how often the step was reached.</summary>
    public Func<int> FailAt(
        CommitStep at, Exception exception, int times, bool thenCutOff = false, Action? onReconnect = null) =>
        At(at, times, () =>
        {
            if (thenCutOff) onConnect[0] = () => throw new IOException("The server cannot be reached.");
            if (onReconnect is not null)
            {
                onConnect[0] = () =>
                {
                    onConnect[0] = null;
                    onReconnect();
                };
            }

            throw exception;
        });

    public void Heal()
    {
        Failpoints.OnStep = null;
        onConnect[0] = null;
    }

    /// <summary>The pledge is in the journal exactly once, with its money, and everything is sound.</summary>
    public async Task AssertDoneOnce(Envelope pledge)
    {
        var id = ((Domain.Pledges.PlacePledge)pledge.Command).Pledge.Value;
        Assert.Equal(1, await Journal.Count("events WHERE command_id = @id", ("id", pledge.Id.Value)));
        Assert.Equal(1, await Journal.Count("commands WHERE id = @id", ("id", pledge.Id.Value)));
        Assert.Equal(1, await Journal.Count("transfers WHERE id = @id", ("id", id)));
        Journal.AssertSound();
    }

    public ValueTask DisposeAsync() => Journal.DisposeAsync();
}
