using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>People of their own for a test, and what they do at a browser.</summary>
internal static class People
{
    public const string Password = "Correct-Horse-7";

    public static string NewAddress() => $"p{Guid.NewGuid():N}@example.org";

    /// <summary>Somebody with a confirmed address and nothing else.</summary>
    public static async Task<string> NewPersonAsync(this TestApp app)
    {
        var email = NewAddress();
        await app.RegisterAsync(email, Password);
        return email;
    }

    public static async Task EnterAddressAsync(this Guest guest, string email, string password = Password)
    {
        await guest.Page.FillAsync("[name=email]", email);
        await guest.Page.FillAsync("[name=password]", password);
        await guest.Page.ClickAsync("main form button");
    }

    public static async Task SignInAddressAsync(this Guest guest, string email, string password = Password)
    {
        await guest.OpenAsync("/sign-in");
        await guest.EnterAddressAsync(email, password);
        await guest.Page.Locator("form[action='/sign-out']").WaitForAsync();
    }

    /// <summary>Makes somebody's sessions look as if they had begun long ago.</summary>
    public static async Task AgeSessionsAsync(this TestApp app, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var id = (await accounts.FindByEmailAsync(email))!.Id;
        foreach (var session in db.Sessions.Where(it => it.AccountId == id).ToList())
            db.Entry(session).Property(nameof(Session.CreatedAt)).CurrentValue = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await db.SaveChangesAsync();
        app.Services.GetRequiredService<Callers>().Forget(new(id));
    }
}
