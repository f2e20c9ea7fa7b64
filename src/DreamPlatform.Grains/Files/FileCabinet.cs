using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Files.Sanitizing;
using DreamPlatform.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Files;

/// <summary>
/// Takes files in, hands them out and throws them away, in an order in which whatever stops half-way is found again by
/// the sweeper: what is due first, then the shelf, then the bytes, then what is known of them.
/// </summary>
public sealed partial class FileCabinet(
    Sanitizer sanitizer, IFileStore store, DueRows due, IGrainFactory grains, FileRemover remover, TimeProvider time,
    ILogger<FileCabinet> logger)
{
    /// <summary>Cleans and keeps a file for who sends it, or whom they send it for.</summary>
    public async Task<FileAnswer> Keep(Actor actor, ReceivedFile file, CancellationToken stop)
    {
        if (!await grains.GetShelf(actor.Principal).HasRoom(file.Length))
            return new FileRefused(new FileQuotaExceeded());
        await using var content = file.Open();
        return await sanitizer.Clean(content, clean => Keep(actor.Principal, clean), stop);
    }

    /// <summary>What a file holds; who may see it is the caller's business. Null when there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read at this moment.</exception>
    public Task<byte[]?> Read(Guid id, FileSize size = FileSize.Full) => grains.GetFile(id).Open(size);

    /// <summary>Throws files away, whatever they are attached to.</summary>
    /// <exception cref="IOException">One cannot be removed at this moment; repeat it later.</exception>
    public async Task Delete(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            if (await grains.GetFile(id).Get() is { } file) await grains.GetShelf(file.Uploader).Remove(id);
            await grains.GetFile(id).Delete();
        }
    }

    /// <summary>
    /// What is on a person's shelf and theirs alone; of a file of which nothing can be read, only that it is there.
    /// </summary>
    public async Task<IReadOnlyList<(Guid Id, FileView? File)>> Of(AccountId person)
    {
        var own = new List<(Guid, FileView?)>();
        foreach (var shelved in await grains.GetShelf(person).List())
        {
            try
            {
                if (await grains.GetFile(shelved.Id).Get() is { } file && file.Holder == person.Value)
                    own.Add((shelved.Id, file));
            }
            catch (Exception exception) when (exception.Unreadable() is not null)
            {
                Log.Unreadable(logger, shelved.Id);
                own.Add((shelved.Id, null));
            }
        }

        return own;
    }

    /// <summary>Throws away everything on a person's shelf, and the shelf.</summary>
    /// <exception cref="IOException">A file cannot be removed at this moment; repeat it later.</exception>
    public async Task Erase(AccountId person)
    {
        foreach (var (id, _) in await Of(person)) await remover.Delete(id);
        await grains.GetShelf(person).Erase();
    }

    private async Task<FileAnswer> Keep(AccountId person, FileCleaned clean)
    {
        var id = Guid.NewGuid();
        try
        {
            return await Keep(id, person, clean);
        }
        catch (IOException exception)
        {
            Log.NotKept(logger, id, exception);
            return new FileBusy();
        }
    }

    private async Task<FileAnswer> Keep(Guid id, AccountId person, FileCleaned clean)
    {
        var now = time.GetUtcNow();
        await due.Add(new(DueKind.FileSweep, now + FileLimits.UnattachedFor, id, new(StreamKind.Donor, person.Value)));
        switch (await grains.GetShelf(person).Add(id, clean.Content.Length + clean.Small.Length))
        {
            case CommandRefused full:
                return new FileRefused(full.Rejection);
            case not null:
                return new FileBusy();
        }

        var key = FileSeal.NewKey();
        await store.Write(id, FileSeal.Close(key, id, clean), CancellationToken.None);
        var isKept = await grains.GetFile(id).Keep(new StoredFile
        {
            Holder = person.Value,
            Uploader = person,
            UploadedAt = now,
            Description = clean.Description,
            Key = key,
        });
        return isKept ? new FileKept(id, clean.Description) : new FileBusy();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "File {File} was not kept; nothing of it will stay.")]
        public static partial void NotKept(ILogger logger, Guid file, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "What is known of file {File} cannot be read.")]
        public static partial void Unreadable(ILogger logger, Guid file);
    }
}
