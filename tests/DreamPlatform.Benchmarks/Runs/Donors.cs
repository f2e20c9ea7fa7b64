using System.Globalization;
using DreamPlatform.Benchmarks.Contenders;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>The accounts that pledge, and how each proves itself.</summary>
internal static class Donors
{
    private const string Password = "Benchmark-1234!";

    /// <summary>Registers them through the API.</summary>
    public static async Task RegisterAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        for (var i = 0; i < Seed.DonorCount; i++)
        {
            using var answer = await http.PostAsJsonAsync("/api/account/register", new { email = Email(i), password = Password });
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>A header line for each.</summary>
    public static async Task<IReadOnlyList<string>> SignInAsync(Contender contender, Uri server)
    {
        if (!contender.IsDream)
            return [.. Enumerable.Range(0, Seed.DonorCount).Select(_ => $"{EntityFrameworkServer.DonorHeader}: {Guid.CreateVersion7()}")];
        using var http = new HttpClient { BaseAddress = server };
        var headers = new List<string>();
        for (var i = 0; i < Seed.DonorCount; i++)
        {
            using var answer = await http.PostAsJsonAsync("/api/account/login", new { email = Email(i), password = Password });
            answer.EnsureSuccessStatusCode();
            headers.Add($"Authorization: Bearer {(await answer.Content.ReadFromJsonAsync<Token>())!.AccessToken}");
        }

        return headers;
    }

    private static string Email(int number) => string.Create(CultureInfo.InvariantCulture, $"donor{number}@bench.example");

    private sealed record Token(string AccessToken);
}
