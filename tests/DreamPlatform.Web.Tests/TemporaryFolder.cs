namespace DreamPlatform.Web.Tests;

/// <summary>A folder that is there as long as the test runs.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dreamplatform-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
