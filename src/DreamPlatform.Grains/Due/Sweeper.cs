using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Due;

/// <summary>
/// Carries out what has fallen due: claims a few rows for a while, and sends each to its owner under a command id
/// that follows from the row. Waking twice, late or after a crash is harmless.
/// </summary>
public sealed partial class Sweeper(
    DueRows rows, IGrainFactory grains, TimeProvider time, ILogger<Sweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Carries out what is due now, at most one claim's worth; how many rows that were.</summary>
    public async Task<int> Sweep()
    {
        var claimed = await rows.Claim(time.GetUtcNow());
        foreach (var outcome in await Task.WhenAll(claimed.Select(Carry)))
            if (outcome is not (CommandAccepted or CommandRefused)) Log.Postponed(logger, outcome.GetType().Name);
        return claimed.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await Sweep() == DueRows.MaxClaimed && !stoppingToken.IsCancellationRequested)
                {
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, exception);
            }
        }
    }

    private async Task<Outcome> Carry(Domain.Shared.Due due)
    {
        Command command = due.Kind switch
        {
            DueKind.PledgeLapse => new LapsePledge(new PledgeId(due.Subject.Value)),
            _ => throw new ArgumentOutOfRangeException(nameof(due), due.Kind, "This release does not know this kind."),
        };
        var name = $"due/{(short)due.Kind}/{due.Subject}/{due.At.ToUnixTimeMilliseconds()}";
        var envelope = new Envelope(
            new CommandId(Derived.TimeOrderedId(due.At, due.Subject.Value, Derived.Id(name))), Actor.Platform,
            new Fingerprint(Derived.Id(name)), command);
        var outcome = await grains.GetOwner(due.Owner).Execute(envelope);
        // The owner says that there is nothing to do; whatever else refuses may pass.
        if (outcome is CommandRefused { Rejection: PledgeNotReserved or NotFound }) await rows.Remove(due);
        return outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A due row was not carried out ({Outcome}); it is tried again later.")]
        public static partial void Postponed(ILogger logger, string outcome);

        [LoggerMessage(2, LogLevel.Error, "Sweeping failed; it is tried again.")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
