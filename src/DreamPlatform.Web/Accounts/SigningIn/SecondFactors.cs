using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Turns second factors on and off. Identity's own, told by mail, and only soon after signing in.</summary>
internal sealed class SecondFactors(
    AccountsDb db, UserManager<Account> accounts, SignIns signIns, Sessions sessions, Letters letters, Callers callers,
    SecurityLog security, TimeProvider time)
{
    private const int RecoveryCodes = 10;

    public async Task<IResult> ChangeAsync(SecondFactorBody body, Caller caller, ClientAddress client)
    {
        if (await accounts.FindByIdAsync(caller.Id.ToString()) is not { } account) return TypedResults.Unauthorized();
        // A thief's own second factor would lock the owner out, and so would a key or codes that a thief has seen.
        var changes = body.Enable is not null || body.ResetSharedKey || body.ResetRecoveryCodes;
        var isLookOnly = account.TwoFactorEnabled && !changes;
        if (!isLookOnly && FreshSignIn.Lacks(caller, time) is { } stale) return stale;
        var stampBefore = account.SecurityStamp!;
        if (body.Enable == true && await CheckAsync(account, body.TwoFactorCode!, client) is { } refused)
            return refused;
        await using var transaction = await db.BeginAsync();
        var codes = await ApplyAsync(account, body);
        await sessions.KeepAsync(
            caller.Session, account, stampBefore,
            hasSecondFactor: account.TwoFactorEnabled && (caller.HasSecondFactor || body.Enable == true));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        callers.Forget(caller.Id);
        return TypedResults.Ok(await AnswerAsync(account, codes));
    }

    /// <summary>How it stands, without a change: while it is being set up, with the key that was made last.</summary>
    public async Task<SecondFactorAnswer?> ShowAsync(Caller caller) =>
        await accounts.FindByIdAsync(caller.Id.ToString()) is not { } account
            ? null
            : FreshSignIn.Lacks(caller, time) is null
                ? await AnswerAsync(account, codes: null)
                : await AnswerAsync(account, codes: null) with { SharedKey = null };

    private async Task<ProblemHttpResult?> CheckAsync(Account account, string code, ClientAddress client)
    {
        var isRight = false;
        var wait = await signIns.GuardAsync(account, client, async () =>
            (isRight = await signIns.IsCode(account, code)) ? Proof.Right : Proof.Wrong);
        if (wait is { } time) return SignIns.TooMany(time);
        return isRight ? null : new Check().That(false, "twoFactorCode", "Is wrong or was used before.").Problem;
    }

    private async Task<IReadOnlyList<string>?> ApplyAsync(Account account, SecondFactorBody body)
    {
        var wasEnabled = account.TwoFactorEnabled;
        if (body.Enable == true && !wasEnabled) await accounts.SetTwoFactorEnabledAsync(account, true);
        if ((body.Enable == false || body.ResetSharedKey) && wasEnabled)
            await accounts.SetTwoFactorEnabledAsync(account, false);
        // Whoever sets it up gets a key that nobody has seen before.
        if (!account.TwoFactorEnabled && body.Enable != true) await accounts.ResetAuthenticatorKeyAsync(account);
        if (account.TwoFactorEnabled != wasEnabled) Tell(account, account.TwoFactorEnabled ? "enabled" : "disabled");

        if (body.ResetRecoveryCodes) Tell(account, "codes-reset");
        else if (!account.TwoFactorEnabled || wasEnabled) return null;
        return [.. (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes))!];
    }

    private async Task<SecondFactorAnswer> AnswerAsync(Account account, IReadOnlyList<string>? codes) => new(
        account.TwoFactorEnabled ? null : await accounts.GetAuthenticatorKeyAsync(account),
        codes?.Count ?? await accounts.CountRecoveryCodesAsync(account), codes, account.TwoFactorEnabled,
        IsMachineRemembered: false);

    private void Tell(Account account, string change)
    {
        security.Done("second-factor-changed", account.Id, change);
        letters.Add(account.Id, account.Email!, Topics.SecondFactorChanged, ("change", change));
    }
}
