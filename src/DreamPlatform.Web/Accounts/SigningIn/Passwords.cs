using System.Globalization;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Changes passwords; every change ends the other sessions and is told by mail.</summary>
internal sealed class Passwords(
    AccountsDb db, UserManager<Account> accounts, Letters letters, Sessions sessions, Callers callers,
    SecurityLog security, TimeProvider time)
{
    /// <summary>Sets a new password with the code from a mail.</summary>
    public async Task<bool> ResetAsync(string email, string code, string password)
    {
        if (Registration.Decode(code) is not { } token) return false;
        await using var transaction = await db.BeginAsync();
        if (await accounts.FindByEmailAsync(email) is not { EmailConfirmed: true } account) return false;
        if (!(await accounts.ResetPasswordAsync(account, token, password)).Succeeded) return false;
        await TellAsync(account);
        await transaction.CommitAsync();
        callers.Forget(new AccountId(account.Id));
        return true;
    }

    /// <summary>Sets a new password from a session that lives on. The old one was checked before.</summary>
    public async Task ChangeAsync(Account account, Caller caller, string oldPassword, string newPassword)
    {
        var stampBefore = account.SecurityStamp!;
        var result = await accounts.ChangePasswordAsync(account, oldPassword, newPassword);
        if (!result.Succeeded) throw new InvalidOperationException(result.ToString());
        await sessions.KeepAsync(caller.Session, account, stampBefore, caller.HasSecondFactor);
        await TellAsync(account);
    }

    private async Task TellAsync(Account account)
    {
        security.Done("password-changed", account.Id);
        letters.Add(account.Id, account.Email!, Topics.PasswordChanged, ("at", Now()));
        await db.SaveChangesAsync();
    }

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
