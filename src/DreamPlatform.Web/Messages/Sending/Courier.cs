using System.Collections.Concurrent;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>
/// Sends what is owed, at least once: what was sent just before a crash is sent again, under the same id. What fails is
/// tried again with a growing delay, and is stuck in the end, where operators see it.
/// </summary>
internal sealed partial class Courier(
    IEnumerable<IMessageSource> sources, IMailSender mail, IEnumerable<ISmsSender> sms, TimeProvider time,
    ILogger<Courier> logger)
{
    public const int MaxAttempts = 20;

    /// <summary>The most messages taken from each source at once, and how many are being sent at once.</summary>
    public const int MaxClaimed = 8, Lines = 4;

    /// <summary>Longer than the slowest attempts of all that one line may have to send.</summary>
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30), MaxDelay = TimeSpan.FromHours(6);

    /// <summary>How long to wait after an attempt, the first being 1.</summary>
    public static TimeSpan DelayAfter(int attempt) =>
        TimeSpan.FromTicks(Math.Min(MaxDelay.Ticks, FirstDelay.Ticks << Math.Min(attempt - 1, 20)));

    /// <summary>Sends some of what is due; how many messages that were.</summary>
    public async Task<int> DeliverAsync(CancellationToken stop = default)
    {
        if (!mail.IsReady) return 0;
        var owed = new List<OwedMessage>();
        foreach (var source in sources) owed.AddRange(await source.ClaimAsync(MaxClaimed, ClaimedFor));
        // What one person is told comes in order, so it goes over one line.
        var readers = new ConcurrentQueue<IEnumerable<OwedMessage>>(owed.GroupBy(message => message.Reader));
        var lines = Math.Min(readers.Count, Lines);
        await Task.WhenAll(Enumerable.Range(0, lines).Select(_ => DeliverAsync(readers, stop)));
        return owed.Count;
    }

    private async Task DeliverAsync(ConcurrentQueue<IEnumerable<OwedMessage>> readers, CancellationToken stop)
    {
        await using var line = mail.Open();
        while (readers.TryDequeue(out var messages))
        {
            foreach (var message in messages)
            {
                if (stop.IsCancellationRequested) return;
                await DeliverAsync(message, line, stop);
            }
        }
    }

    private async Task DeliverAsync(OwedMessage message, IMailLine line, CancellationToken stop)
    {
        try
        {
            await SendAsync(message, line, stop);
            await message.DoneAsync();
        }
        catch (NotSentException failure)
        {
            await FailAsync(message, failure.Code, failure.IsPermanent);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            await FailAsync(message, "timeout", isPermanent: false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Its message may say what somebody wrote.
            LogBroken(logger, message.Id, message.Topic, exception.GetType().Name, exception.StackTrace);
            await FailAsync(message, "internal", isPermanent: false);
        }
    }

    private async Task SendAsync(OwedMessage message, IMailLine line, CancellationToken stop)
    {
        var written = await message.WriteAsync();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        if (written.Mail is { } letter)
        {
            await line.SendAsync(letter, either.Token);
            MessageMetrics.Sent("email", message.Topic);
        }

        if (written.Sms is not { } text) return;
        foreach (var phone in sms) await phone.SendAsync(text, either.Token);
        MessageMetrics.Sent("sms", message.Topic);
    }

    private async Task FailAsync(OwedMessage message, string code, bool isPermanent)
    {
        var attempt = message.Attempts + 1;
        var isStuck = isPermanent || attempt >= MaxAttempts;
        await message.FailedAsync(isStuck ? MessageRows.Never : time.GetUtcNow() + DelayAfter(attempt), code);
        MessageMetrics.Failed(message.Topic, code, isStuck);
        if (isStuck) LogStuck(logger, message.Id, message.Topic, attempt, code);
    }

    [LoggerMessage(1, LogLevel.Warning, "Message {Id} ({Topic}) is stuck after {Attempts} attempts: {Code}.")]
    private static partial void LogStuck(ILogger logger, Guid id, string topic, int attempts, string code);

    [LoggerMessage(2, LogLevel.Error, "Message {Id} ({Topic}) could not be written: {Exception} {At}")]
    private static partial void LogBroken(ILogger logger, Guid id, string topic, string exception, string? at);
}
