using System.Reflection;

namespace DreamPlatform.Grains.Hosting;

/// <summary>The scripts that lie beside this file.</summary>
internal static class Scripts
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"DreamPlatform.Grains.Hosting.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
