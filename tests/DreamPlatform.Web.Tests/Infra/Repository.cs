using System.Runtime.CompilerServices;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>The files of the project that are not code.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static string Locate(string name) => Path.Combine(Root, name);

    public static string Read(string name) => File.ReadAllText(Locate(name));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
