using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Tests.Commits;

public sealed class CommitLogTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_pledge_that_is_paid_funds_the_wish(string database)
    {
        await using var journal = new TestJournal(database);
        var world = new World(journal, journal.Log());
        await world.OpenProject(depositMinor: 5_000);
        var wish = await world.FundingWish(goalMinor: 10_000);
        var pledge = World.Pledge(7_000);

        await world.Done(wish.Stream, World.Donor, pledge);
        await world.Done(wish.Stream, Actor.Platform, new RecordPayment(pledge.Pledge, "sandbox", "p-1", 7_000));
        await world.Done(wish.Stream, World.Approver, new GrantToWish(Guid.CreateVersion7(), world.Project, 3_000));

        var stored = await journal.Reader.Load(wish.Stream);
        Assert.Equal(WishStatus.Funded, ((Wish)stored.State).Status);
        Assert.Equal(PledgeStatus.Paid, ((Pledge)(await journal.Reader.Load(pledge.Pledge.Stream)).State).Status);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_command_sent_again_gets_its_first_outcome_and_changes_nothing(string database)
    {
        await using var journal = new TestJournal(database);
        var world = new World(journal, journal.Log());
        await world.OpenProject();
        var wish = await world.FundingWish(goalMinor: 10_000);
        var (id, first) = (new CommandId(Guid.CreateVersion7()), World.Pledge(4_000));

        var accepted = await world.Done(wish.Stream, World.Donor, first, id);
        await world.Done(wish.Stream, Actor.Platform, new RecordPayment(first.Pledge, "sandbox", "p-1", 4_000));
        var again = World.Envelope(World.Donor, first, id) with { Command = World.Pledge(4_000) };
        var repeated = Assert.IsType<CommandAccepted>((await journal.Execute(journal.Log(), wish.Stream, again))[0]);

        Assert.True(repeated.IsRepeat);
        Assert.Equal(accepted.State, repeated.State);
        Assert.Equal(accepted.Version, repeated.Version);
    }
}
