using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>The scripts that azd runs, with stand-ins for Azure's commands that tell what they were asked.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class HookTests : IDisposable
{
    private const string KeepsWhatIsSent = """cat "$(echo "$*" | sed 's/.*@\([^ ]*\).*/\1/')" >> "$0.sent" """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_platform_without_a_key_gets_one_of_32_bytes_that_is_left_nowhere_else()
    {
        // Given a key vault without the key
        Command("az", $"""case "$1" in rest) echo 0 ;; *) {KeepsWhatIsSent} ;; esac""");

        // When azd has provisioned
        var (code, _, error) = await RunAsync("make-key.sh");

        // Then one is made, and the file that carried it is gone
        Assert.Equal((0, ""), (code, error));
        var sent = JsonDocument.Parse(Sent()).RootElement.GetProperty("secret").GetProperty("value").GetString()!;
        Assert.Equal(32, Convert.FromBase64String(sent).Length);
        Assert.False(File.Exists(Carrier().Match(Asked()).Groups[1].Value));
    }

    [Fact]
    public async Task A_platform_that_has_a_key_keeps_it()
    {
        Command("az", $"""case "$1" in rest) echo 1 ;; *) {KeepsWhatIsSent} ;; esac""");

        var (code, _, error) = await RunAsync("make-key.sh");

        Assert.Equal((0, "", "{}"), (code, error, Sent()));
    }

    [Theory, InlineData("exit 3"), InlineData("echo"), InlineData("echo 2")]
    public async Task A_key_is_not_made_while_it_is_not_known_whether_there_is_one(string answer)
    {
        Command("az", $"""case "$1" in rest) {answer} ;; esac""");

        var (code, _, _) = await RunAsync("make-key.sh");

        Assert.NotEqual(0, code);
        Assert.DoesNotContain("deployment", Asked(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "a")]
    [InlineData("a\\na\\n", "a", "b")]
    [InlineData("b\\n", "b", "a")]
    [InlineData("a\\nb\\nb\\n", "b", "b")]
    public async Task A_release_goes_beside_the_silos_that_run(string slots, string last, string expected)
    {
        Command("az", $"printf '{slots}'");
        Command("azd", "");

        var (code, _, error) = await RunAsync("next-slot.sh", ("SILO_SLOT", last));

        Assert.Equal((0, ""), (code, error));
        Assert.Equal($"azd env set SILO_SLOT {expected}", Asked().Split('\n')[^2]);
    }

    [Fact]
    public async Task The_silos_before_are_stopped_only_once_all_of_the_release_are_ready()
    {
        // Given silos of both releases, and a new one that is ready at the second look
        Command("azd", "echo b");
        Command("az", """
            case "$*" in
              *"list"*"slot=='b'"*) printf 'silo-b1\nsilo-b2\n' ;;
              *"list"*"slot=='a'"*) printf 'silo-a1\nsilo-a2\n' ;;
              *"revision list"*silo-b2*) [ -e "$0.seen" ] && echo Healthy; : > "$0.seen" ;;
              *"revision list"*) echo Healthy ;;
            esac
            """);

        // When they are deployed
        var (code, _, error) = await RunAsync("retire-silos.sh", ("SILO_POLL_SECONDS", "0"));

        // Then those before go one by one, after the last look
        Assert.Equal((0, ""), (code, error));
        var asked = Asked().Split('\n');
        Assert.Equal(["silo-a1", "silo-a2"], asked.Where(it => it.Contains("delete", StringComparison.Ordinal))
            .Select(it => Name().Match(it).Groups[1].Value));
        Assert.True(Array.FindLastIndex(asked, it => it.Contains("revision list", StringComparison.Ordinal))
            < Array.FindIndex(asked, it => it.Contains("delete", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_silos_before_go_on_when_the_release_does_not_get_ready()
    {
        Command("azd", "echo a");
        Command("az", """case "$*" in *"revision list"*) echo Unhealthy ;; *slot*) echo silo-x1 ;; esac""");

        var (code, _, error) = await RunAsync("retire-silos.sh", ("SILO_POLL_SECONDS", "0"));

        Assert.Equal(1, code);
        Assert.Contains("the silos before it go on", error, StringComparison.Ordinal);
        Assert.DoesNotContain("delete", Asked(), StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(
        string hook, params (string Name, string Value)[] environment) => Tool.RunAsync(
            "sh", [Repository.Locate($"infra/{hook}")], Repository.Locate("infra"),
            [("PATH", $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}"), ("TMPDIR", folder.Path),
                ("AZURE_RESOURCE_GROUP", "rg-test"), ("AZURE_KEY_VAULT_ID", "/vaults/kv-test"), .. environment]);

    /// <summary>Puts a command of that name where it is found first.</summary>
    private void Command(string name, string does)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, $"#!/bin/sh\necho {name} \"$*\" >> \"$(dirname \"$0\")/asked\"\n{does}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Asked() => File.ReadAllText(Path.Combine(folder.Path, "asked"));

    private string Sent() => File.ReadAllText(Path.Combine(folder.Path, "az.sent"));

    [GeneratedRegex(@"@(\S+)")]
    private static partial Regex Carrier();

    [GeneratedRegex(@"--name (\S+)")]
    private static partial Regex Name();
}
