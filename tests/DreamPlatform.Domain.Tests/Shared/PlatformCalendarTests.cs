using System.Globalization;
using CsCheck;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests.Shared;

public sealed class PlatformCalendarTests
{
    [Theory]
    [InlineData("2026-03-01T15:59:59.9999999Z", "2026-03-01")]
    [InlineData("2026-03-01T16:00:00Z", "2026-03-02")]
    [InlineData("2026-03-02T00:00:00+08:00", "2026-03-02")]
    [InlineData("2026-03-01T23:59:59.999+08:00", "2026-03-01")]
    [InlineData("2025-12-31T16:00:00Z", "2026-01-01")]
    [InlineData("2028-02-28T16:00:00Z", "2028-02-29")]
    [InlineData("2026-03-01T08:00:00-08:00", "2026-03-02")]
    public void A_day_begins_at_midnight_in_china_whatever_the_offset_it_is_told_in(string instant, string day) =>
        Assert.Equal(Day(day), PlatformCalendar.DayOf(Instant(instant)));

    [Theory]
    [InlineData("2026-05-31", "2026-05-31T15:59:59.999Z")]
    [InlineData("2025-12-31", "2025-12-31T15:59:59.999Z")]
    [InlineData("2028-02-29", "2028-02-29T15:59:59.999Z")]
    public void A_day_ends_a_millisecond_before_the_next(string day, string end)
    {
        Assert.Equal(Instant(end), PlatformCalendar.EndOf(Day(day)));
        Assert.Equal(TimeSpan.Zero, PlatformCalendar.EndOf(Day(day)).Offset);
    }

    [Fact]
    public void The_end_of_a_day_is_on_that_day_and_a_millisecond_later_is_not() =>
        Gen.Int[0, 100_000].Sample(days =>
        {
            var day = new DateOnly(2000, 1, 1).AddDays(days);
            var end = PlatformCalendar.EndOf(day);
            Assert.Equal(day, PlatformCalendar.DayOf(end));
            Assert.Equal(day.AddDays(1), PlatformCalendar.DayOf(end.AddMilliseconds(1)));
        });

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
