using System.Collections.Concurrent;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>
/// Does once what a form asks for although it is sent twice, as by a double click: the second gets the outcome of the
/// first. Commands have this from their grains; this is for what has no grain, such as a code that is good once. What
/// failed may be tried again at once.
/// </summary>
internal sealed class Once(PlatformSecret secret, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<Guid, (Lazy<Task<object>> Doing, DateTimeOffset At)> all = new();

    /// <param name="isDone">Whether an outcome is final.</param>
    public async Task<T> DoAsync<T>(Posted posted, Func<Task<T>> act, Func<T, bool> isDone) where T : class
    {
        Forget();
        var (id, now) = (secret.IdOf($"once/{posted.Content()}"), time.GetUtcNow());
        var (doing, _) = all.GetOrAdd(id, _ => (new Lazy<Task<object>>(async () => await act()), now));
        var isFinal = false;
        try
        {
            var outcome = (T)await doing.Value;
            isFinal = isDone(outcome);
            return outcome;
        }
        finally
        {
            if (!isFinal) all.TryRemove(id, out _);
        }
    }

    private void Forget()
    {
        if (all.Count >= MaxKept) all.Clear();
        var old = time.GetUtcNow() - Kept;
        foreach (var (id, (doing, at)) in all)
            if (at <= old && doing.IsValueCreated && doing.Value.IsCompleted) all.TryRemove(id, out _);
    }
}
