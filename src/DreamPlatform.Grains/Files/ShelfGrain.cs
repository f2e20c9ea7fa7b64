using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Files;

/// <inheritdoc cref="IShelfGrain"/>
internal sealed partial class ShelfGrain(
    [PersistentState("shelf.v1", Vault.Name)] IPersistentState<Shelf> vault, ILogger<ShelfGrain> logger)
    : Grain, IShelfGrain
{
    private Guid Person => Guid.Parse(this.GetPrimaryKeyString().AsSpan("person-".Length));

    public Task<bool> HasRoom(int bytes) =>
        Task.FromResult(vault.State.With(new ShelvedFile(Guid.Empty, bytes)).Overflow() is null);

    public async Task<Outcome?> Add(Guid file, int bytes)
    {
        var fuller = vault.State.With(new ShelvedFile(file, bytes));
        return fuller.Overflow() is { } full ? new CommandRefused(full) : await Write(fuller);
    }

    public async Task Remove(Guid file)
    {
        if (vault.State.Files.Any(it => it.Id == file) && await Write(vault.State.Without(file)) is not null)
            throw new IOException("The vault did not keep a shelf.");
    }

    public Task<IReadOnlyList<ShelvedFile>> List() => Task.FromResult<IReadOnlyList<ShelvedFile>>(vault.State.Files);

    public async Task Erase()
    {
        if (vault.RecordExists) await vault.ClearStateAsync();
        DeactivateOnIdle();
    }

    private async Task<Outcome?> Write(Shelf shelf)
    {
        var before = vault.State;
        try
        {
            vault.State = shelf with { Holder = Person };
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
        [LoggerMessage(1, LogLevel.Error, "The vault did not keep the shelf of {Person}.")]
        public static partial void NotKept(ILogger logger, string person, Exception exception);
    }
}
