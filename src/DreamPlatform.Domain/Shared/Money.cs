namespace DreamPlatform.Domain.Shared;

/// <summary>Amounts are whole minor units (fen) in a <c>long</c>; there is no floating point near money.</summary>
public static class Money
{
    /// <summary>The largest amount a single command may name: 1,000,000,000 minor units.</summary>
    public const long MaxAmountMinor = 1_000_000_000;

    /// <summary>Whether an amount may be named in a command: 1 to <see cref="MaxAmountMinor"/>.</summary>
    public static bool IsAmount(long amountMinor) => amountMinor is >= 1 and <= MaxAmountMinor;

    /// <summary>
    /// Scales parts to a new total by largest remainder: every part is rounded down, and the minor units left over go
    /// one each to the parts that lost most, earlier parts first on a tie. The result adds up to the total exactly.
    /// </summary>
    /// <param name="partsMinor">Non-negative parts, not all zero.</param>
    /// <param name="totalMinor">The new total, not negative.</param>
    public static IReadOnlyList<long> Rescale(IReadOnlyList<long> partsMinor, long totalMinor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalMinor);
        var sum = partsMinor.Aggregate((Int128)0, (total, part) => total + part);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(sum, 0);

        var exact = partsMinor.Select(part => (Int128)part * totalMinor).ToArray();
        var scaled = exact.Select(product => (long)(product / sum)).ToArray();
        var left = (int)(totalMinor - scaled.Sum());
        foreach (var index in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] % sum).Take(left))
            scaled[index]++;
        return scaled;
    }
}

/// <summary>The platform's calendar: China has one time zone, eight hours ahead of UTC, without summer time.</summary>
public static class PlatformCalendar
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>Day and time of day there.</summary>
    public static DateTime TimeOf(DateTimeOffset instant) => instant.ToOffset(Offset).DateTime;

    /// <summary>The last instant of a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) =>
        new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, Offset).ToUniversalTime().AddMilliseconds(-1);
}
