using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>What makes a command the same command.</summary>
public sealed class CommandIdTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_same_id_with_other_content_is_refused_in_the_same_batch_and_later(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var first = FaultScene.NewPledge(100);
        var other = World.Envelope(World.Donor, World.Pledge(200), first.Id);

        var outcomes = await scene.Journal.Execute(scene.Log, scene.Wish.Stream, first, other);
        var later = await scene.Journal.Execute(scene.Log, scene.Wish.Stream, other);

        Assert.IsType<CommandAccepted>(outcomes[0]);
        Assert.All((Outcome[])[outcomes[1], later[0]], outcome =>
            Assert.IsType<IdempotencyKeyReused>(Assert.IsType<CommandRefused>(outcome).Rejection));
        await scene.AssertDoneOnce(first);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_same_id_from_another_actor_is_another_command(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var first = FaultScene.NewPledge(100);
        var others = World.Envelope(World.Person(), World.Pledge(200), first.Id);

        var outcomes = await scene.Journal.Execute(scene.Log, scene.Wish.Stream, first, others);
        var repeats = await scene.Journal.Execute(scene.Log, scene.Wish.Stream, others, first);

        Assert.All(outcomes, outcome => Assert.False(Assert.IsType<CommandAccepted>(outcome).IsRepeat));
        Assert.All(repeats, outcome => Assert.True(Assert.IsType<CommandAccepted>(outcome).IsRepeat));
        Assert.Equal(
            outcomes.Reverse().Select(outcome => ((CommandAccepted)outcome).State),
            repeats.Select(outcome => ((CommandAccepted)outcome).State));
        Assert.Equal(2, await scene.Journal.Count("commands WHERE id = @id", ("id", first.Id.Value)));
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_repeat_is_told_the_state_as_the_command_left_it_however_much_has_happened_since(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wish = new WishId(Guid.CreateVersion7());
        var draft = World.Envelope(World.Applicant, new DraftWish(scene.World.Project));
        await scene.Accepted(draft, wish);
        await scene.World.Done(wish.Stream, World.Applicant, new EditDraft(scene.World.Project, 1));
        await scene.World.Done(wish.Stream, World.Applicant, new WithdrawWish());

        var repeated = await scene.Accepted(draft, wish);

        Assert.True(repeated.IsRepeat);
        Assert.Equal((WishStatus.Draft, 1L), (((Wish)repeated.State).Status, repeated.Version));
        Assert.Equal(0, ((Wish)repeated.State).DraftVersion);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_command_that_expects_another_version_is_refused_unless_it_is_a_repeat(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wish = new WishId(Guid.CreateVersion7());
        await scene.World.Done(wish.Stream, World.Applicant, new DraftWish(scene.World.Project));
        var edit = World.Envelope(World.Applicant, new EditDraft(scene.World.Project, 1)) with { ExpectedVersion = 1 };
        var late = World.Envelope(World.Applicant, new EditDraft(scene.World.Project, 2)) with { ExpectedVersion = 1 };

        var outcomes = await scene.Journal.Execute(scene.Log, wish.Stream, edit, late, edit);

        Assert.False(Assert.IsType<CommandAccepted>(outcomes[0]).IsRepeat);
        Assert.Equal(new VersionStale(2), Assert.IsType<CommandRefused>(outcomes[1]).Rejection);
        Assert.True(Assert.IsType<CommandAccepted>(outcomes[2]).IsRepeat);
    }
}
