using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>Who looked at a case is noted, and never forgotten.</summary>
public sealed class LookLogTests
{
    [Fact]
    public void Looks_of_one_day_are_one_entry_and_none_is_ever_dropped()
    {
        var log = new LookLog();
        for (var hour = 0; hour < 24 * 400; hour++) log = log.Add(LookOf(Cast.Reviewer, hour))!;
        Assert.Equal(24 * 400, log.Entries.Sum(look => look.Times));
        Assert.True(log.Entries.Length <= LookLog.MaxEntriesEach);
        Assert.Equal(Story.Start, log.Entries[0].At);
        Assert.Equal(Story.Start.AddHours((24 * 400) - 1), log.Entries[^1].LastAt);
        // The newest are by the day still.
        Assert.Equal((24, 24), (log.Entries[^2].Times, log.Entries[^3].Times));

        Assert.Equal(2, new LookLog().Add(LookOf(Cast.Reviewer, 0))!.Add(LookOf(Cast.Reviewer, 1, "call"))!.Entries.Length);
    }

    [Fact]
    public void Who_has_ever_new_reasons_is_stopped_and_nobody_else_is()
    {
        var log = new LookLog();
        for (var i = 0; i < LookLog.MaxEntriesEach; i++) log = log.Add(LookOf(Cast.Reviewer, 0, $"reason {i}"))!;

        Assert.Null(log.Add(LookOf(Cast.Reviewer, 0, "one more")));
        Assert.Equal(LookLog.MaxEntriesEach, log.Add(LookOf(Cast.Reviewer, 48, "reason 7"))!.Entries.Length);
        log = log.Add(LookOf(Cast.Approver, 0, "one more"))!;
        Assert.Equal(Cast.Approver.Id, log.Entries[^1].By);
    }

    [Fact]
    public void Every_file_of_a_case_can_be_looked_at_every_day()
    {
        var log = new LookLog();
        for (var day = 0; day < 30; day++)
            for (var file = 0; file < FileLimits.MaxFilesPerCase; file++)
                log = log.Add(LookOf(Cast.Reviewer, day * 24) with { What = LookAt.File, Subject = Cast.Named($"{file}") })!;
        Assert.Equal(30 * FileLimits.MaxFilesPerCase, log.Entries.Sum(look => look.Times));
    }

    private static Look LookOf(Actor by, int hour, string reason = "") => new(
        by.Id, Viewer.Reviewer, LookAt.Case, null, reason, Story.Start.AddHours(hour), Story.Start.AddHours(hour), 1);
}
