using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Changes the address or the password of whoever knows the password.</summary>
internal sealed class AccountChanges(
    AccountsDb db, UserManager<Account> accounts, SignIns signIns, Passwords passwords, Registration registration,
    Callers callers)
{
    /// <returns>Why nothing was changed, or null.</returns>
    public async Task<IResult?> ChangeAsync(InfoBody body, Caller caller, ClientAddress client)
    {
        if (await accounts.FindByIdAsync(caller.Id.ToString()) is not { } account) return TypedResults.Unauthorized();
        var isRight = false;
        var wait = await signIns.GuardAsync(account, client, async () =>
            (isRight = await accounts.CheckPasswordAsync(account, body.OldPassword!)) ? Proof.Right : Proof.Wrong);
        if (wait is { } time) return SignIns.TooMany(time);
        if (!isRight) return new Check().That(false, "oldPassword", "Is wrong.").Problem;
        await using var transaction = await db.BeginAsync();
        if (body.NewPassword is { } password)
            await passwords.ChangeAsync(account, caller, body.OldPassword!, password);
        var asks = body.NewEmail is { } email && email != account.Email;
        if (asks && !await registration.AskToChangeAsync(account, body.NewEmail!))
            return Problems.Wait(LetterLimit.Window, "too-many-letters", "You asked for too much mail. Wait an hour.");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        callers.Forget(caller.Id);
        return null;
    }
}
