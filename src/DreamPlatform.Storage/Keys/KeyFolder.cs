using System.Collections.Concurrent;
using System.Security.Cryptography;
using DreamPlatform.Domain.Shared;

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

    private bool hasBegun;

    /// <param name="folder">
    /// It exists, readable by its owner only. It gets a first key when something is to be wrapped and it never had any.
    /// </param>
    public KeyFolder(string folder) => this.folder = folder;

    public override ValueTask<IReadOnlyList<string>> Renew()
    {
        var older = Names();
        Make(older is [.., var newest] ? TimeOf(newest) : DateTimeOffset.MinValue);
        return new(older);
    }

    public override ValueTask Retire(string name)
    {
        File.Delete(PathOf(name));
        known.TryRemove(name, out _);
        return ValueTask.CompletedTask;
    }

    protected override string Current()
    {
        if (!hasBegun && Names().Length == 0) Make(DateTimeOffset.MinValue);
        hasBegun = true;
        return Names() is [.., var newest]
            ? newest
            : throw new KeyUnavailableException($"There is no key in {folder}. Restore it from where it was backed up.");
    }

    protected override byte[]? Find(string name)
    {
        if (known.TryGetValue(name, out var key)) return key;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name != Path.GetFileName(name)) return null;
        if (!File.Exists(PathOf(name))) return null;
        hasBegun = true;
        key = File.ReadAllBytes(PathOf(name));
        return key.Length == Seal.KeyBytes
            ? known[name] = key
            : throw new KeyUnavailableException(
                $"{PathOf(name)} is damaged: it must have {Seal.KeyBytes} bytes. Restore it from a backup.");
    }

    /// <summary>The names of the keys, oldest first: they are made of UUIDs that sort by time.</summary>
    private string[] Names() =>
    [
        .. Directory.GetFiles(folder, Prefix + "*" + Suffix).Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => Guid.TryParseExact(name.AsSpan(Prefix.Length), "D", out _)).Order(StringComparer.Ordinal),
    ];

    private static DateTimeOffset TimeOf(string name) => Derived.TimeOf(Guid.Parse(name.AsSpan(Prefix.Length)));

    /// <param name="newest">
    /// The time in the newest name: the new one must sort after it, though a clock was put back or stands still.
    /// </param>
    private void Make(DateTimeOffset newest)
    {
        // Names of one millisecond sort by chance.
        var (now, next) = (TimeProvider.System.GetUtcNow(), newest.AddMilliseconds(1));
        var name = $"{Prefix}{Guid.CreateVersion7(now > next ? now : next)}";
        var fresh = Path.Combine(folder, $"{name}.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Seal.KeyBytes));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, PathOf(name));
    }

    private string PathOf(string name) => Path.Combine(folder, name + Suffix);
}
