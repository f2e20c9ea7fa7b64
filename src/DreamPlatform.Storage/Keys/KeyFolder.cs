using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DreamPlatform.Storage.Keys;

/// <summary>
/// Key-encryption keys as files of a folder apart from the data; the newest is the current one. Another process may add
/// one at any time.
/// </summary>
public sealed class KeyFolder : LocalKeys
{
    private const string Prefix = "kek-", Suffix = ".key";

    private readonly string folder;
    private readonly ConcurrentDictionary<string, byte[]> known = new(StringComparer.Ordinal);

    /// <param name="folder">It exists, readable by its owner only. It gets a first key when it has none.</param>
    public KeyFolder(string folder)
    {
        this.folder = folder;
        if (Names().Length == 0) Make();
    }

    public override ValueTask<string> Renew() => new(Make());

    public override ValueTask Retire()
    {
        foreach (var name in Names()[..^1])
        {
            File.Delete(PathOf(name));
            known.TryRemove(name, out _);
        }

        return ValueTask.CompletedTask;
    }

    protected override string Current() => Names() is [.., var newest]
        ? newest
        : throw new KeyUnavailableException($"There is no key in {folder}. Restore it from where it was backed up.");

    protected override byte[]? Find(string name)
    {
        if (known.TryGetValue(name, out var key)) return key;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name != Path.GetFileName(name)) return null;
        if (!File.Exists(PathOf(name))) return null;
        key = File.ReadAllBytes(PathOf(name));
        return key.Length == Seal.KeyBytes
            ? known[name] = key
            : throw new KeyUnavailableException(
                $"{PathOf(name)} is damaged: it must have {Seal.KeyBytes} bytes. Restore it from a backup.");
    }

    /// <summary>The names of the keys, oldest first: they are made of UUIDs that sort by time.</summary>
    private string[] Names() =>
    [
        .. Directory.GetFiles(folder, Prefix + "*" + Suffix).Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal)!,
    ];

    private string Make()
    {
        var name = $"{Prefix}{Guid.CreateVersion7()}";
        var fresh = Path.Combine(folder, $"{name}.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Seal.KeyBytes));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, PathOf(name));
        return name;
    }

    private string PathOf(string name) => Path.Combine(folder, name + Suffix);
}
