using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests.Files;

public sealed class StoredFileTests
{
    private const string Dossier = "wish-1", Other = "wish-2";

    private static readonly AccountId Applicant = new(Guid.CreateVersion7());

    private static readonly Actor Owner = new(Applicant, []);

    private static readonly Actor Helper = new(new AccountId(Guid.CreateVersion7()), []) { Helps = [Applicant] };

    private static readonly Actor Stranger = new(new AccountId(Guid.CreateVersion7()), []);

    private static readonly FileView Loose = new StoredFile
    {
        Holder = Applicant.Value,
        Uploader = Applicant,
        Description = new FileDescription("image/png", 1, Width: 1, Height: 1),
    }.View!;

    private static readonly FileView Attached =
        Loose with { Attachment = new Attachment(new WishId(Guid.CreateVersion7()), Dossier, DateTimeOffset.UnixEpoch) };

    [Fact]
    public void A_loose_file_is_its_senders_alone_and_of_who_acts_for_them()
    {
        Assert.True(Loose.IsLooseFor(Owner));
        Assert.True(Loose.IsLooseFor(Helper with { ActingFor = Applicant }));
        Assert.False(Loose.IsLooseFor(Helper));
        Assert.False(Loose.IsLooseFor(Stranger));
        Assert.False(Attached.IsLooseFor(Owner));
        Assert.Null(new StoredFile { Uploader = Applicant }.View);
    }

    [Fact]
    public void What_a_helper_sent_themselves_they_may_attach_for_whom_they_help()
    {
        var sent = Loose with { Uploader = Helper.Id };
        Assert.True(sent.MayJoin(Dossier, Helper with { ActingFor = Applicant }));
        Assert.False(sent.MayJoin(Dossier, Owner));
    }

    [Fact]
    public void A_file_is_evidence_in_one_dossier_only()
    {
        Assert.True(Loose.MayJoin(Dossier, Owner));
        Assert.False(Loose.MayJoin(Dossier, Stranger));
        Assert.True(Attached.MayJoin(Dossier, Owner));
        // Who may write in a dossier may refer to what is in it.
        Assert.True(Attached.MayJoin(Dossier, Stranger));
        Assert.False(Attached.MayJoin(Other, Owner));
    }

    [Fact]
    public void A_shelf_counts_files_and_bytes()
    {
        var shelf = new Shelf();
        for (var i = 0; i < FileLimits.MaxFilesPerPerson; i++) shelf = shelf.With(new ShelvedFile(Guid.NewGuid(), 1));
        Assert.Null(shelf.Overflow());
        Assert.NotNull(shelf.With(new ShelvedFile(Guid.NewGuid(), 1)).Overflow());
        // The same file again takes no more room.
        Assert.Null(shelf.With(shelf.Files[0]).Overflow());
        Assert.Null(new Shelf().With(new ShelvedFile(Guid.NewGuid(), FileLimits.MaxBytesPerPerson)).Overflow());
        Assert.NotNull(new Shelf().With(new ShelvedFile(Guid.NewGuid(), FileLimits.MaxBytesPerPerson))
            .With(new ShelvedFile(Guid.NewGuid(), 1)).Overflow());
        Assert.Empty(new Shelf().With(new ShelvedFile(Guid.Empty, 1)).Without(Guid.Empty).Files);
    }
}
