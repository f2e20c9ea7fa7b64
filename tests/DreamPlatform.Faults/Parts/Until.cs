using System.Diagnostics;

namespace DreamPlatform.Faults.Parts;

/// <summary>Waiting for what is about to be so.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Task WaitAsync(TimeSpan time, CancellationToken stop) => Task.Delay(time, TimeProvider.System, stop);

    /// <summary>How long it took until it was so.</summary>
    /// <exception cref="BrokenException">It took too long.</exception>
    public static async Task<TimeSpan> IsAsync(
        Func<Task<bool>> isSo, TimeSpan patience, string what, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            BrokenException.Unless(
                Stopwatch.GetElapsedTime(started) < patience, $"Not within {patience.TotalSeconds:0} s: {what}.");
            await WaitAsync(Pause, stop);
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
