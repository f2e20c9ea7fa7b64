using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>The command is the unit of atomicity; the batch only shares the transaction.</summary>
public sealed class BatchTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_rule_that_throws_fails_its_command_alone(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var (before, after) = (FaultScene.NewPledge(), FaultScene.NewPledge());
        var bug = World.Envelope(World.Administrator, new CloseProject());

        var outcomes = await scene.Journal.Execute(scene.Log, scene.Wish.Stream, before, bug, after);

        Assert.IsType<CommandAccepted>(outcomes[0]);
        Assert.IsType<CommandFailed>(outcomes[1]);
        Assert.IsType<CommandAccepted>(outcomes[2]);
        await scene.AssertDoneOnce(before);
        await scene.AssertDoneOnce(after);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_command_that_the_database_refuses_fails_alone_in_its_round_and_in_its_batch(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var other = await scene.World.FundingWish(1_000);
        var taken = (PlacePledge)(await scene.Pledge()).Pledge.Command;
        var collides = World.Envelope(World.Donor, World.Pledge(50, taken.Pledge));
        var (first, last, beside) = (FaultScene.NewPledge(), FaultScene.NewPledge(), FaultScene.NewPledge());

        var results = await TestJournal.Together(
            scene.Log, scene.Failpoints, await scene.Journal.Round(scene.Wish.Stream, first, collides, last),
            await scene.Journal.Round(other.Stream, beside));

        var outcomes = results.SelectMany(result => Assert.IsType<RoundResult.Decided>(result).Outcomes).ToArray();
        Assert.Equal(
            [typeof(CommandAccepted), typeof(CommandFailed), typeof(CommandAccepted), typeof(CommandAccepted)],
            outcomes.Select(outcome => outcome.GetType()));
        foreach (var pledge in (Envelope[])[first, last, beside]) await scene.AssertDoneOnce(pledge);
        Assert.Equal(0, await scene.Journal.Count("commands WHERE id = @id", ("id", collides.Id.Value)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task An_event_that_cannot_be_read_stops_only_the_commands_that_rely_on_it(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var (poisoned, healthy) = ((await scene.Pledge()).Pledge, (await scene.Pledge()).Pledge);
        Poison(scene, ((PlacePledge)poisoned.Command).Pledge.Value);

        var outcomes = await scene.Journal.Execute(
            scene.Log, scene.Wish.Stream, Payment(poisoned), Payment(healthy), FaultScene.NewPledge());

        Assert.IsType<CommandUnreadable>(outcomes[0]);
        Assert.IsType<CommandAccepted>(outcomes[1]);
        Assert.IsType<CommandAccepted>(outcomes[2]);
        Assert.Equal(100, (await scene.Journal.BalanceOf(LedgerAccount.Wish(scene.Wish))).CreditsPostedMinor);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_project_that_cannot_be_read_does_not_stop_pledges_to_its_wishes(string database)
    {
        await using var scene = await FaultScene.Open(database);
        Poison(scene, scene.World.Project.Value);
        var draft = new WishId(Guid.CreateVersion7());

        var results = await TestJournal.Together(
            scene.Log, scene.Failpoints,
            await scene.Journal.Round(draft.Stream, World.Envelope(World.Applicant, new DraftWish(scene.World.Project))),
            await scene.Journal.Round(scene.Wish.Stream, FaultScene.NewPledge()));

        Assert.IsType<CommandUnreadable>(Assert.IsType<RoundResult.Decided>(results[0]).Outcomes[0]);
        Assert.IsType<CommandAccepted>(Assert.IsType<RoundResult.Decided>(results[1]).Outcomes[0]);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_text_that_the_database_cannot_take_fails_its_command_alone(string database)
    {
        if (database == "sqlite") return; // It takes every text.

        await using var scene = await FaultScene.Open(database);
        foreach (var text in (string[])["nul \0", "half \ud800", "nul \0", "half \ud800", "half \ud800", "half \ud800"])
        {
            var poison = World.Envelope(World.Donor, World.Pledge(50) with { Message = text });
            var healthy = FaultScene.NewPledge();

            var outcomes = await scene.Journal.Execute(scene.Log, scene.Wish.Stream, poison, healthy);

            Assert.IsType<CommandFailed>(outcomes[0]);
            Assert.IsType<CommandAccepted>(outcomes[1]);
            await scene.AssertDoneOnce(healthy);
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_refusal_between_two_acceptances_changes_neither(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var tooMuch = World.Envelope(World.Donor, World.Pledge(500));

        var outcomes = await scene.Journal.Execute(
            scene.Log, scene.Wish.Stream, FaultScene.NewPledge(600), tooMuch, FaultScene.NewPledge(400));

        Assert.IsType<CommandAccepted>(outcomes[0]);
        Assert.Equal(new AmountExceedsRemaining(400), Assert.IsType<CommandRefused>(outcomes[1]).Rejection);
        Assert.IsType<CommandAccepted>(outcomes[2]);
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_batch_of_refusals_alone_writes_no_transaction(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var writes = scene.At(CommitStep.AfterWrite, 0, () => { });
        var before = await scene.Journal.Dump();

        var results = await TestJournal.Together(
            scene.Log, scene.Failpoints, await scene.Journal.Round(scene.Wish.Stream, FaultScene.NewPledge(1_001)),
            await scene.Journal.Round(new WishId(Guid.CreateVersion7()).Stream, FaultScene.NewPledge()));

        var refusals = results.Select(result => Assert.IsType<RoundResult.Decided>(result).Outcomes.Single());
        Assert.Equal(
            ["amount-exceeds-remaining", "not-found"],
            refusals.Select(outcome => Assert.IsType<CommandRefused>(outcome).Rejection.Code));
        Assert.Equal(0, writes());
        Assert.Equal(before, await scene.Journal.Dump());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_refusal_is_not_remembered_and_the_same_id_is_decided_anew(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var first = FaultScene.NewPledge(900);
        var again = FaultScene.NewPledge(200);
        await scene.Accepted(first);
        Assert.IsType<CommandRefused>((await scene.Journal.Execute(scene.Log, scene.Wish.Stream, again))[0]);

        var cancel = World.Envelope(World.Donor, new CancelPledge(((PlacePledge)first.Command).Pledge));
        await scene.Journal.Execute(scene.Log, scene.Wish.Stream, cancel);

        Assert.False((await scene.Accepted(again)).IsRepeat);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_head_that_was_only_locked_leaves_no_trace_beside_an_acceptance(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var nowhere = new WishId(Guid.CreateVersion7());
        var stray = new RecordPayment(new PledgeId(Guid.CreateVersion7()), "sandbox", "p", 100);

        await TestJournal.Together(
            scene.Log, scene.Failpoints, await scene.Journal.Round(scene.Wish.Stream, FaultScene.NewPledge()),
            await scene.Journal.Round(nowhere.Stream, FaultScene.NewPledge()),
            await scene.Journal.Round(Gateway.Named("sandbox").Stream, World.Envelope(Actor.Platform, stray)));

        Assert.Equal(0, await scene.Journal.Count("streams WHERE version = 0"));
        Assert.Equal(100, (await scene.Journal.BalanceOf(LedgerAccount.Suspense)).CreditsPostedMinor);
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_late_payment_beside_a_cancelled_pledge_goes_to_suspense(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var (cancelled, paid) = (FaultScene.NewPledge(), FaultScene.NewPledge());
        await scene.Accepted(cancelled);
        await scene.Accepted(paid);
        var cancel = World.Envelope(World.Donor, new CancelPledge(((PlacePledge)cancelled.Command).Pledge));

        var outcomes = await scene.Journal.Execute(scene.Log, scene.Wish.Stream, cancel, Payment(cancelled), Payment(paid));

        Assert.All(outcomes, outcome => Assert.IsType<CommandAccepted>(outcome));
        Assert.Equal(100, (await scene.Journal.BalanceOf(LedgerAccount.Suspense)).CreditsPostedMinor);
        scene.Journal.AssertSound();
    }

    private static Envelope Payment(Envelope pledge) =>
        World.Envelope(Actor.Platform, World.Payment((PlacePledge)pledge.Command));

    private static void Poison(FaultScene scene, Guid stream) => Assert.Equal(
        1, scene.Journal.Tamper(
            "UPDATE events SET name = 'from-a-newer-release.v9' WHERE stream_id = @id AND version = 1", ("id", stream)));
}
