using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Web.Accounts;

namespace DreamPlatform.Web.Tests.Operating;

/// <summary>Signs in at a server in a process of its own.</summary>
internal static class SigningIn
{
    /// <summary>From now on the client is somebody of the demo, such as "donor".</summary>
    public static async Task SignInAsync(this HttpClient client, string name)
    {
        using var answer = await client.PostAsJsonAsync(
            "/api/account/login", new { email = $"{name}@demo.example", password = DemoAccounts.Password });
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", tokens.GetProperty("accessToken").GetString());
    }
}
