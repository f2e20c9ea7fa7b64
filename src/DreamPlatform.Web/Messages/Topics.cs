namespace DreamPlatform.Web.Messages;

/// <summary>What letters are about, and the values each has, by the names stored for ever.</summary>
public static class Topics
{
    /// <summary>Confirm that the address is yours: <c>link</c>.</summary>
    public const string ConfirmEmail = "confirm-email";

    /// <summary>Somebody, perhaps you, tried to register with your address: <c>link</c> to the platform.</summary>
    public const string AddressAlreadyRegistered = "address-already-registered";

    /// <summary>Choose a new password: <c>link</c>, and <c>code</c> for those who call the API.</summary>
    public const string ResetPassword = "reset-password";

    /// <summary>
    /// A foundation asks you to work for it: <c>link</c>, <c>token</c>, <c>foundation</c> (its name), <c>role</c>,
    /// <c>expiresAt</c>.
    /// </summary>
    public const string StaffInvitation = "staff-invitation";

    /// <summary>Somebody accepted to help you: <c>helper</c> (their address).</summary>
    public const string HelperAccepted = "helper-accepted";

    /// <summary>
    /// The second factor was changed: <c>change</c> is enabled, disabled, codes-reset or code-used.
    /// </summary>
    public const string SecondFactorChanged = "second-factor-changed";

    /// <summary>The password was changed: <c>at</c>.</summary>
    public const string PasswordChanged = "password-changed";

    /// <summary>The account has another address now; this goes to the one it had.</summary>
    public const string EmailChanged = "email-changed";

    /// <summary>All sessions were ended: <c>at</c>.</summary>
    public const string SignedOutEverywhere = "signed-out-everywhere";
}
