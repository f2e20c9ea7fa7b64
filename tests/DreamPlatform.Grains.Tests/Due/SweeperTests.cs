using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests;

namespace DreamPlatform.Grains.Tests.Due;

/// <summary>Unpaid pledges lapse in time, whatever happens to those who see to it.</summary>
public sealed class SweeperTests
{
    private static readonly TimeSpan ToPay = TimeSpan.FromMinutes(30);

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task An_unpaid_pledge_lapses_when_its_time_is_over_and_not_before(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var (wish, pledge) = await Pledged(cluster);

        journal.Time.Advance(ToPay - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await cluster.Sweeper.Sweep());
        Assert.Equal(PledgeStatus.Reserved, await Status(journal, pledge));
        journal.Time.Advance(TimeSpan.FromMilliseconds(1));
        await cluster.Sweeper.Sweep();

        await AssertLapsed(journal, wish, pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_sweeper_wakes_up_by_itself(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var (wish, pledge) = await Pledged(cluster);

        journal.Time.Advance(ToPay + TimeSpan.FromSeconds(1));

        await Eventually.Is(async () => await Status(journal, pledge) == PledgeStatus.Lapsed);
        await AssertLapsed(journal, wish, pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task To_wake_up_twice_or_twice_at_once_changes_nothing_more(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await using var other = await Cluster.Start(journal);
        var (wish, pledge) = await Pledged(cluster);
        journal.Time.Advance(ToPay);

        await Task.WhenAll(cluster.Sweeper.Sweep(), other.Sweeper.Sweep(), cluster.Sweeper.Sweep());
        await AssertLapsed(journal, wish, pledge);
        var before = await journal.Dump();
        await Task.WhenAll(cluster.Sweeper.Sweep(), other.Sweeper.Sweep());

        Assert.Equal(before, await journal.Dump());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_row_that_comes_again_after_it_was_carried_out_changes_nothing_more(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var (wish, pledge) = await Pledged(cluster);
        var copy = await TableCopy.Of(journal);
        journal.Time.Advance(ToPay);
        await cluster.Sweeper.Sweep();
        await AssertLapsed(journal, wish, pledge);
        var (before, after) = (await journal.Dump(), await TableCopy.Of(journal));

        await copy.RestoreInto("due");
        Assert.Equal(1, await cluster.Sweeper.Sweep());
        Assert.Equal(0, await journal.Count("due WHERE topic = 'pledge-lapsed'"));
        await after.RestoreInto("due");

        Assert.Equal(before, await journal.Dump());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wake_up_that_is_hours_late_does_what_was_due(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var (wish, pledge) = await Pledged(cluster);

        journal.Time.Advance(TimeSpan.FromHours(3));
        await cluster.Sweeper.Sweep();
        await Eventually.Is(async () => await Status(journal, pledge) == PledgeStatus.Lapsed);

        await AssertLapsed(journal, wish, pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_a_silo_claimed_before_it_died_is_carried_out_when_the_claim_ends(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var (wish, pledge) = await Pledged(cluster);
        var later = journal.Time.GetUtcNow() + ToPay;
        Assert.Single(await new DueRows(journal.Database, journal.Reader).Claim(DueKind.PledgeLapse, later));

        journal.Time.Advance(ToPay);
        Assert.Equal(0, await cluster.Sweeper.Sweep());
        Assert.Equal(PledgeStatus.Reserved, await Status(journal, pledge));
        journal.Time.Advance(TimeSpan.FromSeconds(30));
        await cluster.Sweeper.Sweep();
        await Eventually.Is(async () => await Status(journal, pledge) == PledgeStatus.Lapsed);

        await AssertLapsed(journal, wish, pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_pledge_that_became_due_while_nobody_ran_lapses_after_the_start(string database)
    {
        await using var journal = new TestJournal(database);
        WishId wish;
        PlacePledge pledge;
        await using (var before = await Cluster.Start(journal)) (wish, pledge) = await Pledged(before);
        journal.Time.Advance(TimeSpan.FromHours(5));

        await using var cluster = await Cluster.Start(journal);
        await cluster.Sweeper.Sweep();

        await AssertLapsed(journal, wish, pledge);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_paid_or_cancelled_pledge_does_not_lapse_and_late_money_goes_to_suspense(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var (wish, late) = await Pledged(cluster);
        var (paid, cancelled) = (World.Pledge(100), World.Pledge(100));
        await cluster.World.Done(wish.Stream, World.Donor, paid);
        await cluster.World.Done(wish.Stream, World.Donor, cancelled);
        await cluster.World.Done(wish.Stream, Actor.Platform, World.Payment(paid));
        await cluster.World.Done(wish.Stream, World.Donor, new CancelPledge(cancelled.Pledge));

        journal.Time.Advance(ToPay);
        await cluster.Sweeper.Sweep();
        await Eventually.Is(async () => await Status(journal, late) == PledgeStatus.Lapsed);
        await cluster.World.Done(wish.Stream, Actor.Platform, World.Payment(late));

        Assert.Equal(PledgeStatus.Paid, await Status(journal, paid));
        Assert.Equal(PledgeStatus.Cancelled, await Status(journal, cancelled));
        Assert.Equal(100, (await journal.BalanceOf(LedgerAccount.Suspense)).CreditsPostedMinor);
        Assert.Equal(100, (await journal.BalanceOf(LedgerAccount.Wish(wish))).CreditsPostedMinor);
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task More_than_a_hundred_due_pledges_lapse_in_one_wake_up(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var wish = await cluster.World.FundingWish(1_000);
        await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => cluster.World.Done(wish.Stream, World.Donor, World.Pledge(1))));

        journal.Time.Advance(ToPay + TimeSpan.FromSeconds(1));

        await Eventually.Is(async () => await journal.Count("due WHERE kind = 1") == 0);
        Assert.Equal(250, await journal.Count("events WHERE name = 'pledge-lapsed.v1'"));
        Assert.Equal(0, (await journal.BalanceOf(LedgerAccount.Wish(wish))).CreditsPendingMinor);
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_fault_while_sweeping_is_tried_again(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var (wish, pledge) = await Pledged(cluster);
        cluster.Failpoints.OnStep = _ => throw new Storage.Commits.TransientFaultException();
        journal.Time.Advance(ToPay);
        await cluster.Sweeper.Sweep();
        Assert.Equal(PledgeStatus.Reserved, await Status(journal, pledge));

        cluster.Failpoints.OnStep = null;
        journal.Time.Advance(TimeSpan.FromSeconds(31));
        await cluster.Sweeper.Sweep();
        await Eventually.Is(async () => await Status(journal, pledge) == PledgeStatus.Lapsed);

        await AssertLapsed(journal, wish, pledge);
    }

    private static async Task<(WishId Wish, PlacePledge Pledge)> Pledged(Cluster cluster)
    {
        await cluster.World.OpenProject();
        var (wish, pledge) = (await cluster.World.FundingWish(1_000), World.Pledge(100));
        await cluster.World.Done(wish.Stream, World.Donor, pledge);
        return (wish, pledge);
    }

    private static async Task<PledgeStatus> Status(TestJournal journal, PlacePledge pledge) =>
        ((Pledge)(await journal.Reader.Load(pledge.Pledge.Stream)).State).Status;

    private static async Task AssertLapsed(TestJournal journal, WishId wish, PlacePledge pledge)
    {
        await Eventually.Is(async () => await Status(journal, pledge) == PledgeStatus.Lapsed);
        Assert.Equal(1, await journal.Count("events WHERE name = 'pledge-lapsed.v1' AND stream_id = @id", ("id", pledge.Pledge.Value)));
        Assert.Equal(0, (await journal.BalanceOf(LedgerAccount.Wish(wish))).CreditsPendingMinor);
        Assert.Equal(0, await journal.Count("due WHERE kind = 1"));
        journal.AssertSound();
    }
}
