using DreamPlatform.Web.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>How often anybody may have mail sent to one address.</summary>
internal sealed class LetterLimit(
    AccountsDb db, PlatformSecret secret, TimeProvider time, IOptions<RateLimitSettings> settings)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>
    /// Counts a request for mail to an address. Call it in the transaction that writes the letter, and for addresses
    /// without an account too: then it takes as long for these, and nobody can tell.
    /// </summary>
    /// <returns>False if there were too many: then nothing is sent, and nobody is told.</returns>
    public async Task<bool> AllowsAsync(string normalizedEmail)
    {
        var (address, now) = (secret.IdOf($"letters/{normalizedEmail}").ToString("N"), time.GetUtcNow());
        var since = (now - Window).ToUnixTimeMilliseconds();
        var at = now.ToUnixTimeMilliseconds();
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO letter_requests (Address, At) SELECT {address}, {at}
            WHERE (SELECT COUNT(*) FROM letter_requests WHERE Address = {address} AND At > {since})
                < {settings.Value.LettersPerAddressPerHour}
            """) == 1;
    }
}
