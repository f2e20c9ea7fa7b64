using System.Globalization;
using DreamPlatform.Benchmarks.Contenders;
using DreamPlatform.Web.Accounts;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>The accounts that pledge, and how each proves itself.</summary>
internal static class Donors
{
    private const string Password = "Benchmark-1234!";

    /// <summary>Makes their accounts within the server that seeds; through the API each would have to read mail.</summary>
    public static async Task CreateAsync(IServiceProvider server)
    {
        await using var scope = server.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        for (var i = 0; i < Seed.DonorCount; i++)
        {
            var account = new Account { UserName = Email(i), Email = Email(i), EmailConfirmed = true };
            var result = await accounts.CreateAsync(account, Password);
            if (!result.Succeeded) throw new InvalidOperationException(result.ToString());
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
