using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>Gives what ASP.NET Core Identity's endpoints refuse our codes and field names.</summary>
internal sealed class IdentityProblems : IEndpointFilter
{
    private const int MaxEmailLength = 254;
    private const int ConstraintFailed = 19;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is RegisterRequest { Email: { Length: > MaxEmailLength } })
                return Invalid(context, [new("email", [$"Must have at most {MaxEmailLength} characters."])]);
        }

        // Identity parses this id itself and throws where it is no UUID.
        if (context.HttpContext.Request.Query["userId"] is { Count: > 0 } id && !Guid.TryParse(id, out _))
            return Invalid(context, [new("userId", ["Must be a UUID."])]);
        object? result;
        try
        {
            result = await next(context);
        }
        catch (DbUpdateException e) when (e.GetBaseException() is SqliteException { SqliteErrorCode: ConstraintFailed })
        {
            // Identity looks first and then writes; somebody else registered the address in between.
            return Invalid(context, [new("email", ["Is already taken."])]);
        }

        return Leaf(result) switch
        {
            ProblemHttpResult { StatusCode: 401 } refused => Refused(refused.ProblemDetails.Detail),
            ValidationProblem invalid => Invalid(context, invalid.ProblemDetails.Errors
                .GroupBy(error => FieldOf(error.Key), error => error.Value)
                .Select(field => KeyValuePair.Create(field.Key, field.SelectMany(it => it).Distinct().ToArray()))),
            ChallengeHttpResult => Problems.Of(401, "invalid-refresh-token", "Sign in again."),
            UnauthorizedHttpResult => Problems.Of(401, "invalid-confirmation", "The link is wrong or was used."),
            _ => result,
        };
    }

    private static object? Leaf(object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        return result;
    }

    private static ProblemHttpResult Refused(string? why) => why switch
    {
        "LockedOut" => Problems.Of(401, "locked-out", "Too many wrong passwords. Try again in five minutes."),
        "NotAllowed" => Problems.Of(401, "not-allowed", "This account may not sign in yet."),
        "RequiresTwoFactor" => Problems.Of(401, "two-factor-required", "Send twoFactorCode too."),
        _ => Problems.Of(401, "invalid-credentials", "The e-mail address or the password is wrong."),
    };

    private static ProblemHttpResult Invalid(
        EndpointFilterInvocationContext context, IEnumerable<KeyValuePair<string, string[]>> errors) =>
        Problems.Invalid(
            new Dictionary<string, string[]>(errors),
            context.HttpContext.Request.Path.Value!.EndsWith("/register", StringComparison.OrdinalIgnoreCase)
                ? "invalid-registration" : Problems.Malformed);

    /// <summary>Identity's error codes name the rule; callers want to know the field.</summary>
    private static string FieldOf(string code) => code switch
    {
        "PasswordMismatch" => "oldPassword",
        _ when code.StartsWith("Password", StringComparison.Ordinal) => "password",
        "DuplicateEmail" or "InvalidEmail" or "DuplicateUserName" or "InvalidUserName" => "email",
        _ => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(code),
    };
}
