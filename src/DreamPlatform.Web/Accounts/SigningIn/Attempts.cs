namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Counts what was tried within a sliding window of time, by key, in bounded memory.</summary>
internal sealed class Attempts(int limit, TimeSpan window, int maxKeys, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Queue<DateTimeOffset>> tried = [];

    /// <summary>How many keys are remembered.</summary>
    public int Count
    {
        get
        {
            lock (gate) return tried.Count;
        }
    }

    /// <summary>Counts an attempt, or says how long to wait for the next.</summary>
    public TimeSpan? Take(Guid key)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (!tried.TryGetValue(key, out var times))
            {
                if (tried.Count >= maxKeys) ForgetOldest(now);
                tried[key] = times = new Queue<DateTimeOffset>();
            }

            while (times.TryPeek(out var oldest) && oldest + window <= now) times.Dequeue();
            if (times.Count >= limit) return times.Peek() + window - now;
            times.Enqueue(now);
            return null;
        }
    }

    /// <summary>Takes one attempt back, which was none.</summary>
    public void GiveBack(Guid key)
    {
        lock (gate)
        {
            if (tried.TryGetValue(key, out var times) && times.Count > 0) times.Dequeue();
        }
    }

    /// <summary>Forgets a key's attempts.</summary>
    public void Clear(Guid key)
    {
        lock (gate) tried.Remove(key);
    }

    /// <summary>Half at once, so that a flood of keys does not search all of them for each.</summary>
    private void ForgetOldest(DateTimeOffset now)
    {
        var oldest = tried.OrderBy(it => it.Value.Count == 0 ? DateTimeOffset.MinValue : it.Value.Last())
            .Take(maxKeys / 2).Select(it => it.Key).ToList();
        foreach (var key in oldest) tried.Remove(key);
        foreach (var (key, times) in tried)
            if (times.Count == 0 || times.Last() + window <= now) tried.Remove(key);
    }
}
