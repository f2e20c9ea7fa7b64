using System.Security.Cryptography;
using Azure.Storage.Blobs;
using DreamPlatform.Domain.Files;
using DreamPlatform.Storage.Files;

namespace DreamPlatform.Storage.Tests.Files;

/// <summary>What every store of files does; on Azure Blob Storage where the environment names one.</summary>
public sealed class FileStoreTests : IAsyncLifetime
{
    private const string Variable = "DREAMPLATFORM_TEST_AZURITE";

    private readonly string folder = Directory.CreateTempSubdirectory("dreamplatform-").FullName;
    private readonly string container = $"files-{Guid.NewGuid():N}";

    private static string? Azurite => Environment.GetEnvironmentVariable(Variable);

    public static TheoryData<string> Kinds => Azurite is null ? ["folder"] : ["folder", "azure"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_was_kept_is_read_back_until_it_is_deleted(string kind)
    {
        var store = await Open(kind);
        var (id, other) = (Guid.NewGuid(), Guid.NewGuid());
        var content = RandomNumberGenerator.GetBytes(300_000);

        await store.Write(id, content, Stop);

        Assert.Equal(content, await (await Open(kind)).Read(id, Stop));
        Assert.Null(await store.Read(other, Stop));
        await store.Delete(id, Stop);
        await store.Delete(id, Stop);
        Assert.Null(await store.Read(id, Stop));
        Assert.True(await store.Answers(Stop));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_picture_and_its_small_version_are_read_each_by_itself_and_go_together(string kind)
    {
        var store = await Open(kind);
        var (id, key) = (Guid.NewGuid(), FileSeal.NewKey());
        var clean = new FileCleaned(
            new FileDescription("image/png", 70_000) { Small = new SmallPicture(9_000, 480, 360) },
            RandomNumberGenerator.GetBytes(70_000))
        {
            Small = RandomNumberGenerator.GetBytes(9_000),
        };
        await store.Write(id, FileSeal.Close(key, id, clean), Stop);

        foreach (var (size, content) in new[] { (FileSize.Full, clean.Content), (FileSize.Small, clean.Small) })
        {
            var part = await store.Read(id, FileSeal.PartOf(clean.Description, size), Stop);
            Assert.Equal(content.ToArray(), FileSeal.Open(key, id, part!, size));
            Assert.ThrowsAny<CryptographicException>(() => FileSeal.Open(key, id, part!, size ^ FileSize.Small));
        }

        await store.Delete(id, Stop);
        Assert.Null(await store.Read(id, FileSeal.PartOf(clean.Description, FileSize.Small), Stop));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_is_never_written_over(string kind)
    {
        var store = await Open(kind);
        var id = Guid.NewGuid();
        await store.Write(id, "first"u8.ToArray(), Stop);

        await Assert.ThrowsAsync<IOException>(() => store.Write(id, "second"u8.ToArray(), Stop));

        Assert.Equal("first"u8.ToArray(), await store.Read(id, Stop));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Many_are_written_and_read_at_once(string kind)
    {
        var store = await Open(kind);
        var contents = Enumerable.Range(0, 40)
            .ToDictionary(_ => Guid.NewGuid(), i => RandomNumberGenerator.GetBytes(i * 997));
        await Task.WhenAll(contents.Select(it => store.Write(it.Key, it.Value, Stop)));
        foreach (var (id, content) in contents) Assert.Equal(content, await store.Read(id, Stop));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_store_that_is_gone_says_so(string kind)
    {
        var store = await Open(kind);
        await Remove();
        Assert.False(await store.Answers(Stop));
        await Assert.ThrowsAnyAsync<IOException>(() => store.Write(Guid.NewGuid(), new byte[1], Stop));
    }

    [Fact]
    public async Task A_broken_upload_leaves_nothing_behind()
    {
        var store = await Open("folder");
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.Write(Guid.NewGuid(), new byte[1_000_000], stopped.Token));

        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_server_left_unfinished_is_cleared_away_at_start()
    {
        var store = await Open("folder");
        var id = Guid.NewGuid();
        await store.Write(id, "kept"u8.ToArray(), Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "files", "unfinished", "half"), "half", Stop);

        await store.Prepare();

        Assert.Equal($"{id:N}", Path.GetFileName(Assert.Single(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))));
        Assert.Equal("kept"u8.ToArray(), await store.Read(id, Stop));
    }

    [Fact]
    public async Task Only_their_owner_may_read_the_files_of_a_folder()
    {
        if (OperatingSystem.IsWindows()) return;
        var store = await Open("folder");
        await store.Write(Guid.NewGuid(), new byte[1], Stop);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var path in Directory.EnumerateFileSystemEntries(
            Path.Combine(folder, "files"), "*", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & ~owner);
    }

    [Fact]
    public async Task A_container_that_cannot_be_reached_is_told_without_its_key()
    {
        const string key = "c2VjcmV0LWtleS1vZi10aGlzLXRlc3Q=";
        var store = AzureBlobFileStore.Open(
            $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={key};BlobEndpoint=http://127.0.0.1:9/a;", null,
            "files");
        var refused = await Assert.ThrowsAsync<IOException>(() => store.Read(Guid.NewGuid(), part: null, Stop));
        Assert.DoesNotContain(key, refused.ToString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await Remove();

    private async Task Remove()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (Azurite is { } account)
            await new BlobServiceClient(account).GetBlobContainerClient(container)
                .DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    private async Task<IFileStore> Open(string kind)
    {
        IFileStore store = kind == "folder"
            ? new FolderFileStore(Path.Combine(folder, "files"))
            : AzureBlobFileStore.Open(Azurite, null, container);
        if (!await store.Answers(Stop)) await store.Prepare();
        return store;
    }
}
