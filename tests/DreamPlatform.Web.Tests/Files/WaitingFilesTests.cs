using DreamPlatform.Storage.Files;
using DreamPlatform.Web.Site.Proofs;
using Microsoft.Extensions.Time.Testing;

namespace DreamPlatform.Web.Tests.Files;

/// <summary>Files of who has to sign in first wait for a while, and never fill the disk.</summary>
public sealed class WaitingFilesTests : IDisposable
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_given_out_once()
    {
        var waiting = new WaitingFiles(time);
        var id = waiting.Add(await FileAsync(3));

        await using var file = waiting.Take(id);

        Assert.Equal(3, file!.Length);
        Assert.Null(waiting.Take(id));
        Assert.Null(waiting.Take(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task A_file_that_nobody_comes_for_is_gone_after_an_hour()
    {
        var waiting = new WaitingFiles(time);
        waiting.Add(await FileAsync(3));

        time.Advance(WaitingFiles.MaxTime - TimeSpan.FromSeconds(1));
        Assert.Equal(1, waiting.Count);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, waiting.Count);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(10 * 1024 * 1024, 20)]
    public async Task The_oldest_go_when_there_are_too_many_or_too_large_ones(int bytes, int most)
    {
        var waiting = new WaitingFiles(time);
        var first = waiting.Add(await FileAsync(bytes));
        time.Advance(TimeSpan.FromMilliseconds(1));
        for (var i = 1; i < most; i++) waiting.Add(await FileAsync(bytes));
        Assert.Equal(most, waiting.Count);

        var last = waiting.Add(await FileAsync(bytes));

        Assert.Equal(most, waiting.Count);
        Assert.Null(waiting.Take(first));
        await using var file = waiting.Take(last);
        Assert.NotNull(file);
    }

    private async Task<ReceivedFile> FileAsync(int bytes)
    {
        var file = new ReceivedFile(folder.Path);
        Assert.True(await file.Receive(new MemoryStream(new byte[bytes]), bytes, TestContext.Current.CancellationToken));
        return file;
    }
}
