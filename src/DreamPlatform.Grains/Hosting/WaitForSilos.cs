using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Hosting;

/// <summary>Has a client that finds no silo try again until it finds one or is stopped.</summary>
internal sealed partial class WaitForSilos(ILogger<WaitForSilos> logger) : IClientConnectionRetryFilter
{
    /// <summary>In real time, whatever clock the platform has: it is machines that are waited for.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        Log.NoSilo(logger, exception.Message);
        try
        {
            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No silo is reached yet; it is tried again. {WhyNot}")]
        public static partial void NoSilo(ILogger logger, string whyNot);
    }
}
