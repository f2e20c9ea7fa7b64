using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>Where on a page a refusal is said.</summary>
internal static class Refusals
{
    /// <summary>That somebody may not open a page.</summary>
    public static ProblemDetails Forbidden => PageResult.ProblemOf(Answers.Of(new Forbidden()))!;

    /// <summary>
    /// Whether a form was sent. It is shown then even if it is no longer offered, so that who sends it twice, or late,
    /// hears what became of it.
    /// </summary>
    public static bool Sends(this Visitor visitor, string form) =>
        HttpMethods.IsPost(visitor.Http.Request.Method) && visitor.Http.Request.HasFormContentType
        && visitor.Http.Request.Form["_handler"] == form;

    /// <summary>Says a refusal beside the field that is its reason, if it has one of these codes.</summary>
    public static async Task<IResult> Beside(
        this Task<IResult> answering, ProblemWords words, string field, params string[] codes)
    {
        var result = await answering;
        return PageResult.ProblemOf(result) is { } problem && codes.Contains(ProblemWords.CodeOf(problem))
            ? new Check().That(false, field, words.Of(problem)).Problem!
            : result;
    }

    /// <summary>An amount that must be there; 0 beside a problem where it is not.</summary>
    public static long RequiredAmount(this Posted posted, string name)
    {
        posted.Required(name);
        return posted.Amount(name) ?? 0;
    }
}
