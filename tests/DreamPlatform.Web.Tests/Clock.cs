namespace DreamPlatform.Web.Tests;

/// <summary>
/// The system's clock, put forward at will. Timers run as ever: a fake clock would make each of them tick for every
/// second of the days that are skipped.
/// </summary>
public sealed class Clock : TimeProvider
{
    private long ahead;

    public void Advance(TimeSpan time) => Interlocked.Add(ref ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    public override long GetTimestamp() =>
        System.GetTimestamp() + (Interlocked.Read(ref ahead) * System.TimestampFrequency / TimeSpan.TicksPerSecond);
}
