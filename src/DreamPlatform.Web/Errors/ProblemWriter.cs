using System.Diagnostics;
using System.Globalization;
using DreamPlatform.Web.Accounts;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Errors;

/// <summary>
/// The one place where a problem becomes bytes. The stock writer answers browsers in plain text; an API answers
/// everybody in the same form.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json, SecurityLog security) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (response, problem) = (context.HttpContext.Response, context.ProblemDetails);
        var status = problem.Status ??= response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        var (code, detail) = Problems.OfStatus(status);
        if (problem.Extensions.TryAdd("code", code)) problem.Detail = detail;
        if (status is 401 or 403 or 429)
            security.Refused(context.HttpContext, status, (string)problem.Extensions["code"]!);
        if (status >= 500)
            problem.Extensions.TryAdd("traceId", Activity.Current?.Id ?? context.HttpContext.TraceIdentifier);
        if (problem.Extensions.TryGetValue(Problems.RetryAfterSeconds, out var seconds))
            response.Headers.RetryAfter = Convert.ToString(seconds, CultureInfo.InvariantCulture);
        if (status is 429 or 503 && response.Headers.RetryAfter.Count == 0) response.Headers.RetryAfter = "1";
        return new(response.WriteAsJsonAsync(
            problem, problem.GetType(), json.Value.SerializerOptions, "application/problem+json",
            context.HttpContext.RequestAborted));
    }
}
