using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace DreamPlatform.Storage.Files;

/// <summary>
/// Files in a folder, readable by its owner only. A file is written beside its place, made durable, and then renamed
/// into it, so that a broken upload leaves nothing there.
/// </summary>
/// <param name="isShared">Whether other processes write there too: then nothing unfinished is cleared away.</param>
public sealed partial class FolderFileStore(string folder, bool isShared = false) : IFileStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Unfinished => Path.Combine(folder, "unfinished");

    public Task Prepare()
    {
        Create(folder);
        if (!isShared && Directory.Exists(Unfinished)) Directory.Delete(Unfinished, recursive: true);
        Create(Unfinished);
        return Task.CompletedTask;
    }

    public async Task Write(Guid id, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var unfinished = Path.Combine(Unfinished, $"{Guid.NewGuid():N}");
        try
        {
            await using (var file = new FileStream(unfinished, Options()))
            {
                await file.WriteAsync(content, stop);
                file.Flush(flushToDisk: true);
            }

            Place(unfinished, PathOf(id));
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public async Task<byte[]?> Read(Guid id, (int Start, int Bytes)? part, CancellationToken stop)
    {
        try
        {
            if (part is not { } it) return await File.ReadAllBytesAsync(PathOf(id), stop);
            await using var file = File.OpenRead(PathOf(id));
            file.Position = it.Start;
            var content = new byte[it.Bytes];
            await file.ReadExactlyAsync(content, stop);
            return content;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task Delete(Guid id, CancellationToken stop)
    {
        if (File.Exists(PathOf(id))) File.Delete(PathOf(id));
        return Task.CompletedTask;
    }

    public Task<bool> Answers(CancellationToken stop) => Task.FromResult(Directory.Exists(Unfinished));

    /// <summary>Two levels of folders, so that none of them grows large.</summary>
    private string PathOf(Guid id)
    {
        var name = $"{id:N}";
        return Path.Combine(folder, name[^2..], name[^4..^2], name);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private static void Place(string unfinished, string path)
    {
        var parent = Path.GetDirectoryName(path)!;
        Create(Path.GetDirectoryName(parent)!);
        Create(parent);
        File.Move(unfinished, path, overwrite: false);
        if (OperatingSystem.IsWindows()) return;
        // The rename itself is durable only once the folders are.
        for (var i = 0; i < 3; i++, parent = Path.GetDirectoryName(parent)!) FlushFolder(parent);
    }

    /// <summary>One folder, since those above it would be readable by others.</summary>
    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    [UnsupportedOSPlatform("windows")]
    private static void FlushFolder(string path)
    {
        var descriptor = Open(path, flags: 0);
        if (descriptor < 0)
            throw new IOException($"A folder could not be opened: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Sync(descriptor) != 0)
                throw new IOException($"A folder could not be made durable: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
