using System.ComponentModel.DataAnnotations;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Who wants an account.</summary>
/// <param name="Password">8 to 128 characters, whichever; none that is tried first.</param>
internal sealed record RegisterBody(
    [property: MaxLength(EmailAddress.MaxLength)] string Email,
    [property: MinLength(PasswordRules.MinLength), MaxLength(PasswordRules.MaxLength)] string Password);

/// <param name="TwoFactorCode">The six digits, where the account has a second factor.</param>
/// <param name="TwoFactorRecoveryCode">One of the recovery codes instead; each is good once.</param>
internal sealed record LoginBody(
    string Email, string Password, string? TwoFactorCode = null, string? TwoFactorRecoveryCode = null);

internal sealed record RefreshBody(string RefreshToken);

internal sealed record EmailBody(string Email);

/// <param name="ChangedEmail">The new address, where it is one that is to be confirmed.</param>
internal sealed record ConfirmBody(Guid UserId, string Code, string? ChangedEmail = null);

/// <param name="ResetCode">The code from the mail.</param>
internal sealed record ResetBody(string Email, string ResetCode, string NewPassword);

/// <param name="OldPassword">Needed to change either.</param>
internal sealed record InfoBody(string? NewEmail = null, string? NewPassword = null, string? OldPassword = null);

internal sealed record InfoAnswer(string Email, bool IsEmailConfirmed);

/// <param name="Enable">Turns the second factor on, with a code from the app, or off.</param>
/// <param name="TwoFactorCode">The six digits that the app shows.</param>
/// <param name="ResetSharedKey">Makes a new key for the app, which turns the second factor off.</param>
/// <param name="ResetRecoveryCodes">Makes new recovery codes; the old ones are good no more.</param>
/// <param name="ForgetMachine">Nothing: no machine is ever spared the second factor.</param>
internal sealed record SecondFactorBody(
    bool? Enable = null, string? TwoFactorCode = null, bool ResetSharedKey = false, bool ResetRecoveryCodes = false,
    bool ForgetMachine = false);

/// <param name="SharedKey">The key for the app; only as long as the second factor is off.</param>
/// <param name="RecoveryCodes">Shown only when they were made.</param>
internal sealed record SecondFactorAnswer(
    string? SharedKey, int RecoveryCodesLeft, IReadOnlyList<string>? RecoveryCodes, bool IsTwoFactorEnabled,
    bool IsMachineRemembered);
