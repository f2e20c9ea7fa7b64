using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Tests.Hosting;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace DreamPlatform.Grains.Tests.Wishes;

/// <summary>What people write is kept before anything refers to it, and never stands in the way of money.</summary>
public sealed class DossierGrainTests
{
    private const string Secret = "王芳 13800000000 planted";

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_new_wish_has_its_draft_first_and_then_what_was_written(string database)
    {
        await using var scene = await DossierScene.Open(database);

        Assert.IsType<CommandAccepted>(await scene.Create());

        var view = await scene.Read();
        Assert.Equal(1, view.Wish.DraftVersion);
        Assert.Equal(Secret, view.Part.Application!.Story);
        Assert.Equal(
            ["wish-drafted.v1", "wish-draft-edited.v1"],
            await scene.Journal.Reader.Query(
                "SELECT name FROM events WHERE stream_id = @id ORDER BY version", row => row.Text(0), ("id", scene.Wish.Value)));
        Assert.DoesNotContain(Secret, await scene.Journal.Dump(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task To_create_a_wish_again_with_the_same_ids_gives_the_first_outcome(string database)
    {
        await using var scene = await DossierScene.Open(database);
        var first = Assert.IsType<CommandAccepted>(await scene.Create());

        var again = Assert.IsType<CommandAccepted>(await scene.Create());

        Assert.True(again.IsRepeat);
        Assert.Equal((first.Version, JournalJson.Write(first.State)), (again.Version, JournalJson.Write(again.State)));
        Assert.Equal(Secret, (await scene.Read()).Part.Application!.Story);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wish_that_is_refused_keeps_nothing_and_can_be_tried_again(string database)
    {
        await using var scene = await DossierScene.Open(database, isProjectOpen: false);
        Assert.IsType<CommandRefused>(await scene.Create());
        Assert.Empty((await scene.Vault()).Entries);

        await scene.Cluster.World.OpenProject();

        Assert.False(Assert.IsType<CommandAccepted>(await scene.Create()).IsRepeat);
        Assert.Single((await scene.Vault()).Entries);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Each_edit_is_a_new_version_and_only_the_last_counts(string database)
    {
        await using var scene = await DossierScene.Open(database);
        await scene.Create();
        for (var i = 2; i <= 4; i++)
            Assert.IsType<CommandAccepted>(await scene.Edit($"story {i}", World.Applicant));

        var view = await scene.Read();
        Assert.Equal((4, "story 4"), (view.Wish.DraftVersion, view.Part.Application!.Story));
        var kept = await scene.Vault();
        Assert.Equal(4, kept.LastVersion);
        Assert.DoesNotContain(kept.Entries, entry => entry.Version < 3);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_somebody_writes_who_may_not_is_never_kept(string database)
    {
        await using var scene = await DossierScene.Open(database);
        await scene.Create();
        var before = await scene.Vault();

        var outcome = await scene.Edit("a stranger's story", World.Donor);

        Assert.IsType<NotFound>(Assert.IsType<CommandRefused>(outcome).Rejection);
        Assert.Equal(before.LastVersion, (await scene.Vault()).LastVersion);
        Assert.Equal(PrivatePart.Nothing, (await scene.Dossier.Look(World.Donor, "curious")).Part);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_version_that_nothing_refers_to_is_swept_after_a_day(string database)
    {
        await using var scene = await DossierScene.Open(database);
        await scene.Create();
        scene.Cluster.Failpoints.OnStep = _ => throw new Storage.Commits.TransientFaultException();
        Assert.IsType<CommandBusy>(await scene.Edit("kept, but its event never came", World.Applicant));
        scene.Cluster.Failpoints.OnStep = null;
        Assert.Equal([1, 2], (await scene.Vault()).Entries.Select(entry => entry.Version));

        scene.Journal.Time.Advance(TimeSpan.FromHours(25));
        Assert.IsType<CommandAccepted>(await scene.Edit("a day later", World.Applicant));

        Assert.Equal([1, 3], (await scene.Vault()).Entries.Select(entry => entry.Version));
        Assert.Equal("a day later", (await scene.Read()).Part.Application!.Story);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_vault_that_fails_is_answered_busy_and_money_moves_on(string database)
    {
        await using var scene = await DossierScene.Open(database);
        var wish = await scene.Cluster.World.FundingWish(1_000);
        await scene.Create();
        var before = await scene.Journal.Dump();

        scene.Tamper("ALTER TABLE OrleansStorage RENAME TO Elsewhere");
        var outcome = await scene.Edit("cannot be kept", World.Applicant);
        var unchanged = await scene.Journal.Dump();
        var pledge = await scene.Cluster.World.Do(wish.Stream, World.Donor, World.Pledge(100));
        scene.Tamper("ALTER TABLE Elsewhere RENAME TO OrleansStorage");

        Assert.IsType<CommandBusy>(outcome);
        Assert.Equal(before, unchanged);
        Assert.IsType<CommandAccepted>(pledge);
        Assert.IsType<CommandAccepted>(await scene.Edit("can be kept again", World.Applicant));
        Assert.Equal("can be kept again", (await scene.Read()).Part.Application!.Story);
        Assert.DoesNotContain((await scene.Vault()).Entries, entry => entry.Content is Application { Story: "cannot be kept" });
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_vault_row_that_cannot_be_read_fails_its_dossier_alone_and_no_money(string database)
    {
        await using var scene = await DossierScene.Open(database);
        await scene.Create();
        Assert.Equal(1, scene.Tamper(
            database == "sqlite" ? "UPDATE OrleansStorage SET PayloadBinary = x'7b'" : "UPDATE OrleansStorage SET PayloadBinary = '\\x7b'"));
        await using var restarted = await Cluster.Start(scene.Journal);

        var failure = await Assert.ThrowsAsync<OrleansException>(() => scene.Of(restarted).Look(World.Applicant, null));
        Assert.IsType<VaultUnreadableException>(failure.InnerException);
        Assert.IsType<CommandAccepted>(await restarted.World.Do(scene.Wish.Stream, World.Applicant, new WithdrawWish()));
        var other = new DossierScene(restarted, scene.Journal, scene.Cluster.World.Project);
        Assert.IsType<CommandAccepted>(await other.Create());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_draft_is_submitted_as_it_is_and_what_is_missing_is_named(string database)
    {
        await using var scene = await DossierScene.Open(database);
        await scene.Create();
        await scene.Edit(null, World.Applicant);
        var submit = World.Envelope(World.Applicant, new SubmitWish(0, [], "", "", []));

        var incomplete = await scene.Dossier.Submit(submit);
        await scene.Edit("a story", World.Applicant);
        var complete = await scene.Dossier.Submit(submit);

        Assert.Equal(["story"], Assert.IsType<WishIncomplete>(Assert.IsType<CommandRefused>(incomplete).Rejection).Missing);
        Assert.Equal(WishStatus.Submitted, Assert.IsType<Wish>(Assert.IsType<CommandAccepted>(complete).State).Status);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_the_reviewer_would_publish_becomes_public_and_the_rest_stays_private(string database)
    {
        await using var scene = await DossierScene.Open(database);
        await scene.Create();
        await scene.Dossier.Submit(World.Envelope(World.Applicant, new SubmitWish(0, [], "", "", [])));
        await scene.Cluster.World.Done(scene.Wish.Stream, World.Reviewer, new ClaimWish());
        var review = new Review("Findings " + Secret, [], new PublicText("A washing machine", "Winters are cold."));
        await scene.Dossier.Execute(
            scene.Wish.Stream, World.Envelope(World.Reviewer, new RecommendWish(1_000, null, HasPublicText: true)), review);
        await scene.Cluster.World.Done(scene.Wish.Stream, World.Approver, new ApproveWish(1_000));

        var accepted = await scene.Dossier.Accept(World.Envelope(World.Applicant, new AcceptWish(true, null, 0, [])));

        Assert.IsType<CommandAccepted>(accepted);
        var texts = await scene.Journal.Reader.Query("SELECT text FROM texts ORDER BY field", row => row.Text(0));
        Assert.Equal(["A washing machine", "Winters are cold.", "洗衣机"], texts);
        Assert.DoesNotContain(Secret, await scene.Journal.Dump(), StringComparison.Ordinal);
        Assert.Equal("Findings " + Secret, (await scene.Dossier.Look(World.Reviewer, null)).Part.Review!.Findings);
        scene.Journal.AssertSound();
    }

    private sealed class DossierScene(Cluster cluster, TestJournal journal, ProjectId project) : IAsyncDisposable
    {
        private readonly Envelope draft = World.Envelope(World.Applicant, new DraftWish(project));
        private readonly Envelope edit = World.Envelope(World.Applicant, new EditDraft(project));

        public Cluster Cluster { get; } = cluster;

        public TestJournal Journal { get; } = journal;

        public WishId Wish { get; } = new(Guid.CreateVersion7());

        public IDossierGrain Dossier => Of(Cluster);

        public static async Task<DossierScene> Open(string database, bool isProjectOpen = true)
        {
            var journal = new TestJournal(database);
            var cluster = await Cluster.Start(journal);
            if (isProjectOpen) await cluster.World.OpenProject();
            var scene = new DossierScene(cluster, journal, cluster.World.Project);
            scene.Tamper("DELETE FROM OrleansStorage");
            return scene;
        }

        public IDossierGrain Of(Cluster cluster) => cluster.Grains.GetGrain<IDossierGrain>(Wish.Stream.ToString());

        public Task<Outcome> Create() => Dossier.Create(draft, edit, Application(Secret));

        public Task<Outcome> Edit(string? story, Actor actor) => Dossier.Execute(
            Wish.Stream, World.Envelope(actor, new EditDraft(project)), Application(story));

        public Task<DossierView> Read() => Dossier.Look(World.Applicant, null);

        /// <summary>All that is kept, whoever may see it.</summary>
        public async Task<Dossier> Vault()
        {
            var state = new GrainState<Dossier>();
            await Cluster.Services.GetRequiredKeyedService<IGrainStorage>(DreamPlatform.Grains.Hosting.Vault.Name)
                .ReadStateAsync("dossier.v1", Dossier.GetGrainId(), state);
            return state.State!;
        }

        public int Tamper(string sql)
        {
            using var connection = VaultTests.Open(Cluster.Vault);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteNonQuery();
        }

        public async ValueTask DisposeAsync()
        {
            await Cluster.DisposeAsync();
            await Journal.DisposeAsync();
        }

        private Application Application(string? story) => new(
            project, "Title", story, "housing", "sichuan",
            [new ApplicationItem(new ItemId(Guid.CreateVersion7()), "洗衣机", 1, 1_000)],
            new ApplicantDetails("王芳", "13800000000", null, null));
    }
}
