using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// Identity's own codes of the second factor (RFC 6238), each accepted once only: who looks over somebody's shoulder
/// comes too late.
/// </summary>
internal sealed class OnceOnlyCodes(AccountsDb db, TimeProvider time) : AuthenticatorTokenProvider<Account>
{
    private const int Digits = 6;

    /// <summary>Longer than a code can be valid.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    public override async Task<bool> ValidateAsync(
        string purpose, string token, UserManager<Account> manager, Account user)
    {
        if (token.Length != Digits || !token.All(char.IsAsciiDigit)) return false;
        if (!await base.ValidateAsync(purpose, token, manager, user)) return false;
        var now = time.GetUtcNow();
        var (until, at) = ((now - Kept).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        await db.Database.ExecuteSqlAsync($"DELETE FROM used_codes WHERE AccountId = {user.Id} AND UsedAt < {until}");
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO used_codes (AccountId, Code, UsedAt) VALUES ({user.Id}, {token}, {at}) ON CONFLICT DO NOTHING
            """) == 1;
    }
}
