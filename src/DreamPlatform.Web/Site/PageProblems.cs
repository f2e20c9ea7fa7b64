using System.Globalization;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Site;

/// <summary>Whatever is refused somebody with a browser becomes a page that says what to do next.</summary>
internal sealed class PageProblems : IProblemDetailsWriter
{
    public const string SecondFactorPage = "/me/second-factor";

    public bool CanWrite(ProblemDetailsContext context) => SitePage.IsHtmlWanted(context.HttpContext);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ??= http.Response.StatusCode;
        if (problem.Extensions.TryAdd("code", Problems.OfStatus(status).Code))
            problem.Detail = Problems.OfStatus(status).Detail;
        if (problem.Extensions["code"] is "second-factor-required")
        {
            http.Response.Redirect(SecondFactorPage);
            return;
        }

        if (problem.Extensions.TryGetValue(Problems.RetryAfterSeconds, out var seconds))
            http.Response.Headers.RetryAfter = Convert.ToString(seconds, CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        http.Features.Set(SitePage.Policy);
        await ShowAsync(http, status, new() { [nameof(App.Problem)] = problem });
    }

    /// <summary>A page in place of the one that was asked for.</summary>
    public static async Task ShowAsync(HttpContext http, int status, Dictionary<string, object?> page)
    {
        // The services of a page that failed are used up.
        var services = http.RequestServices;
        // A page that found nothing has set these already, and they may be added once only.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        http.Response.Headers.Remove("ssr-framing");
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<App>(page) { StatusCode = status }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}
