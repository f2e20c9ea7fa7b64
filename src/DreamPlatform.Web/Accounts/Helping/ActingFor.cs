using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Accounts.Helping;

/// <summary>The Acting-For header: the applicant for whom a helper sends the request.</summary>
internal static class ActingFor
{
    private const string Header = "Acting-For";

    private static readonly DocumentedParameter Parameter = new(
        Header, IsHeader: true, IsRequired: false,
        "The account id of an applicant whom you help: the request is then theirs, sent by you.", Format: "uuid")
    {
        Problems = ["acting-for-malformed"],
    };

    /// <summary>A route of applicants, that a helper may use for them.</summary>
    public static RouteHandlerBuilder MayActFor(this RouteHandlerBuilder route) =>
        route.WithMetadata(Parameter).WithProblems((403, "not-a-helper"));

    /// <summary>The caller, acting for whom the header names; or a problem if they may not.</summary>
    /// <exception cref="MalformedRequestException">The header is wrong, or the route takes none.</exception>
    public static (Caller Caller, ProblemHttpResult? Problem) Of(HttpContext http, Caller caller)
    {
        var values = http.Request.Headers[Header];
        var route = http.GetEndpoint()?.Metadata;
        // What everybody may see is the same for whoever asks.
        if (values.Count == 0 || route?.GetMetadata<IAuthorizeData>() is null) return (caller, null);
        if (!route.Contains(Parameter))
            throw new MalformedRequestException(
                "acting-for-not-allowed", Header, "Is for what applicants do. Leave it out and act for yourself.");
        if (values.Count != 1 || !Guid.TryParseExact(values[0], "D", out var id))
            throw new MalformedRequestException("acting-for-malformed", Header, "Must be one account id.");
        var applicant = new AccountId(id);
        return applicant == caller.Id ? (caller, NotAHelper()) : As(caller, applicant);
    }

    /// <summary>The caller, acting for an applicant; or a problem if they may not. For themselves anybody acts.</summary>
    public static (Caller Caller, ProblemHttpResult? Problem) As(Caller caller, AccountId applicant)
    {
        if (applicant == caller.Id) return (caller with { Actor = caller.Actor with { ActingFor = null } }, null);
        return caller.Actor.Helps.Contains(applicant)
            ? (caller with { Actor = caller.Actor with { ActingFor = applicant } }, null)
            : (caller, NotAHelper());
    }

    private static ProblemHttpResult NotAHelper() =>
        Problems.Of(403, "not-a-helper", "This applicant has not agreed, or no more, that you help.");
}
