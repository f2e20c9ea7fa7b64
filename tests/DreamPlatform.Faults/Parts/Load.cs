using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace DreamPlatform.Faults.Parts;

/// <summary>
/// People who pledge, pay and grant at the same time. Whatever gets no answer, or one that says to repeat it, is sent
/// again under the same key, to the next web; every answer is kept.
/// </summary>
/// <param name="targets">The wishes that people choose from; all of the world's when null.</param>
internal sealed class Load(World world, IReadOnlyList<Uri> addresses, int seed, IReadOnlyList<Guid>? targets = null)
    : IDisposable
{
    private const int AtOnce = 16;

    /// <summary>A machine with nothing left would show how fast it starts a process, not how one is missed.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    /// <summary>Who hears nothing asks ever less often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<Guid> targets = targets ?? world.Wishes;
    private readonly Client[] clients = [.. addresses.Select(address => new Client(address, TimeSpan.FromSeconds(10)))];
    private readonly ConcurrentDictionary<Guid, (Sent Sent, string Answer)> acknowledged = [];
    private readonly ConcurrentDictionary<Guid, Sent> unknown = [];
    private readonly ConcurrentQueue<string> wrong = [];
    private readonly ConcurrentQueue<(Guid Wish, Guid Pledge)> unpaid = [];
    private int turn, repeats;

    public World World => world;

    /// <summary>What was acknowledged, with the answer.</summary>
    public IReadOnlyCollection<(Sent Sent, string Answer)> Acknowledged => [.. acknowledged.Values];

    /// <summary>What was sent and has no answer: it may be done or not, but not twice.</summary>
    public IReadOnlyCollection<Sent> Unknown => [.. unknown.Values];

    /// <summary>How often something was sent again.</summary>
    public int Repeats => repeats;

    /// <summary>Works until it is stopped; what is under way then stays unknown.</summary>
    public Task WorkAsync(int workers, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            var random = new Random(HashCode.Combine(seed, worker));
            while (!stop.IsCancellationRequested)
            {
                await TryDeliverAsync(Next(random), stop);
                await Task.WhenAny(Until.WaitAsync(Breath, stop));
            }
        }));

    /// <summary>Works while something else is done, and stops then.</summary>
    public async Task DuringAsync(int workers, Func<Task> act, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = WorkAsync(workers, over.Token);
        try
        {
            await act();
        }
        finally
        {
            await over.CancelAsync();
            await working;
        }
    }

    /// <summary>Sends so many commands and waits for the answer to each.</summary>
    public Task CompleteAsync(int commands, int workers, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            var random = new Random(HashCode.Combine(seed, worker));
            for (var i = worker; i < commands; i += workers) await DeliverAsync(Next(random), stop);
        }));

    /// <summary>Waits until so many more commands were acknowledged.</summary>
    public Task HasAcknowledgedAsync(int more, CancellationToken stop)
    {
        var goal = acknowledged.Count + more;
        return Until.IsAsync(
            () => Task.FromResult(acknowledged.Count >= goal), TimeSpan.FromMinutes(2),
            $"{more} more commands are done", stop);
    }

    /// <summary>
    /// Pledges once to each wish and repeats until every one of them has answered; the time it took since a moment.
    /// </summary>
    public async Task<TimeSpan> ServedAsync(long since, TimeSpan patience, CancellationToken stop)
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(stop);
        impatient.CancelAfter(patience);
        try
        {
            await Task.WhenAll(world.Wishes.Select(wish => DeliverAsync(world.Pledge(wish, 1), impatient.Token)));
            return Stopwatch.GetElapsedTime(since);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new BrokenException(
                $"Not every wish is served within {patience.TotalSeconds:0} s. {string.Join(' ', wrong.Take(3))}");
        }
    }

    /// <summary>Finds out what became of all that has no answer.</summary>
    public async Task SettleAsync(CancellationToken stop)
    {
        foreach (var few in unknown.Values.ToArray().Chunk(AtOnce))
            await Task.WhenAll(few.Select(sent => DeliverAsync(sent, stop)));
    }

    /// <summary>Sends what was acknowledged again: each gets the first answer.</summary>
    /// <returns>How many got another one.</returns>
    public async Task<int> RepeatAsync(int atMost, CancellationToken stop)
    {
        var others = 0;
        var random = new Random(seed);
        var some = acknowledged.Values.OrderBy(_ => random.Next()).Take(atMost).ToArray();
        foreach (var few in some.Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(few.Select(known => DeliverAsync(known.Sent, stop)));
            others += answers.Zip(few).Count(pair => pair.First != pair.Second.Answer);
        }

        return others;
    }

    /// <summary>Sends a command until it is done; the first answer it got.</summary>
    public async Task<string> DeliverAsync(Sent sent, CancellationToken stop)
    {
        unknown[sent.Key] = sent;
        for (var pause = Pause; ; pause += pause < LongestPause ? Pause : TimeSpan.Zero)
        {
            var answer = await clients[Interlocked.Increment(ref turn) % clients.Length].TrySendAsync(sent, stop);
            if (answer is { Status: HttpStatusCode.OK or HttpStatusCode.Created }) return Keep(sent, answer);
            if (answer is { MayBeRepeated: false })
                wrong.Enqueue($"{sent.Path}: {(int)answer.Status} {answer.Body}");
            Interlocked.Increment(ref repeats);
            await Until.WaitAsync(pause, stop);
        }
    }

    /// <summary>Nobody was told anything but that it is done, or to repeat it.</summary>
    public void MustHaveHeardNothingWrong() => BrokenException.Unless(
        wrong.IsEmpty, $"{wrong.Count} answers are wrong, such as: {string.Join(" | ", wrong.Take(3))}");

    public void Dispose()
    {
        foreach (var client in clients) client.Dispose();
    }

    private async Task TryDeliverAsync(Sent sent, CancellationToken stop)
    {
        try
        {
            await DeliverAsync(sent, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What became of it is found out later.
        }
    }

    private Sent Next(Random random)
    {
        if (random.Next(3) == 0 && unpaid.TryDequeue(out var it)) return World.Payment(it.Wish, it.Pledge);
        var (wish, amountMinor) = (targets[random.Next(targets.Count)], random.Next(1, 30));
        return random.Next(8) == 0 ? world.Grant(wish, amountMinor) : world.Pledge(wish, amountMinor);
    }

    private string Keep(Sent sent, Answer answer)
    {
        if (acknowledged.TryAdd(sent.Key, (sent, answer.Body)) && sent.Event == "pledge-placed.v1")
            unpaid.Enqueue((sent.Wish, answer.Json.GetProperty("id").GetGuid()));
        unknown.TryRemove(sent.Key, out _);
        return answer.Body;
    }
}
