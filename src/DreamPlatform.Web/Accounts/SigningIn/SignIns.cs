using System.Globalization;
using System.Security.Claims;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>What became of signing in: a session, or why there is none.</summary>
/// <param name="Account">Whose session it is.</param>
/// <param name="IsUnconfirmed">Whether all was right but that the address is not confirmed yet.</param>
internal sealed record SignInOutcome(
    ClaimsPrincipal? Session, ProblemHttpResult? Refusal, Account? Account = null, bool IsUnconfirmed = false);

/// <summary>Checks who somebody is.</summary>
internal sealed class SignIns(
    AccountsDb db, UserManager<Account> accounts, SignInGuard guard, Sessions sessions, Devices devices,
    Letters letters, SecurityLog security)
{
    /// <summary>What a password is compared with where there is no account, so that it takes as long.</summary>
    private static string? nobodysHash;

    /// <summary>Begins a session, with or without second factor as the account has it.</summary>
    /// <param name="device">The browser, where a page is used.</param>
    public async Task<SignInOutcome> TryAsync(
        LoginBody body, ClientAddress client, string? userAgent, Device? device = null)
    {
        var account = await accounts.FindByEmailAsync(body.Email);
        var proof = Proof.Wrong;
        var isKnown = devices.Knows(device, account);
        var wait = await guard.TryAsync(
            accounts.NormalizeEmail(body.Email), isKnown ? $"device/{device!.Id:N}" : client.ToString(),
            async () => isKnown || await sessions.KnowsAsync(account?.Id ?? default, client),
            async () => proof = await ProofOf(account, body));
        if (wait is { } time) return new(null, TooMany(time));
        if (proof == Proof.Wrong) security.Done("sign-in-failed", account?.Id);
        return proof switch
        {
            Proof.Right => new(
                await sessions.BeginAsync(account!, account!.TwoFactorEnabled, client, userAgent), null, account),
            Proof.Incomplete => new(null, Problems.Of(
                401, "two-factor-required", "Send twoFactorCode too, or twoFactorRecoveryCode.")),
            _ => new(null, Problems.Of(
                401, "invalid-credentials", "The e-mail address, the password or the code is wrong."),
                IsUnconfirmed: proof == Proof.Unconfirmed),
        };
    }

    /// <summary>Checks a password or code of somebody who is signed in, under the same limits.</summary>
    /// <returns>How long to wait, if they tried too often.</returns>
    public Task<TimeSpan?> GuardAsync(Account account, ClientAddress client, Func<Task<Proof>> check) =>
        guard.TryAsync(account.NormalizedEmail!, client.ToString(), () => sessions.KnowsAsync(account.Id, client), check);

    /// <summary>The answer to somebody who tried too often.</summary>
    public static ProblemHttpResult TooMany(TimeSpan wait) => Problems.Wait(
        wait, "too-many-attempts", "Too many wrong passwords or codes. Wait as long as Retry-After says.");

    private async Task<Proof> ProofOf(Account? account, LoginBody body)
    {
        var isRight = account?.PasswordHash is null
            ? Compare(body.Password)
            : await accounts.CheckPasswordAsync(account, body.Password);
        if (!isRight || account is null) return Proof.Wrong;
        if (!account.EmailConfirmed) return Proof.Unconfirmed;
        if (!account.TwoFactorEnabled) return Proof.Right;
        if (Plain(body.TwoFactorCode) is { } code) return await IsCode(account, code) ? Proof.Right : Proof.Wrong;
        if (Plain(body.TwoFactorRecoveryCode) is not { } recovery) return Proof.Incomplete;
        return await RedeemAsync(account, WithDash(recovery)) ? Proof.Right : Proof.Wrong;
    }

    /// <summary>Whether it is a code of the account's second factor, not used before.</summary>
    public Task<bool> IsCode(Account account, string code) => accounts.VerifyTwoFactorTokenAsync(
        account, TokenOptions.DefaultAuthenticatorProvider, Plain(code) ?? "");

    private async Task<bool> RedeemAsync(Account account, string code)
    {
        await using var transaction = await db.BeginAsync();
        // Read again in the transaction: of two who send the same code at once, one comes too late.
        await db.Entry(account).ReloadAsync();
        var result = await accounts.RedeemTwoFactorRecoveryCodeAsync(account, code);
        if (!result.Succeeded) return false;
        security.Done("recovery-code-used", account.Id);
        letters.Add(account.Id, account.Email!, Topics.SecondFactorChanged, ("change", "code-used"));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    private bool Compare(string password)
    {
        var nobody = new Account();
        nobodysHash ??= accounts.PasswordHasher.HashPassword(nobody, Guid.NewGuid().ToString());
        _ = accounts.PasswordHasher.VerifyHashedPassword(nobody, nobodysHash, password);
        return false;
    }

    /// <summary>
    /// A code as it was made, however it was typed: in groups, in small letters, or in those of a Chinese input method,
    /// which are as wide as its characters. Null where there is none.
    /// </summary>
    public static string? Plain(string? code)
    {
        var typed = (code ?? "").Select(it => it is >= '！' and <= '～' ? (char)(it - '！' + '!') : it);
        var plain = string.Concat(typed.Where(it => !char.IsWhiteSpace(it)
            && char.GetUnicodeCategory(it) != UnicodeCategory.DashPunctuation)).ToUpperInvariant();
        return plain.Length > 0 ? plain : null;
    }

    /// <summary>A recovery code as Identity writes it: two halves.</summary>
    private static string WithDash(string plain) => $"{plain[..(plain.Length / 2)]}-{plain[(plain.Length / 2)..]}";
}
