using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Errors;

/// <summary>Makes every refusal the API gives: RFC 9457 with a stable code that clients may switch on.</summary>
public static class Problems
{
    /// <summary>The code of a request that cannot be read, with errors by field.</summary>
    public const string Malformed = "malformed";

    /// <summary>The member that says how long to wait.</summary>
    internal const string RetryAfterSeconds = "retryAfterSeconds";

    /// <summary>A refusal; the extensions become members beside the code.</summary>
    public static ProblemHttpResult Of(
        int status, string code, string detail, params ReadOnlySpan<(string Name, object? Value)> extensions)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        foreach (var (name, value) in extensions) members[name] = value;
        return TypedResults.Problem(detail: detail, statusCode: status, extensions: members);
    }

    /// <summary>A refusal that ends by itself; the answer says when, in Retry-After too.</summary>
    public static ProblemHttpResult Wait(TimeSpan wait, string code, string detail) => Of(
        StatusCodes.Status429TooManyRequests, code, detail,
        (RetryAfterSeconds, Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))));

    /// <summary>A request that is wrong in the fields named; the empty name stands for the whole body.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors, string code = Malformed) =>
        Of(StatusCodes.Status400BadRequest, code, "The request is not valid; errors says where.", ("errors", errors));

    /// <summary>What the framework refuses by status alone.</summary>
    internal static (string Code, string Detail) OfStatus(int status) => status switch
    {
        400 => (Malformed, "The request could not be read."),
        401 => ("not-signed-in", "Sign in, and send the token as Authorization: Bearer."),
        403 => ("forbidden", "Your role does not allow this."),
        404 => ("not-found", "There is no such thing, or you may not see it."),
        405 => ("method-not-allowed", "This address does not take this method; Allow says which it takes."),
        408 => ("request-timeout", "The request came too slowly."),
        409 => ("conflict", "The state forbids it."),
        412 => ("version-stale", "It was changed since you read it. Read it again and repeat your change."),
        413 => ("body-too-large", $"A body has at most {RequestLimits.MaxBodyBytes} bytes."),
        415 => ("unsupported-media-type", "Send JSON in UTF-8, with Content-Type: application/json."),
        429 => ("too-many-requests", "Wait as long as Retry-After says."),
        503 => ("busy", "Nothing was done. Repeat with the same key after as many seconds as Retry-After says."),
        < 500 => ("refused", "The request was refused."),
        _ => ("internal-error", "Something went wrong on our side; it has been noted."),
    };
}
