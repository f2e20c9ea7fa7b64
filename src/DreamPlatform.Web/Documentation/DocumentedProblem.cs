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

    /// <summary>Declares the problems of the routes that ASP.NET Core Identity maps for us.</summary>
    internal static void WithIdentityProblems(this IEndpointConventionBuilder routes) => routes.Add(endpoint =>
    {
        var last = ((RouteEndpointBuilder)endpoint).RoutePattern.RawText!.Split('/')[^1];
        foreach (var problem in last switch
        {
            "register" => [new(400, "invalid-registration")],
            "login" => [new(401, "invalid-credentials"), new(401, "locked-out"), new(401, "two-factor-required")],
            "refresh" => [new(401, "invalid-refresh-token")],
            "confirmEmail" => [new(401, "invalid-confirmation")],
            _ => Array.Empty<DocumentedProblem>(),
        }) endpoint.Metadata.Add(problem);
    });

    /// <summary>All that a route refuses, its own and what follows from its shape.</summary>
    internal static IEnumerable<DocumentedProblem> Of(IList<object> metadata, bool readsBody, bool readsParameters)
    {
        var authorize = metadata.OfType<IAuthorizeData>().ToList();
        var own = metadata.OfType<DocumentedProblem>();
        if (readsBody || readsParameters) own = own.Append(new(400, "malformed"));
        if (readsBody) own = own.Append(new(413, "body-too-large")).Append(new(415, "unsupported-media-type"));
        own = own.Concat(metadata.OfType<DocumentedParameter>().SelectMany(parameter => parameter.Problems)
            .Select(code => new DocumentedProblem(StatusCodes.Status400BadRequest, code)));
        if (authorize.Count > 0) own = own.Append(new(401, "not-signed-in"));
        if (authorize.Any(it => it.Policy is not null)) own = own.Append(new(403, "forbidden"));
        return own.Distinct();
    }
}
