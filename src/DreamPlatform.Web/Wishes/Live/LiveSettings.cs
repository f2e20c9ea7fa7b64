namespace DreamPlatform.Web.Wishes.Live;

/// <summary>"Live": how many may watch wishes at once.</summary>
public sealed class LiveSettings
{
    /// <summary>Listeners of this process.</summary>
    public int MaxListeners { get; set; } = 2_000;

    /// <summary>Listeners of one client address; people of a phone network share theirs.</summary>
    public int MaxListenersPerClient { get; set; } = 50;

    /// <summary>How often a wish that is watched is looked at, however many watch it.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing is sent before a heartbeat shows that the line still stands.</summary>
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(15);

    public bool IsValid => MaxListeners is >= 1 and <= 1_000_000 && MaxListenersPerClient is >= 1 and <= 1_000_000
        && LookEvery >= TimeSpan.FromMilliseconds(50) && LookEvery <= TimeSpan.FromMinutes(1)
        && HeartbeatEvery >= LookEvery && HeartbeatEvery <= TimeSpan.FromMinutes(5);
}
