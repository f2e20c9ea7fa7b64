using DreamPlatform.Web.Tests.Crash;

namespace DreamPlatform.Web.Tests.Operating;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_under_load_finishes_what_was_accepted()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.ServeAsync("--demo", "--data", folder.Path);
        var crowd = await Crowd.Gather(server.Address);
        var busy = crowd.Work(server.Address, seed: 7);
        await crowd.HasAcknowledged(more: 50);

        var code = await server.StopAsync();
        await busy;

        Assert.Equal(0, code);
        var (verified, output, _) = await ServerProcess.RunAsync(["verify", "--data", folder.Path]);
        Assert.True(verified == 0, output);
        await using var again = await ServerProcess.ServeAsync("--demo", "--data", folder.Path);
        await crowd.SendAllAgain(again.Address, new Random(7));
        await crowd.AssertSums(again.Address);
    }
}
