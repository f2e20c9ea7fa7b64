using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>The failpoint that a process takes from its environment.</summary>
public sealed class FailpointsTests
{
    [Fact]
    public void Nothing_is_set_when_nothing_is_asked_for() => Assert.Null(Failpoints.Parse(null)!.OnStep);

    [Fact]
    public void It_kills_once_at_its_step_and_at_no_other()
    {
        var kills = new List<CommitStep>();
        var now = CommitStep.BeforeBegin;
        var failpoints = Failpoints.Parse("AfterWrite:3", kill: () => kills.Add(now))!;
        for (var round = 1; round <= 4; round++)
        {
            foreach (var step in Enum.GetValues<CommitStep>())
            {
                now = step;
                failpoints.Reach(step);
                Assert.Equal(round > 3 || (round == 3 && step >= CommitStep.AfterWrite) ? 1 : 0, kills.Count);
            }
        }

        Assert.Equal([CommitStep.AfterWrite], kills);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AfterWrite")]
    [InlineData("AfterWrite:")]
    [InlineData("AfterWrite:0")]
    [InlineData("AfterWrite:-1")]
    [InlineData("AfterWrite:1000001")]
    [InlineData("AfterWrite:1:1")]
    [InlineData("afterwrite:1")]
    [InlineData("2:1")]
    [InlineData("Never:1")]
    [InlineData(" AfterWrite:1")]
    public void What_is_malformed_is_refused(string text) => Assert.Null(Failpoints.Parse(text));
}
