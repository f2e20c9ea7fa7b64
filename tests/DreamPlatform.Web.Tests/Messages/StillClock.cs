namespace DreamPlatform.Web.Tests.Messages;

/// <summary>
/// A clock that stands still unless it is moved, by days at once if need be. Timers tick as ever: moving all that a silo
/// has would take longer than waiting.
/// </summary>
public sealed class StillClock : TimeProvider
{
    private long now = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref now, by.Ticks);
}
