using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Turns second factors on and off. Identity's own, told by mail, and only soon after signing in.</summary>
internal sealed class SecondFactors(
    AccountsDb db, UserManager<Account> accounts, SignIns signIns, Sessions sessions, Letters letters, Callers callers,
    TimeProvider time)
{
    private const int RecoveryCodes = 10;

    public async Task<IResult> ChangeAsync(SecondFactorBody body, Caller caller, ClientAddress client)
    {
        if (await accounts.FindByIdAsync(caller.Id.ToString()) is not { } account) return TypedResults.Unauthorized();
        // A thief's own second factor would lock the owner out.
        var changes = body.Enable == true || (account.TwoFactorEnabled
            && (body.Enable == false || body.ResetSharedKey || body.ResetRecoveryCodes));
        if (changes && FreshSignIn.Lacks(caller, time) is { } stale) return stale;
        if (body.Enable == true && await CheckAsync(account, body.TwoFactorCode!, client) is { } refused)
            return refused;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var codes = await ApplyAsync(account, body);
        await sessions.KeepAsync(caller.Session, account, account.TwoFactorEnabled && (caller.HasSecondFactor || body.Enable == true));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        callers.Forget(caller.Id);
        return TypedResults.Ok(await AnswerAsync(account, codes));
    }

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
        if (body.ResetSharedKey || await accounts.GetAuthenticatorKeyAsync(account) is null)
            await accounts.ResetAuthenticatorKeyAsync(account);
        if (account.TwoFactorEnabled != wasEnabled) Tell(account, account.TwoFactorEnabled ? "enabled" : "disabled");

        var needsCodes = body.Enable == true && await accounts.CountRecoveryCodesAsync(account) == 0;
        if (!body.ResetRecoveryCodes && !needsCodes) return null;
        if (body.ResetRecoveryCodes) Tell(account, "codes-reset");
        return [.. (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes))!];
    }

    private async Task<SecondFactorAnswer> AnswerAsync(Account account, IReadOnlyList<string>? codes) => new(
        account.TwoFactorEnabled ? null : await accounts.GetAuthenticatorKeyAsync(account),
        codes?.Count ?? await accounts.CountRecoveryCodesAsync(account), codes, account.TwoFactorEnabled,
        IsMachineRemembered: false);

    private void Tell(Account account, string change) =>
        letters.Add(account.Id, account.Email!, Topics.SecondFactorChanged, ("change", change));
}
