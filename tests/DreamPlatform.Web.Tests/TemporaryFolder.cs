namespace DreamPlatform.Web.Tests;

/// <summary>A new folder that is deleted afterwards, with the folder of keys that a platform keeps beside it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dreamplatform-").FullName;

    public string Keys => Path + "-keys";

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        if (Directory.Exists(Keys)) Directory.Delete(Keys, recursive: true);
    }
}
