using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Files;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Files;

/// <summary>
/// Removes files of people who are erased. Where what is known of one cannot be read, its grain cannot do it, and
/// nobody can open the bytes either: they go all the same.
/// </summary>
public sealed partial class FileRemover(IGrainFactory grains, IFileStore store, ILogger<FileRemover> logger)
{
    /// <exception cref="IOException">It cannot be removed at this moment; repeat it later.</exception>
    public async Task Delete(Guid file)
    {
        try
        {
            await grains.GetFile(file).Delete();
        }
        catch (Exception exception) when (exception.Unreadable() is not null)
        {
            Log.Unreadable(logger, file);
            await store.Delete(file, CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What is known of file {File} cannot be read; its bytes go without it.")]
        public static partial void Unreadable(ILogger logger, Guid file);
    }
}
