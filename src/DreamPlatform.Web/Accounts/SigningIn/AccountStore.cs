using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// Identity's own store, but for its tokens: among them are the keys of second factors and the recovery codes, which
/// nobody should read in a copy of the database.
/// </summary>
internal sealed class AccountStore(AccountsDb db, IDataProtectionProvider protection)
    : UserOnlyStore<Account, AccountsDb, Guid>(db)
{
    private readonly IDataProtector protector = protection.CreateProtector("account-tokens.v1");

    public override Task SetTokenAsync(
        Account user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(
            user, loginProvider, name, value is null ? null : protector.Protect(value), cancellationToken);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was changed, or the key is lost.
    /// </exception>
    public override async Task<string?> GetTokenAsync(
        Account user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value
            ? protector.Unprotect(value)
            : null;
}
