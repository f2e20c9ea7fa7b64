using System.Security.Cryptography;
using System.Text.Json;
using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.AspNetCore.DataProtection;

namespace DreamPlatform.Web.Site.SigningIn;

/// <summary>
/// Carries what was right in the first step of signing in to the second, sealed in the page: nothing is kept here,
/// and the second step checks everything again.
/// </summary>
internal sealed class Steps(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector protector =
        protection.CreateProtector("sign-in-step").ToTimeLimitedDataProtector();

    public string Seal(string email, string password) =>
        protector.Protect(JsonSerializer.Serialize(new LoginBody(email, password)), Lifetime);

    /// <summary>Null when it is too old or not ours.</summary>
    public LoginBody? Open(string? seal)
    {
        if (seal is null) return null;
        try
        {
            return JsonSerializer.Deserialize<LoginBody>(protector.Unprotect(seal));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
