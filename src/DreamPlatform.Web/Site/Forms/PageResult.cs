using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>Reads what a handler of the API answered, for a page that called it in process.</summary>
internal static class PageResult
{
    /// <summary>Why it was refused; null if it was not.</summary>
    public static ProblemDetails? ProblemOf(IResult result) => result switch
    {
        ProblemHttpResult problem => problem.ProblemDetails,
        IStatusCodeHttpResult { StatusCode: >= 400 and var status } => OfStatus(status),
        _ => null,
    };

    public static object? ValueOf(IResult result) => (result as IValueHttpResult)?.Value;

    public static string? RedirectOf(IResult result) => (result as RedirectHttpResult)?.Url;

    /// <summary>The body of an answer that is read; one of the two is null.</summary>
    public static async Task<(T? Value, ProblemDetails? Problem)> ReadAsync<T>(this Task<IResult> answering)
        where T : class
    {
        var result = await answering;
        return ProblemOf(result) is { } problem ? (null, problem) : ((T)ValueOf(result)!, null);
    }

    private static ProblemDetails OfStatus(int status)
    {
        var (code, detail) = Errors.Problems.OfStatus(status);
        return Errors.Problems.Of(status, code, detail).ProblemDetails;
    }
}
