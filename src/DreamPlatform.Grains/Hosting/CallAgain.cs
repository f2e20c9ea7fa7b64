using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// Repeats a call of the website or the API that was not answered, because the silo died or stalled: as it was, so with
/// the same command id, by which its first outcome is found if it was carried out after all. Calls between grains are
/// not repeated: who called the first of them repeats the whole.
/// </summary>
internal sealed partial class CallAgain(ILogger<CallAgain> logger) : IOutgoingGrainCallFilter
{
    /// <summary>Real time, whatever clock the platform has: it is machines that are waited for.</summary>
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>After so long whoever asked is told that the outcome is unknown.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var start = Time.GetTimestamp();
        while (!await IsAnswered(context, start)) await Task.Delay(Pause, Time);
    }

    private async Task<bool> IsAnswered(IOutgoingGrainCallContext context, long start)
    {
        try
        {
            await context.Invoke();
            return true;
        }
        catch (Exception exception) when (
            IsUnanswered(exception) && IsRepeatable(context) && Time.GetElapsedTime(start) < Patience)
        {
            Log.Again(
                logger, context.InterfaceName, context.MethodName, context.TargetId, exception.GetType().Name);
            return false;
        }
        catch (OperationCanceledException expired) when (IsOurs(context))
        {
            throw new TimeoutException(expired.Message, expired);
        }
    }

    /// <summary>A message that expires before a silo was found for it is cancelled; nobody else cancels our calls.</summary>
    private static bool IsUnanswered(Exception exception) => exception is TimeoutException
        or OrleansMessageRejectionException or ConnectionFailedException or OperationCanceledException;

    private static bool IsRepeatable(IOutgoingGrainCallContext context) =>
        context.SourceContext?.GrainInstance is null && IsOurs(context)
        && !context.InterfaceMethod.IsDefined(typeof(OnceAttribute), inherit: false);

    private static bool IsOurs(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.Module == typeof(CallAgain).Module;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Interface}.{Method} of {Grain} was not answered ({WhyNot}); again.")]
        public static partial void Again(ILogger logger, string @interface, string method, GrainId grain, string whyNot);
    }
}

/// <summary>Says of a grain's method that doing it twice differs from doing it once.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnceAttribute : Attribute;
