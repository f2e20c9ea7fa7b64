using DreamPlatform.Web.Errors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DreamPlatform.Web.Operating;

/// <summary>How health is answered: which checks failed, never why; the log has that.</summary>
internal static class Health
{
    public static Task WriteAsync(HttpContext http, HealthReport report) =>
        report.Status == HealthStatus.Healthy
            ? TypedResults.Ok(new { status = "healthy" }).ExecuteAsync(http)
            : Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "not-ready", "Not every part of the platform works.",
                ("failing", report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
                    .Select(entry => entry.Key).Order(StringComparer.Ordinal).ToArray())).ExecuteAsync(http);
}
