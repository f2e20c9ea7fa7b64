using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Wishes.Live;

/// <summary>
/// Everybody who watches a wish on this process: a bounded number, in all and of each client address. Each watched wish
/// is looked at by one loop.
/// </summary>
public sealed partial class Watchers(
    WishQueries wishes, IOptions<LiveSettings> settings, IHostApplicationLifetime host, TimeProvider time,
    ILogger<Watchers> logger)
{
    private readonly LiveSettings live = settings.Value;
    private readonly TimeProvider time = time;
    private readonly CancellationToken stopping = host.ApplicationStopping;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Watch> watches = [];
    private readonly Dictionary<ClientAddress, int> clients = [];
    private int listeners;

    /// <summary>How many listen.</summary>
    public int Listeners
    {
        get
        {
            lock (gate) return listeners;
        }
    }

    /// <summary>How many wishes are looked at.</summary>
    public int Watched
    {
        get
        {
            lock (gate) return watches.Count;
        }
    }

    /// <summary>A place for one more listener of a wish; null when there is none.</summary>
    internal Place? Enter(Guid wish, Progress now, ClientAddress client)
    {
        lock (gate)
        {
            var ofClient = clients.GetValueOrDefault(client);
            if (listeners >= live.MaxListeners || ofClient >= live.MaxListenersPerClient)
                return null;
            if (!watches.TryGetValue(wish, out var watch))
            {
                watches[wish] = watch = new Watch(now);
                _ = LookAsync(wish, watch);
            }

            watch.Listeners++;
            listeners++;
            clients[client] = ofClient + 1;
            return new Place(this, wish, watch, client);
        }
    }

    private void Leave(Place place)
    {
        lock (gate)
        {
            listeners--;
            if (--clients[place.Client] == 0) clients.Remove(place.Client);
            if (--place.Watch.Listeners > 0) return;
            watches.Remove(place.Wish);
            place.Watch.Stop.Cancel();
        }
    }

    private async Task LookAsync(Guid wish, Watch watch)
    {
        using var timer = new PeriodicTimer(live.LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(watch.Stop.Token)) await LookOnceAsync(wish, watch);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    private async Task LookOnceAsync(Guid wish, Watch watch)
    {
        try
        {
            if (await wishes.Find(wish) is { } row) watch.Tell(Progress.Of(row));
        }
        catch (Exception exception)
        {
            // A database that does not answer now may answer in a second; the listeners hear nothing new until then.
            Log.LookFailed(logger, wish, exception);
        }
    }

    /// <summary>A listener's place; given back when disposed.</summary>
    internal sealed class Place(Watchers watchers, Guid wish, Watch watch, ClientAddress client) : IDisposable
    {
        private int isLeft;

        public Guid Wish { get; } = wish;

        public Watch Watch { get; } = watch;

        public ClientAddress Client { get; } = client;

        /// <summary>All news of the wish, until it is final, the listener leaves or the server stops.</summary>
        public async IAsyncEnumerable<SseItem<Progress>> Listen([EnumeratorCancellation] CancellationToken left)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(left, watchers.stopping);
            Progress? heard = null;
            while (!ends.IsCancellationRequested && heard is not { IsFinal: true })
            {
                var isNews = await IsOtherAsync(heard, ends.Token);
                if (ends.IsCancellationRequested) break;
                heard = Watch.Newest;
                yield return new SseItem<Progress>(heard, isNews ? "progress" : "heartbeat")
                {
                    EventId = heard.Id,
                    ReconnectionInterval = TimeSpan.FromSeconds(5),
                };
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0) watchers.Leave(this);
        }

        /// <summary>Whether there is news before a heartbeat is due, or before the end.</summary>
        private async Task<bool> IsOtherAsync(Progress? heard, CancellationToken ends)
        {
            try
            {
                await Watch.Other(heard).WaitAsync(watchers.live.HeartbeatEvery, watchers.time, ends);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Wish {Wish} is watched and could not be read.")]
        public static partial void LookFailed(ILogger logger, Guid wish, Exception exception);
    }
}
