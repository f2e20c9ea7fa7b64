using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace DreamPlatform.Web.Site.Account;

/// <summary>Takes an address along in a link without showing it there: histories and logs are read by others.</summary>
internal sealed class SentTo(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector protector =
        protection.CreateProtector("sent-to").ToTimeLimitedDataProtector();

    public string Seal(string address) => protector.Protect(address, Lifetime);

    /// <summary>Null when it is too old or not ours.</summary>
    public string? Open(string? seal)
    {
        try
        {
            return seal is null ? null : protector.Unprotect(seal);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
