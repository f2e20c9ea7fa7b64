using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests;

namespace DreamPlatform.Grains.Tests.Owners;

/// <summary>Many donors, one wish.</summary>
public sealed class WishGrainTests(ITestOutputHelper output)
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_thousand_concurrent_pledges_take_fewer_than_fifty_transactions(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var wish = await cluster.World.FundingWish(1_000);
        var commits = cluster.Counting(CommitStep.CommitSentDone);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ =>
            cluster.World.Do(wish.Stream, World.Person(), World.Pledge(1))));

        output.WriteLine($"{database}: {commits()} transactions");
        Assert.All(outcomes, outcome => Assert.IsType<CommandAccepted>(outcome));
        Assert.InRange(commits(), 1, 49);
        Assert.Equal(1_000, (await journal.BalanceOf(LedgerAccount.Wish(wish))).CreditsPendingMinor);
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Of_two_hundred_donors_for_the_last_yuan_exactly_one_wins_every_time(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var wish = await cluster.World.FundingWish(1_000);
        await cluster.World.Done(wish.Stream, World.Donor, World.Pledge(900));
        var donors = Enumerable.Range(0, 200).Select(_ => World.Person()).ToArray();

        for (var round = 0; round < 100; round++)
        {
            var pledges = donors.Select(donor => (Donor: donor, Pledge: World.Pledge(100))).ToArray();
            var outcomes = await Task.WhenAll(pledges.Select(one => cluster.World.Do(wish.Stream, one.Donor, one.Pledge)));

            var winner = Assert.Single(pledges.Zip(outcomes), pair => pair.Second is CommandAccepted).First;
            Assert.All(
                outcomes.OfType<CommandRefused>(),
                refused => Assert.Equal(new AmountExceedsRemaining(0), refused.Rejection));
            Assert.Equal(199, outcomes.OfType<CommandRefused>().Count());
            await cluster.World.Done(wish.Stream, winner.Donor, new CancelPledge(winner.Pledge.Pledge));
        }

        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wish_with_ten_thousand_pledges_wakes_up_like_one_with_ten(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        await cluster.World.OpenProject();
        var (small, large) = (await cluster.World.FundingWish(50_000), await cluster.World.FundingWish(50_000));
        await Pledge(cluster, small, 10);
        await Pledge(cluster, large, 10_000);

        var (few, many) = (await journal.Reader.Load(small.Stream), await journal.Reader.Load(large.Stream));
        output.WriteLine($"{database}: {many.RowsRead} rows, {JournalJson.Write(many.State).Length} characters");

        Assert.Equal(10_000, await journal.Count("events WHERE name = 'pledge-placed.v1'") - 10);
        Assert.Equal(few.RowsRead, many.RowsRead);
        Assert.Equal(JournalJson.Write(few.State).Length, JournalJson.Write(many.State).Length);
        await using var restarted = await Cluster.Start(journal);
        Assert.Equal(
            JournalJson.Write(many.State), JournalJson.Write((await restarted.Owner(large.Stream).Get()).Owner));
        await restarted.World.Done(large.Stream, World.Donor, World.Pledge(1));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Two_activations_in_two_silos_never_raise_more_than_the_goal(string database)
    {
        await using var journal = new TestJournal(database);
        await using var here = await Cluster.Start(journal);
        await using var there = await Cluster.Start(journal);
        await here.World.OpenProject();
        for (var round = 0; round < 5; round++)
        {
            var wish = await here.World.FundingWish(1_000);
            await there.Owner(wish.Stream).Get();

            var taken = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => PledgeAndPay(i % 2 == 0 ? here : there, wish)));

            var outcomes = taken.SelectMany(outcomes => outcomes).ToArray();
            Assert.All(outcomes, outcome => Assert.True(outcome is CommandAccepted or CommandRefused, $"{outcome}"));
            var balance = await journal.BalanceOf(LedgerAccount.Wish(wish));
            Assert.Equal((1_000, 0), (balance.CreditsPostedMinor, balance.CreditsPendingMinor));
            foreach (var cluster in (Cluster[])[here, there])
            {
                Assert.IsType<CommandRefused>(await cluster.World.Do(wish.Stream, World.Donor, World.Pledge(1)));
                Assert.Equal(WishStatus.Funded, ((Wish)(await cluster.Owner(wish.Stream).Get()).Owner).Status);
            }
        }

        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_same_command_sent_to_two_silos_at_once_is_done_once(string database)
    {
        await using var journal = new TestJournal(database);
        await using var here = await Cluster.Start(journal);
        await using var there = await Cluster.Start(journal);
        await here.World.OpenProject();
        var wish = await here.World.FundingWish(1_000);
        for (var i = 0; i < 20; i++)
        {
            var pledge = World.Envelope(World.Donor, World.Pledge(10));

            var outcomes = await Task.WhenAll(here.Send(wish.Stream, pledge), there.Send(wish.Stream, pledge));

            var accepted = outcomes.Select(outcome => Assert.IsType<CommandAccepted>(outcome)).ToArray();
            Assert.Single(accepted, outcome => !outcome.IsRepeat);
            Assert.Equal(accepted[0].State, accepted[1].State);
        }

        Assert.Equal(200, (await journal.BalanceOf(LedgerAccount.Wish(wish))).CreditsPendingMinor);
        journal.AssertSound();
    }

    private static async Task<Outcome[]> PledgeAndPay(Cluster cluster, WishId wish)
    {
        var pledge = World.Pledge(10);
        var placed = await cluster.World.Do(wish.Stream, World.Person(), pledge);
        return placed is CommandAccepted
            ? [placed, await cluster.World.Do(wish.Stream, Actor.Platform, World.Payment(pledge))]
            : [placed];
    }

    private static async Task Pledge(Cluster cluster, WishId wish, int pledges)
    {
        foreach (var chunk in Enumerable.Range(0, pledges).Chunk(2_000))
        {
            var outcomes = await Task.WhenAll(chunk.Select(_ => cluster.World.Do(wish.Stream, World.Donor, World.Pledge(1))));
            Assert.All(outcomes, outcome => Assert.IsType<CommandAccepted>(outcome));
        }
    }
}
