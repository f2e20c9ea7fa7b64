using DreamPlatform.Web.Documentation;

namespace DreamPlatform.Web.Http;

/// <summary>What routes say about themselves, in one call each.</summary>
internal static class Conventions
{
    /// <summary>A route that everybody may read.</summary>
    public static RouteHandlerBuilder IsPublic<TAnswer>(
        this RouteHandlerBuilder route, string name, params (int Status, string Code)[] problems) =>
        route.AllowAnonymous().WithName(name).Produces<TAnswer>().WithProblems(problems);

    /// <summary>A route to read for somebody signed in.</summary>
    public static RouteHandlerBuilder Reads<TAnswer>(
        this RouteHandlerBuilder route, string name, params (int Status, string Code)[] problems) =>
        route.RequireAuthorization().WithName(name).Produces<TAnswer>().WithProblems(problems);

    /// <summary>A command: somebody must be signed in, and it may be refused in all the ways a command can.</summary>
    /// <param name="conflicts">The codes of the rules that may forbid it.</param>
    public static RouteHandlerBuilder Commands<TAnswer>(
        this RouteHandlerBuilder route, string name, int status, params string[] conflicts) =>
        route.RequireAuthorization().WithName(name).Produces<TAnswer>(status)
            .WithProblems([.. conflicts.Select(code => (409, code))])
            .WithProblems(
                (403, "forbidden"), (404, "not-found"),
                (412, "version-stale"), (422, "idempotency-key-reused"), (503, "busy"), (503, "outcome-unknown"));

    public static RouteHandlerBuilder Commands<TAnswer>(
        this RouteHandlerBuilder route, string name, params string[] conflicts) =>
        route.Commands<TAnswer>(name, StatusCodes.Status200OK, conflicts);
}
