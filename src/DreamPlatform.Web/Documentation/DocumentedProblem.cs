using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Authorization;

namespace DreamPlatform.Web.Documentation;

/// <summary>A refusal that a route may give, for the API's document.</summary>
public sealed record DocumentedProblem(int Status, string Code);

/// <summary>How routes declare what they refuse.</summary>
public static class DocumentedProblems
{
    /// <summary>
    /// Declares a route's own problems. Those that follow from its shape need no word: 400, 413 and 415 of what it
    /// reads, 401 and 403 of who may call it.
    /// </summary>
    public static T WithProblems<T>(this T route, params (int Status, string Code)[] problems)
        where T : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            foreach (var (status, code) in problems) endpoint.Metadata.Add(new DocumentedProblem(status, code));
        });
        return route;
    }

    /// <summary>All that a route refuses, its own and what follows from its shape.</summary>
    internal static IEnumerable<DocumentedProblem> Of(IList<object> metadata, bool readsBody, bool readsParameters)
    {
        var authorize = metadata.OfType<IAuthorizeData>().ToList();
        var own = metadata.OfType<DocumentedProblem>();
        if (readsBody || readsParameters) own = own.Append(new(400, "malformed"));
        if (readsBody) own = own.Append(new(413, "body-too-large")).Append(new(415, "unsupported-media-type"));
        own = own.Concat(metadata.OfType<DocumentedParameter>().SelectMany(parameter => parameter.Problems)
            .Select(code => new DocumentedProblem(StatusCodes.Status400BadRequest, code)));
        if (authorize.Count > 0) own = own.Append(new(401, "not-signed-in")).Append(new(400, "acting-for-not-allowed"));
        if (authorize.Count > 0 && !metadata.OfType<SecondFactorLater>().Any())
            own = own.Append(new(403, "second-factor-required"));
        own = own.Append(new(429, "too-many-requests"));
        if (authorize.Any(it => it.Policy is not null)) own = own.Append(new(403, "forbidden"));
        return own.Distinct();
    }
}
