using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests.Commits;

namespace DreamPlatform.Storage.Tests.Journal;

/// <summary>Messages are owed from the moment something has happened, and exactly once for each event.</summary>
public sealed class MessageRowsTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_message_is_written_with_the_event_it_tells_of(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var pledge = (PlacePledge)(await scene.Pledge()).Pledge.Command;
        var due = new DueRows(scene.Journal.Database, scene.Journal.Reader);
        var before = await Messages(due, scene);

        await scene.World.Done(scene.Wish.Stream, Actor.Platform, World.Payment(pledge));

        Assert.Equal(
            [Topic.WishSubmitted, Topic.WishApproved, Topic.WishPublished],
            before.Select(message => message.Telling!.Topic));
        Assert.All(before, message => Assert.Equal(World.Applicant.Id, message.Telling!.Recipient));
        var told = Assert.Single((await Messages(due, scene)).Except(before));
        Assert.Equal(new Telling(World.Donor.Id, Topic.PledgePaid), told.Telling);
        Assert.Equal((pledge.Pledge.Stream, 2), (told.Owner, told.Version));
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_repeated_command_and_a_commit_that_was_cut_off_owe_no_second_message(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var pledge = (PlacePledge)(await scene.Pledge()).Pledge.Command;
        var payment = World.Envelope(Actor.Platform, World.Payment(pledge));
        scene.FailAt(Storage.Commits.CommitStep.CommitSentDone, new Storage.Commits.ConnectionCutException(), times: 1);

        await scene.Accepted(payment);
        scene.Heal();
        await scene.Accepted(payment);

        Assert.Equal(1, await scene.Journal.Count("due WHERE topic = 'pledge-paid'"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Placing_a_pledge_owes_nobody_a_message_and_a_refused_command_neither(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var before = await scene.Journal.Count("due WHERE kind = 2");

        await scene.Pledge();
        await scene.World.Do(scene.Wish.Stream, World.Donor, World.Pledge(1_000_000));

        Assert.Equal(before, await scene.Journal.Count("due WHERE kind = 2"));
        Assert.Equal(1, await scene.Journal.Count("due WHERE kind = 1"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Messages_are_listed_by_when_they_are_tried_next_and_stuck_ones_apart(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var (due, rows) = (new DueRows(scene.Journal.Database, scene.Journal.Reader), Rows(scene));
        var all = await Messages(due, scene);
        var later = scene.Journal.Time.GetUtcNow().AddHours(1);

        await due.Postpone(all[0], MessageRows.Never, "smtp-550");
        await due.Postpone(all[1], later, "unreachable");

        var stuck = Assert.Single(await rows.List(isStuck: true, null, 10));
        Assert.Equal((all[0].Subject, 1, "smtp-550"), (stuck.Id, stuck.Attempts, stuck.LastError));
        var waiting = await rows.List(isStuck: false, null, 10);
        Assert.Equal([all[2].Subject, all[1].Subject], waiting.Select(row => row.Id));
        Assert.Equal([all[1].Subject], (await rows.List(isStuck: false, (waiting[0].NextAt, waiting[0].Id), 10)).Select(row => row.Id));
        Assert.Empty(await rows.List(isStuck: true, (stuck.NextAt, stuck.Id), 10));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_stuck_message_that_is_to_be_tried_again_begins_anew(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var (due, rows) = (new DueRows(scene.Journal.Database, scene.Journal.Reader), Rows(scene));
        var message = (await Messages(due, scene))[0];
        await due.Postpone(message, MessageRows.Never, "smtp-550");
        var now = scene.Journal.Time.GetUtcNow().AddDays(3);

        Assert.True(await rows.Retry(message.Subject, now));
        Assert.False(await rows.Retry(Guid.CreateVersion7(), now));

        Assert.Equal(message with { At = now }, (await due.Claim(DueKind.Message, now)).Single(row => row.Subject == message.Subject));
        Assert.False(await rows.Retry(message.Subject, now), "Somebody is sending it.");
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Messages_to_a_person_who_is_forgotten_are_gone_and_those_to_others_stay(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var pledge = (PlacePledge)(await scene.Pledge()).Pledge.Command;
        await scene.World.Done(scene.Wish.Stream, Actor.Platform, World.Payment(pledge));

        await Rows(scene).Forget(World.Applicant.Id);

        Assert.Equal(0, await scene.Journal.Count("due WHERE recipient_id = @id", ("id", World.Applicant.Id.Value)));
        Assert.Equal(1, await scene.Journal.Count("due WHERE recipient_id = @id", ("id", World.Donor.Id.Value)));
        scene.Journal.AssertSound();
    }

    private static MessageRows Rows(FaultScene scene) => new(scene.Journal.Database, scene.Journal.Reader);

    private static async Task<IReadOnlyList<Due>> Messages(DueRows due, FaultScene scene)
    {
        var now = scene.Journal.Time.GetUtcNow();
        return await due.Claim(DueKind.Message, now, claimedFor: TimeSpan.Zero);
    }
}
