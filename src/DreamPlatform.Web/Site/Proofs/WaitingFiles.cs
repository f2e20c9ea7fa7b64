using DreamPlatform.Storage.Files;

namespace DreamPlatform.Web.Site.Proofs;

/// <summary>
/// Files of forms whose senders have to sign in first. They are nobody's yet, so none is looked into: each stays as it
/// was received, sealed with a key in memory only and without a name on disk, for an hour, and the oldest go when there
/// are too many. Whoever brings back the form in which its id is sealed gets it, once.
/// </summary>
internal sealed class WaitingFiles(TimeProvider time)
{
    public static readonly TimeSpan MaxTime = TimeSpan.FromHours(1);

    private const int MaxFiles = 100;

    private const long MaxBytes = 200 * 1024 * 1024;

    private readonly Dictionary<Guid, (ReceivedFile File, ITimer End)> all = [];
    private readonly Lock door = new();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (door) return all.Count;
        }
    }

    public Guid Add(ReceivedFile file)
    {
        lock (door)
        {
            while (all.Count == MaxFiles || all.Values.Sum(it => (long)it.File.Length) + file.Length > MaxBytes)
                Drop(all.Keys.Min());
            var id = Guid.CreateVersion7(time.GetUtcNow());
            all.Add(id, (file, time.CreateTimer(_ => Drop(id), null, MaxTime, Timeout.InfiniteTimeSpan)));
            return id;
        }
    }

    /// <summary>The file, which is the taker's from now on; null when it is gone.</summary>
    public ReceivedFile? Take(Guid id)
    {
        lock (door)
        {
            if (!all.Remove(id, out var found)) return null;
            found.End.Dispose();
            return found.File;
        }
    }

    private void Drop(Guid id) => _ = Take(id)?.DisposeAsync().AsTask();
}
