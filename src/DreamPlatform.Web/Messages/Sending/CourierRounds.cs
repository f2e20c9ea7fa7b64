namespace DreamPlatform.Web.Messages.Sending;

/// <summary>Sends the courier off every second, as long as the server runs.</summary>
internal sealed partial class CourierRounds(
    Courier courier, IMailSender mail, IHostApplicationLifetime host, TimeProvider time, ILogger<CourierRounds> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!mail.IsReady) LogNotConfigured(logger);
        try
        {
            // Links are made from the addresses that the server listens on then.
            await StartedAsync(stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await GoAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task GoAsync(CancellationToken stop)
    {
        try
        {
            while (await courier.DeliverAsync(stop) >= Courier.MaxClaimed && !stop.IsCancellationRequested)
            {
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            LogFailed(logger, exception);
        }
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = host.ApplicationStarted.Register(() => started.TrySetResult());
        await using var onStop = stop.Register(() => started.TrySetCanceled(stop));
        await started.Task;
    }

    [LoggerMessage(1, LogLevel.Warning, "Mail:Host is not set: messages wait.")]
    private static partial void LogNotConfigured(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "Messages could not be sent; they are tried again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
