using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// What a stolen token must not be enough for needs a session that began a moment ago (OWASP ASVS 5.0, 7.5.1).
/// </summary>
internal static class FreshSignIn
{
    /// <summary>How long after signing in such things can be done.</summary>
    public static readonly TimeSpan For = TimeSpan.FromMinutes(15);

    public static RouteHandlerBuilder NeedsFreshSignIn(this RouteHandlerBuilder route) => route
        .AddEndpointFilter(async (context, next) =>
        {
            var time = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
            return Caller.Of(context.HttpContext) is { } caller && Lacks(caller, time) is { } problem
                ? problem
                : await next(context);
        })
        .WithProblems((403, "sign-in-again"));

    /// <summary>The refusal of a session that is too old; null when it is not.</summary>
    public static ProblemHttpResult? Lacks(Caller caller, TimeProvider time) =>
        time.GetUtcNow() - caller.SignedInAt > For
            ? Problems.Of(403, "sign-in-again", "Sign in again first: this needs a session of the last minutes.")
            : null;
}
