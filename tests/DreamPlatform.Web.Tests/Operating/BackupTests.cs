using System.Diagnostics;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Tests.Infra;
using DreamPlatform.Web.Tests.Journey;
using Npgsql;

namespace DreamPlatform.Web.Tests.Operating;

/// <summary>The commands of docs/operations.md that back a platform up and restore it, as they are written there.</summary>
public sealed partial class BackupTests
{
    private const string OnServer = "### On PostgreSQL";

    [Fact]
    public async Task What_is_backed_up_beside_a_server_on_files_is_restored_and_verified()
    {
        Assert.SkipUnless(Exists("sqlite3"), "sqlite3 is not installed; tests/run.sh does it.");
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        await using var server = await ServerProcess.ServeAsync("--demo", "--data", data);

        var output = await RunAsync(folder.Path, Commands().Before, []);

        Assert.Equal(4, Holds().Count(output));
        await server.StopAsync();
        await using var restored = await ServerProcess.ServeAsync("--data", Path.Combine(folder.Path, "restored"));
        await AssertSameWishesAsync(restored);
    }

    [Fact]
    public async Task What_is_backed_up_beside_servers_on_PostgreSQL_is_restored_and_verified()
    {
        Assert.SkipUnless(VaultPlace.HasServer, "DREAMPLATFORM_TEST_POSTGRES names no server; tests/run.sh starts one.");
        using var folder = new TemporaryFolder();
        using var place = new VaultPlace("postgres", folder.Path);
        var secret = ("Keys:Secret", Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(new byte[16]).ToArray()));
        var data = Path.Combine(folder.Path, "data");
        await using var server = await ServerProcess.ServeAsync(["--demo", "--data", data], [.. place.Settings, secret]);
        var live = new NpgsqlConnectionStringBuilder(place.Settings[0].Value);
        var name = $"{live.Database}_restored";
        var commands = Commands().After.Replace("PGPORT=5432", $"PGPORT={live.Port}", StringComparison.Ordinal)
            .Replace("keys.dump dreamplatform", $"keys.dump {live.Database}", StringComparison.Ordinal)
            .Replace("platform.dump dreamplatform", $"platform.dump {live.Database}", StringComparison.Ordinal)
            .Replace("createdb restored", $"createdb {name}", StringComparison.Ordinal)
            .Replace("--dbname=restored", $"--dbname={name}", StringComparison.Ordinal)
            .Replace("Database=restored", $"Database={name}", StringComparison.Ordinal);
        try
        {
            var output = await RunAsync(folder.Path, commands, [secret]);

            Assert.Equal(4, Holds().Count(output));
            await server.StopAsync();
            live.Database = name;
            await using var restored = await ServerProcess.ServeAsync(
                ["--data", data], [("Database:Postgres", live.ToString()), secret]);
            await AssertSameWishesAsync(restored);
        }
        finally
        {
            live.Database = "postgres";
            await using var connection = new NpgsqlConnection(live.ToString());
            await connection.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Whoever applied can still read what is sealed, so data and keys belong together.</summary>
    private static async Task AssertSameWishesAsync(ServerProcess restored)
    {
        using var client = new HttpClient { BaseAddress = restored.Address };
        await client.SignInAsync("applicant");
        Assert.NotEmpty((await client.Get("/api/me/wishes")).Items());
        var wish = (await client.Get("/api/me/wishes")).Items()[0].Id();
        var own = await client.Get($"/api/me/wishes/{wish}");
        Assert.NotEmpty(own.GetProperty("application").GetProperty("applicant").GetProperty("name").GetString()!);
    }

    /// <summary>The commands of the section, before and after the part about PostgreSQL.</summary>
    private static (string Before, string After) Commands()
    {
        var page = Repository.Read("docs/operations.md");
        var section = page[page.IndexOf("## Back up and restore", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 4, StringComparison.Ordinal)];
        var parts = section.Split(OnServer);
        return (Blocks(parts[0]), Blocks(parts[1]));

        static string Blocks(string text) => string.Join('\n', Block().Matches(text).Select(it => it.Groups[1].Value));
    }

    private static async Task<string> RunAsync(
        string folder, string commands, IReadOnlyList<(string Name, string Value)> settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "DreamPlatform.Web.dll");
        var start = new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-c", commands.Replace(
            "dotnet run --project src/DreamPlatform.Web --", $"dotnet {program}", StringComparison.Ordinal)])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var bash = Process.Start(start)!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, await error);
        return await output;
    }

    private static bool Exists(string command) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, command)));

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^holds ", RegexOptions.Multiline)]
    private static partial Regex Holds();
}
