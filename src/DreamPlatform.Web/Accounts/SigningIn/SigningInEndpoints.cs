using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// From registering to signing in, for people who are not signed in. The contract is that of ASP.NET Core Identity's
/// own endpoints, less what they tell about who has an account.
/// </summary>
internal static class SigningInEndpoints
{
    public static void MapSigningInEndpoints(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("/api/account").WithTags("Signing in").AllowAnonymous();
        open.MapPost("register", (RegisterBody body, Registration registration) => Register(body, registration)).WithName("register").SendsLetters()
            .WithProblems((400, "invalid-registration"));
        open.MapPost("resendConfirmationEmail", Resend).WithName("resendConfirmationEmail").SendsLetters();
        open.MapPost("forgotPassword", Forgot).WithName("forgotPassword").SendsLetters();
        open.MapPost("login", Login).WithName("login").Produces<AccessTokenResponse>().ChecksCredentials()
            .WithProblems((401, "invalid-credentials"), (401, "two-factor-required"), (429, "too-many-attempts"));
        open.MapPost("refresh", Refresh).WithName("refresh").Produces<AccessTokenResponse>().ChecksCredentials()
            .WithProblems((401, "invalid-refresh-token"));
        open.MapGet("confirmEmail", ConfirmByLink).WithName("confirmEmailByLink").Produces<string>(200, "text/plain")
            .ChecksCredentials().WithProblems((401, "invalid-confirmation"));
        open.MapPost("confirmEmail", Confirm).WithName("confirmEmail").ChecksCredentials()
            .WithProblems((401, "invalid-confirmation"));
        open.MapPost("resetPassword", Reset).WithName("resetPassword").ChecksCredentials();
    }

    /// <summary>
    /// Makes an account, which is good once its address is confirmed by the link in the mail. The answer is the same
    /// for an address that has one already; its owner is told by mail.
    /// </summary>
    internal static Task<IResult> Register(RegisterBody body, Registration registration) =>
        Register(body, registration, back: null);

    /// <summary>The same for somebody who goes on to a page of ours once they have confirmed.</summary>
    internal static async Task<IResult> Register(RegisterBody body, Registration registration, string? back)
    {
        var problem = PasswordRules.WhatIsWrong(body.Password, body.Email);
        var check = new Check()
            .That(EmailAddress.IsValid(body.Email), "email", "Must be an e-mail address.")
            .That(problem is null, "password", problem ?? "");
        if (check.ProblemAs("invalid-registration") is { } invalid) return invalid;
        await registration.RegisterAsync(body.Email, body.Password, back);
        return TypedResults.Ok();
    }

    /// <summary>Begins a session.</summary>
    internal static async Task<IResult> Login(LoginBody body, SignIns signIns, HttpContext http)
    {
        var outcome = await signIns.TryAsync(body, ClientAddress.Of(http), http.Request.Headers.UserAgent);
        return outcome.Session is { } session
            ? TypedResults.SignIn(session, authenticationScheme: IdentityConstants.BearerScheme)
            : outcome.Refusal!;
    }

    /// <summary>
    /// The session's next tokens. A refresh token is good once; who sends it again later than a minute afterwards ends
    /// the session, for it may have been stolen.
    /// </summary>
    internal static async Task<IResult> Refresh(
        RefreshBody body, Sessions sessions, IOptionsMonitor<BearerTokenOptions> bearer, TimeProvider time)
    {
        var ticket = bearer.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Unprotect(body.RefreshToken);
        var isGood = ticket?.Properties.ExpiresUtc > time.GetUtcNow();
        return isGood && TokenClaims.Of(ticket!.Principal) is { } token
            && await sessions.RefreshAsync(token) is { } session
                ? TypedResults.SignIn(session, authenticationScheme: IdentityConstants.BearerScheme)
                : Problems.Of(401, "invalid-refresh-token", "Sign in again.");
    }

    /// <summary>Confirms an address with what the link in the mail has; people open the page it leads to.</summary>
    internal static async Task<IResult> ConfirmByLink(
        Guid userId, string code, string? changedEmail, Registration registration) =>
        await registration.ConfirmAsync(userId, code, changedEmail) != Confirmation.Refused
            ? TypedResults.Text("Thank you, your e-mail address is confirmed. / 谢谢，您的电子邮箱已确认。")
            : NotConfirmed();

    /// <summary>Confirms an address.</summary>
    internal static async Task<IResult> Confirm(ConfirmBody body, Registration registration) =>
        await registration.ConfirmAsync(body.UserId, body.Code, body.ChangedEmail) != Confirmation.Refused
            ? TypedResults.Ok()
            : NotConfirmed();

    /// <summary>Sends the link once more, if the address has an account that needs it.</summary>
    internal static async Task<IResult> Resend(EmailBody body, Registration registration)
    {
        await registration.ResendAsync(body.Email);
        return TypedResults.Ok();
    }

    /// <summary>Sends a link to a new password, if the address has an account.</summary>
    internal static async Task<IResult> Forgot(EmailBody body, Registration registration)
    {
        await registration.ForgotPasswordAsync(body.Email);
        return TypedResults.Ok();
    }

    /// <summary>Sets a new password with the code from the mail, and ends all sessions.</summary>
    internal static async Task<IResult> Reset(ResetBody body, Passwords passwords)
    {
        var problem = PasswordRules.WhatIsWrong(body.NewPassword, body.Email);
        var check = new Check().That(problem is null, "newPassword", problem ?? "");
        if (check.Problem is { } invalid) return invalid;
        return await passwords.ResetAsync(body.Email, body.ResetCode, body.NewPassword)
            ? TypedResults.Ok()
            : check.That(false, "resetCode", "Is wrong, was used or is too old. Ask for another.").Problem!;
    }

    internal static ProblemHttpResult NotConfirmed() =>
        Problems.Of(401, "invalid-confirmation", "The link is wrong or was used.");

    private static RouteHandlerBuilder SendsLetters(this RouteHandlerBuilder route) =>
        route.RequireRateLimiting(RateLimits.Letters);

    private static RouteHandlerBuilder ChecksCredentials(this RouteHandlerBuilder route) =>
        route.RequireRateLimiting(RateLimits.Credentials);
}
