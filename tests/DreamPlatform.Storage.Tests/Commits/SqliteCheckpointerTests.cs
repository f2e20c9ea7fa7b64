using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Tests.Commits;

public sealed class SqliteCheckpointerTests
{
    private const int RoundPledges = 100, MessageChars = 20_000;

    [Fact]
    public async Task Under_sustained_writes_the_log_starts_anew_and_commits_go_on()
    {
        await using var scene = await FaultScene.Open("sqlite");
        var message = new string('x', MessageChars);
        var log = new FileInfo(scene.Journal.SqlitePath + "-wal");
        var written = 0L;

        // Without checkpoints the log would be at least as long as all that was ever written.
        await Eventually.Is(async () =>
        {
            var pledges = Enumerable.Range(0, RoundPledges).Select(_ => World.Envelope(
                World.Donor, World.Pledge(1) with { Message = message })).ToArray();
            var wish = await scene.World.FundingWish(RoundPledges);
            var outcomes = await scene.Journal.Execute(scene.Log, wish.Stream, pledges);
            Assert.All(outcomes, outcome => Assert.IsType<CommandAccepted>(outcome));
            written += RoundPledges * MessageChars;
            log.Refresh();
            return written > 2 * log.Length && written > 64 * 1024 * 1024;
        });
        scene.Journal.AssertSound();
    }
}
