namespace DreamPlatform.Web.Operating;

/// <summary>The folder that holds everything the platform keeps; readable by its owner only.</summary>
public sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>Opens the folder, creating it if need be. A folder that exists keeps the permissions it has.</summary>
    /// <exception cref="StartRefusedException">It cannot be created.</exception>
    public static DataDirectory Create(string path)
    {
        try
        {
            return new DataDirectory(CreateFolder(System.IO.Path.GetFullPath(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefusedException(
                $"The data folder {path} cannot be used. Set --data to another. {e.Message}");
        }
    }

    /// <summary>Opens a folder that must be there.</summary>
    /// <exception cref="StartRefusedException">It is not.</exception>
    public static DataDirectory Open(string path) => Directory.Exists(path)
        ? new DataDirectory(System.IO.Path.GetFullPath(path))
        : throw new StartRefusedException($"There is no data folder {path}. Set --data to the folder of a platform.");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A folder within this one, created if need be.</summary>
    public DirectoryInfo Folder(string name) => new(CreateFolder(File(name)));

    /// <summary>
    /// Keeps every other process out until the result is disposed or this process ends, however it ends; null if
    /// another process has it.
    /// </summary>
    /// <exception cref="StartRefusedException">The lock file cannot be written.</exception>
    public IDisposable? TryLock()
    {
        try
        {
            return new FileStream(File("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartRefusedException($"The data folder {Path} cannot be written: {e.Message}");
        }
        catch (IOException)
        {
            return null;
        }
    }

    public override string ToString() => Path;

    private static string CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }
}
