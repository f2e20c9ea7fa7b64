using System.Security.Cryptography;
using DreamPlatform.Storage.Files;

namespace DreamPlatform.Storage.Tests.Files;

/// <summary>Where a file waits for its turn.</summary>
public sealed class ReceivedFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("received-").FullName;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task What_was_received_is_handed_on_as_it_was_and_has_no_name_on_disk(int bytes)
    {
        var content = RandomNumberGenerator.GetBytes(bytes);
        await using var file = new ReceivedFile(folder);

        Assert.True(await file.Receive(new MemoryStream(content), bytes, TestContext.Current.CancellationToken));

        Assert.Equal(bytes, file.Length);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        using var read = new MemoryStream();
        await using (var opened = file.Open()) await opened.CopyToAsync(read, TestContext.Current.CancellationToken);
        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task What_is_on_disk_is_sealed()
    {
        var content = Enumerable.Repeat((byte)'a', 64 * 1024).ToArray();
        await using var file = new ReceivedFile(folder);
        await file.Receive(new MemoryStream(content), content.Length, TestContext.Current.CancellationToken);

        // The file has no name, but this process has it open.
        var opened = Directory.GetFiles("/proc/self/fd").Single(IsHere);
        var kept = await File.ReadAllBytesAsync(opened, TestContext.Current.CancellationToken);
        Assert.True(kept.Length >= content.Length);
        Assert.Equal(-1, kept.AsSpan().IndexOf("aaaaaaaa"u8));
    }

    private bool IsHere(string descriptor)
    {
        try
        {
            var target = File.ResolveLinkTarget(descriptor, returnFinalTarget: false);
            return target?.FullName.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (FileNotFoundException)
        {
            // Other tests of this process open and close files of their own.
            return false;
        }
    }

    [Fact]
    public async Task More_than_it_may_have_is_not_received()
    {
        await using var file = new ReceivedFile(folder);

        Assert.False(await file.Receive(new MemoryStream(new byte[11]), 10, TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
