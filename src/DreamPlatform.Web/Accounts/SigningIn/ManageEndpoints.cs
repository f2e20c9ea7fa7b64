using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>What people change about their own account.</summary>
internal static class ManageEndpoints
{
    public static void MapManageEndpoints(this IEndpointRouteBuilder routes)
    {
        var manage = routes.MapGroup("/api/account/manage").WithTags("Signing in").RequireAuthorization()
            .WithMetadata(SecondFactorLater.Instance).RequireRateLimiting(RateLimits.Credentials);
        manage.MapGet("info", Info).WithName("getAccountInfo");
        manage.MapPost("info", Change).WithName("changeAccountInfo").Produces<InfoAnswer>()
            .WithProblems((429, "too-many-attempts"), (429, "too-many-letters"));
        manage.MapPost("2fa", SecondFactor).WithName("manageSecondFactor").Produces<SecondFactorAnswer>()
            .WithProblems((403, "sign-in-again"), (429, "too-many-attempts"));
    }

    /// <summary>My address, and whether it is confirmed.</summary>
    internal static InfoAnswer Info(Caller caller) => new(caller.Email, true);

    /// <summary>
    /// Changes my password, or asks the owner of another address whether it may be mine: it is once they confirm. My
    /// other sessions end.
    /// </summary>
    internal static async Task<IResult> Change(InfoBody body, Caller caller, AccountChanges changes, HttpContext http)
    {
        var problem = body.NewPassword is { } password ? PasswordRules.WhatIsWrong(password, caller.Email) : null;
        var changesSomething = body.NewEmail is not null || body.NewPassword is not null;
        var check = new Check()
            .That(
                body.NewEmail is null || EmailAddress.IsValid(body.NewEmail), "newEmail", "Must be an e-mail address.")
            .That(problem is null, "newPassword", problem ?? "")
            .That(!changesSomething || body.OldPassword is not null, "oldPassword", "Is required for a change.");
        if (check.Problem is { } invalid) return invalid;
        return changesSomething && await changes.ChangeAsync(body, caller, ClientAddress.Of(http)) is { } refused
            ? refused
            : TypedResults.Ok(new InfoAnswer(caller.Email, true));
    }

    /// <summary>
    /// Shows and changes my second factor: an app that shows six digits. First ask for the key, then enable it with a
    /// code. My other sessions end when it changes.
    /// </summary>
    internal static async Task<IResult> SecondFactor(
        SecondFactorBody body, Caller caller, SecondFactors factors, HttpContext http) =>
        new Check()
            .That(body.Enable != true || !body.ResetSharedKey, "resetSharedKey", "Enable with a code of the new key.")
            .That(body.Enable != true || body.TwoFactorCode is not null, "twoFactorCode", "Is required to enable.")
            .Problem is { } invalid
            ? invalid
            : await factors.ChangeAsync(body, caller, ClientAddress.Of(http));
}
