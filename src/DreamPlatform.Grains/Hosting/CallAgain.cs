using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;
using Orleans.Serialization.Invocation;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// Repeats a call of the website or the API that was not answered, because the silo died or stalled: as it was, so with
/// the same command id, by which its first outcome is found if it was carried out after all. Calls between grains are
/// not repeated: who called the first of them repeats the whole.
/// </summary>
internal sealed partial class CallAgain(ILogger<CallAgain> logger) : IOutgoingGrainCallFilter
{
    /// <summary>After so long whoever asked is told that the outcome is unknown.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Real time, whatever clock the platform has: it is machines that are waited for.</summary>
    private static readonly TimeProvider Time = TimeProvider.System;

    private static readonly AsyncLocal<bool> IsRepeat = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var start = Time.GetTimestamp();
        var arguments = IsRepeatable(context) ? ArgumentsOf(context.Request) : null;
        if (await IsAnswered(context, context.Invoke, arguments is not null)) return;
        do await Task.Delay(Pause, Time);
        while (!await IsAnswered(context, () => Repeat(context, arguments!), Time.GetElapsedTime(start) < Patience));
    }

    private async Task<bool> IsAnswered(IOutgoingGrainCallContext context, Func<Task> call, bool mayBeRepeated)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception exception) when (mayBeRepeated && IsUnanswered(exception))
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

    /// <summary>
    /// A call of its own. A silo that carries out a call of its own process empties the request when it is done, and
    /// may be done with the first while the next waits.
    /// </summary>
    private static async Task Repeat(IOutgoingGrainCallContext context, object?[] arguments)
    {
        IsRepeat.Value = true;
        var method = context.InterfaceMethod;
        var call = (Task)method.Invoke(context.Grain, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await call;
        if (method.ReturnType == typeof(Task)) context.Response = Response.Completed;
        else context.Result = method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(call);
    }

    private static object?[] ArgumentsOf(IInvokable request) =>
        [.. Enumerable.Range(0, request.GetArgumentCount()).Select(request.GetArgument)];

    /// <summary>A message that expires before a silo was found for it is cancelled; nobody else cancels our calls.</summary>
    private static bool IsUnanswered(Exception exception) => exception is TimeoutException
        or OrleansMessageRejectionException or ConnectionFailedException or OperationCanceledException;

    private static bool IsRepeatable(IOutgoingGrainCallContext context) =>
        !IsRepeat.Value && context.SourceContext?.GrainInstance is null && IsOurs(context)
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
