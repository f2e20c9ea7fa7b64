using System.Security.Cryptography;
using System.Text.Json;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.DataProtection;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>A browser that somebody signed in with before.</summary>
/// <param name="Marks">One for each account that did; they name nobody.</param>
internal sealed record Device(Guid Id, IReadOnlyList<Guid> Marks);

/// <summary>
/// Lets a browser remember that an account signed in with it, so that wrong attempts elsewhere behind the same address
/// do not count against it. It opens nothing: the password is asked for all the same. It is good until the account's
/// sessions are ended everywhere or its password changes, for whoever knew that one may have such a browser too.
/// </summary>
internal sealed class Devices(IDataProtectionProvider protection, PlatformSecret secret)
{
    public const string Cookie = "dreamplatform-device";

    /// <summary>Families share a phone; the oldest is forgotten first.</summary>
    public const int MaxAccounts = 8;

    private readonly ITimeLimitedDataProtector protector =
        protection.CreateProtector("device.v1").ToTimeLimitedDataProtector();

    /// <summary>The device that sent the request; null if nobody is known to have signed in with it.</summary>
    public Device? Of(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } sealedDevice) return null;
        try
        {
            return JsonSerializer.Deserialize<Device>(protector.Unprotect(sealedDevice));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether an account signed in with it before.</summary>
    public bool Knows(Device? device, Account? account) =>
        device is not null && account is not null && device.Marks.Contains(MarkOf(account));

    /// <summary>Remembers that an account signed in, in the browser alone.</summary>
    public void Remember(HttpContext http, Account account)
    {
        var (mark, before) = (MarkOf(account), Of(http));
        var device = new Device(
            before?.Id ?? Guid.NewGuid(),
            [mark, .. (before?.Marks ?? []).Where(it => it != mark).Take(MaxAccounts - 1)]);
        http.Response.Cookies.Append(
            Cookie, protector.Protect(JsonSerializer.Serialize(device), AccountSweeper.Known), new CookieOptions
            {
                MaxAge = AccountSweeper.Known,
                Path = "/",
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
    }

    private Guid MarkOf(Account account) => secret.IdOf($"device/{account.Id}/{account.SecurityStamp}");
}
