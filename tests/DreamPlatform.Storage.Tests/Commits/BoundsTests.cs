using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>The queue is bounded, batches are bounded, and a stop finishes what was accepted.</summary>
public sealed class BoundsTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_full_queue_is_answered_busy_at_once_and_nothing_of_it_is_done(string database)
    {
        await using var scene = await FaultScene.Open(database, new CommitLogOptions { MaxQueuedRounds = 2 });
        var pledges = Enumerable.Range(0, 4).Select(_ => FaultScene.NewPledge()).ToArray();
        var rounds = new List<Round>();
        foreach (var pledge in pledges) rounds.Add(await scene.Journal.Round(scene.Wish.Stream, pledge));

        var results = await TestJournal.Together(scene.Log, scene.Failpoints, rounds);

        Assert.All(results.Take(2), result => Assert.IsType<RoundResult.Decided>(result));
        Assert.All(results.Skip(2), result => Assert.IsType<RoundResult.Busy>(result));
        await scene.AssertDoneOnce(pledges[0]);
        await scene.AssertDoneOnce(pledges[1]);
        foreach (var refused in pledges.Skip(2))
            Assert.Equal(0, await scene.Journal.Count("commands WHERE id = @id", ("id", refused.Id.Value)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_is_queued_becomes_one_transaction_up_to_the_bound(string database)
    {
        await using var scene = await FaultScene.Open(database, new CommitLogOptions { MaxBatchCommands = 10 });
        var commits = scene.At(CommitStep.CommitSentDone, 0, () => { });
        var round = await scene.Journal.Round(scene.Wish.Stream);
        var rounds = Enumerable.Range(0, 25).Select(_ => round with { Commands = [FaultScene.NewPledge(10)] }).ToArray();

        var results = await TestJournal.Together(scene.Log, scene.Failpoints, rounds);

        Assert.All(results, result => Assert.IsType<CommandAccepted>(Assert.IsType<RoundResult.Decided>(result).Outcomes[0]));
        Assert.Equal(3, commits());
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_stop_finishes_what_was_accepted_and_takes_no_more(string database)
    {
        await using var scene = await FaultScene.Open(database);
        using var gate = new ManualResetEventSlim();
        var isRunning = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.At(CommitStep.BeforeBegin, 1, () =>
        {
            isRunning.SetResult();
            gate.Wait();
        });
        var pledges = Enumerable.Range(0, 20).Select(_ => FaultScene.NewPledge(10)).ToArray();
        var round = await scene.Journal.Round(scene.Wish.Stream);
        var queued = pledges.Select(pledge => scene.Log.Commit(round with { Commands = [pledge] })).ToArray();
        await isRunning.Task;

        var stop = Task.Run(scene.Log.Dispose, TestContext.Current.CancellationToken);
        await Eventually.Is(() => scene.Log.Commit(round).IsCompleted); // Only busy is answered at once.
        Assert.All(queued, answer => Assert.False(answer.IsCompleted));
        gate.Set();
        await stop;

        Assert.All(await Task.WhenAll(queued), result => Assert.IsType<RoundResult.Decided>(result));
        foreach (var pledge in pledges) await scene.AssertDoneOnce(pledge);
        Assert.IsType<RoundResult.Busy>(await scene.Log.Commit(round with { Commands = [FaultScene.NewPledge()] }));
        scene.Log.Dispose();
    }
}
