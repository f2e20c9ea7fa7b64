using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>The image cannot be built in a test; what it says can be checked.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class ImageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Locate("Dockerfile"));

    private static readonly string[] ParameterFiles =
        ["infra/main.parameters.json", "infra/silo.bicepparam", "infra/web.bicepparam"];

    [Fact]
    public void What_is_copied_into_it_is_there_and_is_sent_to_where_it_is_built()
    {
        var sent = File.ReadAllLines(Repository.Locate(".dockerignore"));
        var sources = Of("COPY").Where(it => !it.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(it => it.Split(' ')[..^1]).ToArray();

        Assert.NotEmpty(sources);
        Assert.All(sources, it => Assert.True(Path.Exists(Repository.Locate(it)), it));
        Assert.Contains("*", sent);
        Assert.All(sources, it => Assert.Contains($"!{it}", sent));
        Assert.All(["**/bin", "**/obj"], it => Assert.True(
            Array.IndexOf(sent, it) > Array.IndexOf(sent, "!src"), $"{it} must come after what is sent."));
    }

    [Fact]
    public void It_runs_as_somebody_without_rights_and_what_that_is_does_not_depend_on_the_base()
    {
        var final = Lines[Array.FindLastIndex(Lines, it => it.StartsWith("FROM ", StringComparison.Ordinal))..];

        Assert.Equal("USER 1654", Assert.Single(final, it => it.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Equal("EXPOSE 8080", Assert.Single(final, it => it.StartsWith("EXPOSE ", StringComparison.Ordinal)));
        Assert.Contains(final, it => it.StartsWith("COPY --from=build --chown=1654:1654 ", StringComparison.Ordinal));
        Assert.Contains("-chiseled-extra", final[0], StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_published_like_what_the_tests_of_the_release_run()
    {
        var image = Publish().Match(string.Join('\n', Of("RUN")));
        var tests = Publish().Match(Repository.Read("tests/run.sh"));

        Assert.Equal(("src/DreamPlatform.Web", "Release"), (image.Groups[1].Value, image.Groups[2].Value));
        Assert.Equal(tests.Value, image.Value);
    }

    [Fact]
    public void Azd_finds_what_it_builds_deploys_and_runs()
    {
        var azd = Repository.Read("azure.yaml");

        Assert.All(Values(azd, "path").Where(it => it != "infra"), it => Assert.Equal("Dockerfile", it));
        Assert.All(Values(azd, "run"), it => Assert.True(
            (File.GetUnixFileMode(Repository.Locate(it)) & UnixFileMode.UserExecute) != 0, it));
        foreach (var service in new[] { "silo", "web" })
        {
            Assert.Contains($"\n  {service}:\n", azd, StringComparison.Ordinal);
            Assert.True(File.Exists(Repository.Locate($"infra/{service}.bicep")));
            Assert.True(File.Exists(Repository.Locate($"infra/{service}.bicepparam")));
        }
    }

    [Fact]
    public void What_azd_has_to_be_told_is_told_to_the_operator()
    {
        var known = "AZURE_ENV_NAME AZURE_LOCATION SERVICE_SILO_IMAGE_NAME SERVICE_WEB_IMAGE_NAME SILO_SLOT".Split(' ');
        var asked = ParameterFiles.SelectMany(it => Variable().Matches(Repository.Read(it)))
            .Select(it => it.Groups[1].Value);

        Assert.All(asked.Except(known), it => Assert.Contains(
            $"`{it}`", Repository.Read("docs/operations.md"), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Of(string instruction) =>
        Lines.Where(it => it.StartsWith($"{instruction} ", StringComparison.Ordinal))
            .Select(it => it[(instruction.Length + 1)..]);

    private static IEnumerable<string> Values(string yaml, string key) =>
        Regex.Matches(yaml, $@"^\s+{key}: (.+)$", RegexOptions.Multiline).Select(it => it.Groups[1].Value);

    [GeneratedRegex(@"dotnet publish (\S+) --configuration (\S+) --use-current-runtime --no-self-contained")]
    private static partial Regex Publish();

    [GeneratedRegex(@"(?:readEnvironmentVariable\('|\$\{)([A-Z_]+)")]
    private static partial Regex Variable();
}
