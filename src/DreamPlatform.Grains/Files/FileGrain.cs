using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Files;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Files;

/// <inheritdoc cref="IFileGrain"/>
internal sealed partial class FileGrain(
    [PersistentState("file.v1", Vault.Name)] IPersistentState<StoredFile> vault, IFileStore store, TimeProvider time,
    ILogger<FileGrain> logger) : Grain, IFileGrain
{
    private Guid Id => Guid.Parse(this.GetPrimaryKeyString().AsSpan("file-".Length));

    public async Task<bool> Keep(StoredFile file) => await Write(file) is null;

    public Task<FileView?> Get() => Task.FromResult(vault.State.View);

    public async Task<byte[]?> Open(FileSize size)
    {
        if (vault.State.Description is not { } it) return null;
        if (it.Small is null) size = FileSize.Full;
        if (await store.Read(Id, FileSeal.PartOf(it, size), CancellationToken.None) is { } kept)
            return FileSeal.Open(vault.State.Key.Span, Id, kept, size);
        Log.Missing(logger, Id);
        return null;
    }

    public async Task<Outcome?> Attach(WishId wish, string dossier, Guid holder, Actor actor)
    {
        if (vault.State.View?.MayJoin(dossier, actor) != true) return new CommandRefused(new FileUnknown([Id]));
        return await Write(vault.State with
        {
            Holder = holder,
            Attachment = new Attachment(wish, dossier, time.GetUtcNow()),
        });
    }

    public async Task Delete()
    {
        // The bytes first: as long as the state is there, somebody knows that there is something to remove.
        await store.Delete(Id, CancellationToken.None);
        if (vault.RecordExists) await vault.ClearStateAsync();
        DeactivateOnIdle();
    }

    public async Task<bool> DeleteUnlessAttachedSince(Attachment? attachment)
    {
        if (vault.State.Attachment != attachment) return false;
        await Delete();
        return true;
    }

    private async Task<Outcome?> Write(StoredFile file)
    {
        var before = vault.State;
        try
        {
            vault.State = file;
            await vault.WriteStateAsync();
            return null;
        }
        catch (Exception exception)
        {
            Log.NotKept(logger, this.GetPrimaryKeyString(), exception);
            vault.State = before;
            DeactivateOnIdle();
            return new CommandBusy();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The vault did not keep {File}.")]
        public static partial void NotKept(ILogger logger, string file, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "The bytes of file {File} are not where they should be.")]
        public static partial void Missing(ILogger logger, Guid file);
    }
}
