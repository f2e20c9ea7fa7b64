using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.Wishes.Live;

/// <summary>The progress of a wish as it happens.</summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(30);

    public static void AddLiveProgress(this WebApplicationBuilder builder)
    {
        builder.AddSettings<LiveSettings>("Live").Validate(
            live => live.IsValid,
            "Set Live:MaxListeners and Live:MaxListenersPerClient to numbers from 1 to 1000000, Live:LookEvery to a "
            + "time from 00:00:00.050 to 00:01:00, and Live:HeartbeatEvery to a longer one, up to 00:05:00.");
        builder.Services.AddSingleton<Watchers>();
    }

    public static void MapLiveProgress(this IEndpointRouteBuilder wishes) =>
        wishes.MapGet("{id:guid}/live", Listen).AllowAnonymous().WithName("listenToWish")
            .Produces<Progress>(StatusCodes.Status200OK, "text/event-stream").Produces(StatusCodes.Status204NoContent)
            .WithProblems((404, "not-found"), (429, "too-many-listeners"));

    /// <summary>
    /// How far a published wish is, as server-sent events: progress at once and whenever it changes, else a heartbeat.
    /// Ends when the wish's status is final; 204 for who comes back after that.
    /// </summary>
    internal static async Task<IResult> Listen(Guid id, HttpContext http, WishQueries wishes, Watchers watchers)
    {
        if (await wishes.Find(id) is not { Wish.IsPublished: true } row) return Answers.NotFound;
        var now = Progress.Of(row);
        if (now.IsFinal && http.Request.Headers["Last-Event-ID"] == now.Id) return TypedResults.NoContent();
        if (watchers.Enter(id, now, ClientAddress.Of(http)) is not { } place)
            return Problems.Wait(
                ComeBackAfter, "too-many-listeners",
                "Too many are listening. Read the wish itself, or come back later.");
        http.Response.RegisterForDispose(place);
        return TypedResults.ServerSentEvents(place.Listen(http.RequestAborted));
    }
}
