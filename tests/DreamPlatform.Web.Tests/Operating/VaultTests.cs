using System.Net.Http.Json;
using System.Text.Json;

namespace DreamPlatform.Web.Tests.Operating;

/// <summary>A server keeps what is private where its settings say, and is ready only while that answers.</summary>
public sealed class VaultTests
{
    [Theory, MemberData(nameof(VaultPlace.Kinds), MemberType = typeof(VaultPlace))]
    public async Task What_is_private_is_where_the_settings_say_outlives_a_kill_and_goes_with_its_person(string kind)
    {
        using var data = new TemporaryFolder();
        using var place = new VaultPlace(kind, data.Path);
        string wish;
        await using (var server = await ServerProcess.ServeAsync(["--demo", "--data", data.Path], place.Settings))
        {
            using var applicant = await SignIn(server);
            wish = await Draft(applicant);
            Assert.True(place.Has(wish));
            Assert.Equal(kind == "sqlite", File.Exists(Path.Combine(data.Path, "vault.db")));
            await server.KillAsync();
        }

        await using var again = await ServerProcess.ServeAsync(["--demo", "--data", data.Path], place.Settings);
        using var person = await SignIn(again);
        var read = await person.GetFromJsonAsync<JsonElement>($"/api/me/wishes/{wish}");
        Assert.Equal("王芳", read.GetProperty("application").GetProperty("applicant").GetProperty("name").GetString());

        using var erased = await person.PostAsJsonAsync("/api/me/erase", new { confirm = true });
        Assert.True((await erased.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("done").GetBoolean());
        Assert.False(place.Has(wish));
        Assert.Equal(kind == "sqlite", File.Exists(Path.Combine(data.Path, "vault.db")));
    }

    [Theory, MemberData(nameof(VaultPlace.Kinds), MemberType = typeof(VaultPlace))]
    public async Task A_server_whose_vault_does_not_answer_is_not_ready(string kind)
    {
        using var data = new TemporaryFolder();
        using var place = new VaultPlace(kind, data.Path);
        await using var server = await ServerProcess.ServeAsync(["--data", data.Path], place.Settings);
        using var client = new HttpClient { BaseAddress = server.Address };
        await client.GetAsync("/health/ready").JsonAsync();

        place.Break();

        var problem = await client.GetAsync("/health/ready").ProblemAsync();
        Assert.Equal((503, "not-ready"), (problem.Status, problem.Code));
        Assert.Equal(["vault"], problem.Body.GetProperty("failing").EnumerateArray().Select(it => it.GetString()));
        await client.GetAsync("/health/live").JsonAsync();
    }

    [Fact]
    public async Task A_server_that_cannot_open_its_table_is_refused_in_one_line_without_its_key()
    {
        using var data = new TemporaryFolder();

        var (code, _, error) = await ServerProcess.RunAsync(
            ["--data", data.Path, "--urls", "http://127.0.0.1:0"],
            ("Vault:AzureTables:ConnectionString", "AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=http://127.0.0.1:1/a"));

        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("Check Vault:AzureTables.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> SignIn(ServerProcess server)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        await client.SignInAsync("applicant");
        return client;
    }

    private static async Task<string> Draft(HttpClient applicant)
    {
        var projects = await applicant.GetFromJsonAsync<JsonElement>("/api/projects?limit=1");
        using var answer = await applicant.PostAsJsonAsync("/api/wishes", new
        {
            projectId = projects.GetProperty("items")[0].GetProperty("id").GetString(),
            title = "A blanket",
            applicant = new { name = "王芳", phone = "13800000000" },
        });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
