using System.Collections.Concurrent;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>Several commit logs over one database, as in a cluster, each with its own belief about the same owners.</summary>
public sealed class LanesTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Two_lanes_that_fund_the_same_wish_never_raise_more_than_its_goal(string database)
    {
        const int Workers = 4, Pledges = 40;
        await using var scene = await FaultScene.Open(database);
        CommitLog[] logs = [scene.Log, scene.Journal.Log(new Failpoints())];
        var acknowledged = new ConcurrentBag<Envelope>();

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(
            async () =>
            {
                var activation = new Activation(scene.Journal, logs[worker % 2], scene.Wish.Stream);
                for (var i = 0; i < Pledges; i++)
                {
                    var pledge = FaultScene.NewPledge(15);
                    if (await activation.Run(pledge) is not CommandAccepted) continue;
                    acknowledged.Add(pledge);
                    if (i % 3 == 0) await Resolve(activation, pledge, acknowledged);
                }

                var grant = new GrantToWish(Guid.CreateVersion7(), scene.World.Project, 40);
                if (await activation.Run(World.Envelope(World.Approver, grant)) is CommandAccepted)
                    acknowledged.Add(World.Envelope(World.Approver, grant));
            },
            TestContext.Current.CancellationToken)));

        var balance = await scene.Journal.BalanceOf(LedgerAccount.Wish(scene.Wish));
        Assert.InRange(balance.CreditsPendingMinor + balance.CreditsPostedMinor, 900, 1_000);
        foreach (var command in acknowledged.Where(command => command.Command is PlacePledge))
            Assert.Equal(1, await scene.Journal.Count("events WHERE command_id = @id", ("id", command.Id.Value)));
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Two_activations_of_a_wish_notice_when_the_other_has_moved_it(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var (here, there) = (scene.Log, scene.Journal.Log(new Failpoints()));
        var believed = await scene.Journal.Round(scene.Wish.Stream);
        var pledge = World.Pledge(1_000);
        var payment = World.Envelope(Actor.Platform, World.Payment(pledge));
        await scene.Journal.Execute(here, scene.Wish.Stream, World.Envelope(World.Donor, pledge), payment);

        var late = World.Envelope(World.Donor, World.Pledge(1));
        var result = await there.Commit(believed with { Commands = [late] });
        var outcomes = await scene.Journal.Execute(there, scene.Wish.Stream, late);

        Assert.IsType<RoundResult.Stale>(result);
        Assert.Equal(
            new WishNotOpenForPledges(WishStatus.Funded), Assert.IsType<CommandRefused>(outcomes[0]).Rejection);
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_same_command_sent_to_two_lanes_at_once_is_done_once_and_both_hear_the_same(string database)
    {
        await using var scene = await FaultScene.Open(database);
        CommitLog[] logs = [scene.Log, scene.Journal.Log(new Failpoints())];
        for (var i = 0; i < 20; i++)
        {
            var pledge = FaultScene.NewPledge(10);
            var round = await scene.Journal.Round(scene.Wish.Stream, pledge);

            var results = await Task.WhenAll(logs.Select(log => log.Commit(round)));

            var outcomes = results.Select(result =>
                Assert.IsType<CommandAccepted>(Assert.IsType<RoundResult.Decided>(result).Outcomes[0])).ToArray();
            Assert.Single(outcomes, outcome => !outcome.IsRepeat);
            Assert.Equal(outcomes[0].State, outcomes[1].State);
            Assert.Equal(1, await scene.Journal.Count("events WHERE command_id = @id", ("id", pledge.Id.Value)));
        }

        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_same_draft_sent_to_two_lanes_at_once_is_made_once(string database)
    {
        await using var scene = await FaultScene.Open(database);
        CommitLog[] logs = [scene.Log, scene.Journal.Log(new Failpoints())];
        for (var i = 0; i < 20; i++)
        {
            var draft = World.Envelope(World.Applicant, new DraftWish(scene.World.Project));
            var wish = new WishId(Guid.CreateVersion7());

            var outcomes = await Task.WhenAll(logs.Select(log => scene.Journal.Execute(log, wish.Stream, draft)));

            Assert.Single(outcomes, outcome => !Assert.IsType<CommandAccepted>(outcome[0]).IsRepeat);
            Assert.Equal(1, (await scene.Journal.Reader.Load(wish.Stream)).Version);
        }

        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Three_lanes_that_grant_one_projects_money_never_overdraw_it(string database)
    {
        const int Lanes = 3, Grants = 30, AmountMinor = 17;
        await using var scene = await FaultScene.Open(database);
        var logs = Enumerable.Range(0, Lanes).Select(_ => scene.Journal.Log(new Failpoints())).ToArray();
        var granted = new ConcurrentBag<Guid>();

        await Task.WhenAll(logs.Select(log => Task.Run(
            async () =>
            {
                var wish = await scene.World.FundingWish(1_000);
                var activation = new Activation(scene.Journal, log, wish.Stream);
                for (var i = 0; i < Grants; i++)
                {
                    var grant = new GrantToWish(Guid.CreateVersion7(), scene.World.Project, AmountMinor);
                    var outcome = await activation.Run(World.Envelope(World.Approver, grant));
                    if (outcome is CommandAccepted) granted.Add(grant.Grant);
                    else Assert.IsType<GrantExceedsProjectBalance>(Assert.IsType<CommandRefused>(outcome).Rejection);
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal(1_000 / AmountMinor, granted.Count);
        var project = await scene.Journal.BalanceOf(LedgerAccount.Project(scene.World.Project));
        Assert.Equal(1_000 % AmountMinor, project.AvailableMinor);
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Lanes_that_touch_the_same_owners_in_different_orders_do_not_stop_each_other(string database)
    {
        const int Lanes = 3, Batches = 15;
        await using var scene = await FaultScene.Open(database);
        var wishes = new List<WishId>();
        for (var i = 0; i < 6; i++) wishes.Add(await scene.World.FundingWish(100_000));
        var failpoints = Enumerable.Range(0, Lanes).Select(_ => new Failpoints()).ToArray();
        var logs = failpoints.Select(points => scene.Journal.Log(points)).ToArray();
        var attempts = 0;
        var done = 0;

        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(
            async () =>
            {
                var random = new Random(lane);
                for (var i = 0; i < Batches; i++)
                {
                    var rounds = new List<Round>();
                    foreach (var wish in wishes.OrderBy(_ => random.Next()).Take(4))
                        rounds.Add(await scene.Journal.Round(wish.Stream, FaultScene.NewPledge(1), FaultScene.NewPledge(1)));
                    failpoints[lane].OnStep = step =>
                    {
                        if (step == CommitStep.BeforeBegin) Interlocked.Increment(ref attempts);
                    };
                    var results = await TestJournal.Together(logs[lane], failpoints[lane], rounds);
                    Interlocked.Add(ref done, results.OfType<RoundResult.Decided>().Sum(result => result.Outcomes.Count));
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal(Lanes * Batches * 4 * 2, done);
        Assert.Equal(Lanes * Batches, attempts);
        scene.Journal.AssertSound();
    }

    private static async Task Resolve(Activation activation, Envelope pledge, ConcurrentBag<Envelope> acknowledged)
    {
        var place = (PlacePledge)pledge.Command;
        var command = pledge.Id.Value.ToByteArray()[^1] % 2 == 0
            ? World.Envelope(Actor.Platform, World.Payment(place))
            : World.Envelope(World.Donor, new CancelPledge(place.Pledge));
        Assert.IsType<CommandAccepted>(await activation.Run(command));
        acknowledged.Add(command);
    }

    /// <summary>An owner as one silo's grain knows it.</summary>
    private sealed class Activation(TestJournal journal, CommitLog log, StreamId owner)
    {
        private Round? known;

        public async Task<Outcome> Run(Envelope command)
        {
            while (true)
            {
                var believed = known ??= await journal.Round(owner);
                var result = await log.Commit(believed with { Commands = [command] });
                if (result is RoundResult.Stale) known = null;
                else
                {
                    var decided = Assert.IsType<RoundResult.Decided>(result);
                    known = new Round(decided.Owner, decided.Version, decided.LastAt, []);
                    return decided.Outcomes[0];
                }
            }
        }
    }
}
