using DreamPlatform.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Due;

/// <summary>
/// Has what has fallen due carried out: claims a few rows of each kind for a while, and gives each to its handler.
/// Waking twice, late or after a crash is harmless. Messages have a sender of their own, since others take their time.
/// </summary>
public sealed partial class Sweeper(
    DueRows rows, IEnumerable<IDueHandler> handlers, TimeProvider time, ILogger<Sweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IDueHandler[] handlers = [.. handlers];

    /// <summary>Carries out what is due now, at most one claim's worth of each kind; how many rows that were.</summary>
    public async Task<int> Sweep() => (await Task.WhenAll(handlers.Select(Sweep))).Sum();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            while (await Sweep() >= DueRows.MaxClaimed && !stoppingToken.IsCancellationRequested)
            {
            }
        }
    }

    private async Task<int> Sweep(IDueHandler handler)
    {
        try
        {
            var claimed = await rows.Claim(handler.Kind, time.GetUtcNow());
            foreach (var whyNot in await Task.WhenAll(claimed.Select(handler.Carry)))
                if (whyNot is not null) Log.Postponed(logger, handler.Kind, whyNot);
            return claimed.Count;
        }
        catch (Exception exception)
        {
            Log.SweepFailed(logger, handler.Kind, exception);
            return 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A due {Kind} was not carried out ({WhyNot}); it is tried again later.")]
        public static partial void Postponed(ILogger logger, Domain.Shared.DueKind kind, string whyNot);

        [LoggerMessage(2, LogLevel.Error, "Sweeping {Kind} failed; it is tried again.")]
        public static partial void SweepFailed(ILogger logger, Domain.Shared.DueKind kind, Exception exception);
    }
}
