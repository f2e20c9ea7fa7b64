using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Grains.Files;

/// <summary>Ties files to the dossiers that refer to them, and lets go of those that none refers to any more.</summary>
internal sealed class EvidenceFiles(DueRows rows, IGrainFactory grains, FileRemover remover, TimeProvider time)
{
    /// <summary>By then an entry that no event came to refer to is kept no more.</summary>
    private static readonly TimeSpan LookAgainAfter = Dossier.UnreferredFor + TimeSpan.FromMinutes(1);

    /// <summary>
    /// Attaches the files of an entry before it is kept; an outcome when that may not be or cannot be done.
    /// </summary>
    /// <param name="key">The dossier.</param>
    /// <param name="owner">Whose dossier it is.</param>
    /// <param name="before">The dossier as it was.</param>
    /// <param name="after">The dossier with the entry, which is its last.</param>
    public async Task<Outcome?> Follow(string key, Owner owner, Actor actor, Dossier before, Dossier after)
    {
        var all = after.Files.ToHashSet();
        if (all.Count > FileLimits.MaxFilesPerCase) return new CommandRefused(new CaseFilesFull());
        var files = after.Entries[^1].Content.Files;
        if (await Unknown(files, key, actor) is { Count: > 0 } unknown)
            return new CommandRefused(new FileUnknown(unknown));
        foreach (var file in files)
            if (await Attach(file, key, owner, actor) is { } failure) return failure;
        foreach (var file in before.Files.Except(all)) await LookAt(file, owner, time.GetUtcNow());
        return null;
    }

    /// <summary>
    /// Removes all files of a dossier that is about to go. What stands in the way of one is none of the others' affair:
    /// the sweeper finds it again.
    /// </summary>
    /// <exception cref="IOException">One is still there.</exception>
    public async Task Delete(Owner owner, Dossier dossier)
    {
        Exception? obstacle = null;
        foreach (var file in dossier.Files.Distinct())
        {
            try
            {
                await remover.Delete(file);
            }
            catch (Exception exception)
            {
                obstacle = exception;
                await LookAt(file, owner, time.GetUtcNow());
            }
        }

        if (obstacle is not null) throw new IOException("Not every file of a case could be removed.", obstacle);
    }

    /// <summary>
    /// Refuses files that are not there or not the actor's, before anything is made of what refers to them. Whether
    /// they are evidence already is asked later, since a repeat finds them so.
    /// </summary>
    public async Task<Outcome?> Refuse(IReadOnlyList<Guid> files, Actor actor)
    {
        var unknown = new List<Guid>();
        foreach (var id in files)
            if (await grains.GetFile(id).Get() is not { } file || !file.IsFrom(actor)) unknown.Add(id);
        return unknown.Count > 0 ? new CommandRefused(new FileUnknown(unknown)) : null;
    }

    private async Task<IReadOnlyList<Guid>> Unknown(IReadOnlyList<Guid> files, string key, Actor actor)
    {
        var unknown = new List<Guid>();
        foreach (var id in files)
            if (await grains.GetFile(id).Get() is not { } file || !file.MayJoin(key, actor)) unknown.Add(id);
        return unknown;
    }

    private async Task<Outcome?> Attach(Guid id, string key, Owner owner, Actor actor)
    {
        // First, so that a file whose entry is not kept in the end is found again.
        await LookAt(id, owner, time.GetUtcNow() + LookAgainAfter);
        var holder = owner.HolderOf(key);
        if (await grains.GetFile(id).Attach(new WishId(owner.Stream.Value), key, holder, actor) is { } failure)
            return failure;
        // What is another's evidence is not erased with who sent it.
        if (await grains.GetFile(id).Get() is { } file && file.Uploader.Value != holder)
            await grains.GetShelf(file.Uploader).Remove(id);
        return null;
    }

    private Task LookAt(Guid file, Owner owner, DateTimeOffset at) =>
        rows.Add(new(DueKind.FileSweep, at, file, owner.Stream));
}
