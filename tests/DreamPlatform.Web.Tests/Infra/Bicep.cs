using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(DreamPlatform.Web.Tests.Infra.Bicep))]

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>What infra/ says, as its compiler understands it. On Linux x64 only, where CI runs.</summary>
public sealed class Bicep : IAsyncLifetime
{
    /// <summary>What azd and the outputs of main.bicep put into the environment of the other templates.</summary>
    private static readonly (string Name, string Value)[] Azd =
    [
        ("AZURE_ENV_NAME", "test"), ("SERVICE_SILO_IMAGE_NAME", "registry/silo:1"), ("SILO_SLOT", "b"),
        ("SERVICE_WEB_IMAGE_NAME", "registry/web:1"),
    ];

    /// <summary>What an operator may set besides, so that nothing is left out.</summary>
    private static readonly (string Name, string Value)[] Operators =
    [
        ("SILO_COUNT", "3"), ("WEB_MAX_REPLICAS", "5"), ("SITE_URL", "https://wishes.example.org"),
        ("FIRST_OPERATOR_EMAIL", "operator@example.org"), ("PREVIOUS_KEY_VERSION", "0123456789abcdef"),
        ("MAIL_HOST", "mail.example.org"), ("MAIL_SECURITY", "tls"), ("MAIL_USER", "platform"),
        ("MAIL_FROM", "hello@example.org"),
    ];

    private static readonly string Compiler = Path.Combine(AppContext.BaseDirectory, "Infra", "bicep");
    private static readonly bool IsHere =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<(int, string, string)>>> built = [];
    private readonly ConcurrentDictionary<(string, bool), Lazy<Task<ContainerApp[]>>> apps = [];

    /// <summary>Skips a test where the compiler does not run.</summary>
    public static void Require() => Assert.SkipUnless(IsHere, "Needs Linux on x64, which the compiler is for.");

    /// <summary>The templates that are deployed, by the names of their files.</summary>
    public static TheoryData<string> Templates => ["main", "key", "silo", "web"];

    public ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !IsHere) return ValueTask.CompletedTask;
        File.SetUnixFileMode(Compiler, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Copy(Repository.Locate("infra"), folder.Path);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Compiles a template; what it says about it, and what comes out.</summary>
    public Task<(int Code, string Output, string Error)> BuildAsync(string template) => built.GetOrAdd(
        template, it => new(() => Tool.RunAsync(Compiler, ["build", $"{it}.bicep", "--stdout"], folder.Path))).Value;

    /// <summary>Compiles what somebody wrote beside the templates.</summary>
    public async Task<(int Code, string Output, string Error)> BuildAsync(string name, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, $"{name}.bicep"), text);
        return await BuildAsync(name);
    }

    /// <summary>A copy of the folder, laid out as the compiler does it.</summary>
    public async Task<string> FormatAsync()
    {
        var copy = Copy();
        foreach (var pattern in new[] { "./**/*.bicep", "./*.bicepparam" })
        {
            var (code, _, error) = await Tool.RunAsync(Compiler, ["format", "--pattern", pattern], copy);
            Assert.True(code == 0, error);
        }

        return copy;
    }

    /// <summary>A compiled template.</summary>
    public async Task<JsonElement> TemplateAsync(string template)
    {
        var (code, output, error) = await BuildAsync(template);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>The container apps that a template makes; its expressions are worked out as far as can be here.</summary>
    internal Task<ContainerApp[]> AppsAsync(string template, bool withEverything = true) => apps.GetOrAdd(
        (template, withEverything), it => new(() => SnapshotAsync(it.Item1, it.Item2))).Value;

    private async Task<ContainerApp[]> SnapshotAsync(string template, bool withEverything)
    {
        var copy = Copy();
        var (code, output, error) = await Tool.RunAsync(
            Compiler,
            ["snapshot", $"{template}.bicepparam", "--mode", "Overwrite", "--subscription-id", $"{Guid.Empty}",
                "--tenant-id", $"{Guid.Empty}", "--resource-group", "rg-test", "--location", "westeurope"],
            copy, withEverything ? [.. Azd, .. Operators] : Azd);
        Assert.True(code == 0, output + error);
        var snapshot = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(copy, $"{template}.snapshot.json")));
        return [.. snapshot.RootElement.GetProperty("predictedResources").EnumerateArray()
            .Where(it => it.GetProperty("type").GetString() == "Microsoft.App/containerApps")
            .Select(it => new ContainerApp(it))];
    }

    private string Copy()
    {
        var copy = Path.Combine(folder.Path, $"{Guid.NewGuid():N}");
        Copy(Repository.Locate("infra"), copy);
        return copy;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
