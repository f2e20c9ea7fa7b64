using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Tests.Hosting;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage.Tests;

namespace DreamPlatform.Grains.Tests.Wishes;

/// <summary>A dossier on every provider of the vault: a row that is damaged, and one that is full.</summary>
public sealed class DossierRowTests
{
    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_row_that_cannot_be_read_fails_its_dossier_alone_and_no_money(string store)
    {
        await using var vault = TestVault.Open(store);
        Dossiers poisoned, healthy;
        byte[] damage = [0x7b];
        await using (var cluster = await vault.Start())
        {
            await cluster.World.OpenProject();
            (poisoned, healthy) = (new Dossiers(cluster.World.Project), new Dossiers(cluster.World.Project));
            Assert.IsType<CommandAccepted>(await poisoned.Create(cluster, "precious"));
            Assert.IsType<CommandAccepted>(await healthy.Create(cluster, "healthy"));
            await vault.Damage(poisoned.Of(cluster).GetGrainId(), damage);
        }

        await using var restarted = await vault.Start();
        var failures = new[]
        {
            await Record.ExceptionAsync(() => poisoned.Of(restarted).Look(World.Applicant, null)),
            await Record.ExceptionAsync(() => poisoned.Edit(restarted, "made anew")),
        };
        Assert.All(failures, failure => Assert.IsType<VaultUnreadableException>(failure?.GetBaseException()));
        Assert.Equal("healthy", await healthy.Story(restarted));
        Assert.IsType<CommandAccepted>(await healthy.Edit(restarted, "edited"));
        Assert.IsType<CommandAccepted>(
            await restarted.World.Do(poisoned.Wish.Stream, World.Applicant, new WithdrawWish()));
        Assert.Contains(damage, (await vault.Payloads()).Values);
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_dossier_that_the_store_has_no_more_room_for_is_refused_as_full_and_kept_as_it_was(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        await cluster.World.OpenProject();
        var dossier = new Dossiers(cluster.World.Project);

        Assert.IsType<CommandAccepted>(await dossier.Create(cluster, "before"));
        var outcome = await dossier.Edit(cluster, new string('x', 1024 * 1024));

        if (vault.MaxPayloadBytes is null) Assert.IsType<CommandAccepted>(outcome);
        else Assert.IsType<DossierFull>(Assert.IsType<CommandRefused>(outcome).Rejection);
        Assert.Equal(vault.MaxPayloadBytes is null ? 1024 * 1024 : "before".Length, (await dossier.Story(cluster))!.Length);
        Assert.IsType<CommandAccepted>(await dossier.Edit(cluster, "after"));
        Assert.Equal("after", await dossier.Story(cluster));
    }

    /// <summary>One wish's dossier, in whichever cluster.</summary>
    private sealed class Dossiers(ProjectId project)
    {
        public WishId Wish { get; } = new(Guid.CreateVersion7());

        public IDossierGrain Of(Cluster cluster) => cluster.Grains.GetGrain<IDossierGrain>($"{Wish.Stream}");

        public Task<Outcome> Create(Cluster cluster, string story) => Of(cluster).Create(
            World.Envelope(World.Applicant, new DraftWish(project)),
            World.Envelope(World.Applicant, new EditDraft(project)), Application(story));

        public Task<Outcome> Edit(Cluster cluster, string story) => Of(cluster).Execute(
            Wish.Stream, World.Envelope(World.Applicant, new EditDraft(project)), Application(story));

        public async Task<string?> Story(Cluster cluster) =>
            (await Of(cluster).Look(World.Applicant, null)).Part.Application!.Story;

        private Application Application(string story) => new(
            project, "Title", story, "housing", "sichuan",
            [new ApplicationItem(new ItemId(Guid.CreateVersion7()), "洗衣机", 1, 1_000)],
            new ApplicantDetails("王芳", "13800000000", null, null));
    }
}
