namespace DreamPlatform.Web.Wishes.Live;

/// <summary>
/// The newest progress of a wish, for any number of listeners. Whoever is slow finds only the newest when they come for
/// it, so nothing queues.
/// </summary>
internal sealed class Watch(Progress first)
{
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Progress Newest { get; private set; } = first;

    /// <summary>How many listen; changed under the lock of the watchers alone.</summary>
    public int Listeners { get; set; }

    /// <summary>Ends the looking when nobody listens any more.</summary>
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Done as soon as there is other news than the listener has heard.</summary>
    public Task Other(Progress? heard)
    {
        lock (Stop) return Newest == heard ? changed.Task : Task.CompletedTask;
    }

    public void Tell(Progress progress)
    {
        TaskCompletionSource told;
        lock (Stop)
        {
            if (progress == Newest) return;
            (Newest, told) = (progress, changed);
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.SetResult();
    }
}
