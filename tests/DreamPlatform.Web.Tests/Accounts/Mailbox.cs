using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Accounts;

/// <summary>A letter as whoever gets it reads it.</summary>
public sealed record Mail(string Address, string Topic, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The path and query of the link in it.</summary>
    public Uri Link => new(new Uri(Values["link"]).PathAndQuery, UriKind.Relative);

    /// <summary>The same for the API, which confirms at once.</summary>
    public Uri ApiLink => new($"/api/account/confirmEmail{new Uri(Values["link"]).Query}", UriKind.Relative);
}

internal static class Mailbox
{
    /// <summary>All letters to an address, oldest first.</summary>
    public static async Task<IReadOnlyList<Mail>> MailToAsync(this TestApp app, string address)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var letters = scope.ServiceProvider.GetRequiredService<Letters>();
        var all = await scope.ServiceProvider.GetRequiredService<AccountsDb>().Letters.OrderBy(it => it.Id).ToListAsync();
        return
        [
            .. all.Select(it => (it.Topic, Open: letters.Open(it))).Where(it => it.Open.Address == address)
                .Select(it => new Mail(it.Open.Address, it.Topic, it.Open.Values)),
        ];
    }

    /// <summary>The topics of all letters to an address, oldest first.</summary>
    public static async Task<string> TopicsAsync(this TestApp app, string address) =>
        string.Join(' ', (await app.MailToAsync(address)).Select(it => it.Topic));

    /// <summary>Posts to one of the routes for people who are not signed in.</summary>
    public static Task<HttpResponseMessage> Ask(this TestApp app, string route, object body) =>
        app.Anonymous.PostAsJsonAsync($"/api/account/{route}", body);

    public static Task<HttpResponseMessage> Login(this HttpClient client, string email, string password, string? code = null) =>
        client.PostAsJsonAsync("/api/account/login", new { email, password, twoFactorCode = code });

    public static string Access(this JsonElement tokens) => tokens.GetProperty("accessToken").GetString()!;

    public static string Refresh(this JsonElement tokens) => tokens.GetProperty("refreshToken").GetString()!;
}
