using System.Text.Json;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Errors;

namespace DreamPlatform.Web.Http;

/// <summary>Maps what became of a command to an answer.</summary>
internal static class Answers
{
    /// <summary>The answer for an accepted command about a state, or the problem that stands in its way.</summary>
    public static async Task<IResult> Answer<TState>(
        this Task<Outcome> outcome, Func<TState, CommandAccepted, IResult> accepted) where TState : StreamState =>
        await outcome switch
        {
            CommandAccepted { State: TState state } done => accepted(state, done),
            CommandRefused refused => Of(refused.Rejection),
            CommandBusy => Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "busy",
                "Nothing was done. Send the same request again in a moment."),
            CommandOutcomeUnknown => Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "outcome-unknown",
                "It is not known whether this was done. Repeat with the same key to find out."),
            CommandUnreadable => RequestErrors.RecordUnreadable,
            _ => TypedResults.StatusCode(StatusCodes.Status500InternalServerError),
        };

    /// <summary>The one place where a rejection becomes a problem: its stored name is the code.</summary>
    public static IResult Of(Rejection rejection) => Problems.Of(
        rejection.Kind switch
        {
            RejectionKind.NotFound => StatusCodes.Status404NotFound,
            RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
            RejectionKind.Conflict => StatusCodes.Status409Conflict,
            RejectionKind.Stale => StatusCodes.Status412PreconditionFailed,
            RejectionKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            RejectionKind.UnsupportedKind => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        rejection.Code, rejection.Detail,
        [.. JsonSerializer.SerializeToElement(rejection, rejection.GetType(), JournalJson.Options).EnumerateObject()
            .Select(member => (member.Name, (object?)member.Value))]);

    public static IResult NotFound => Of(new NotFound());

    /// <summary>An answer with the version of what it is about as its ETag.</summary>
    public static IResult Tagged<T>(
        T body, long version, int status = StatusCodes.Status200OK, string? location = null) =>
        new TaggedResult<T>(body, version, status, location);

    private sealed record TaggedResult<T>(T Body, long Version, int Status, string? Location)
        : IResult, IValueHttpResult
    {
        public object? Value => Body;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = IfMatch.Tag(Version);
            httpContext.Response.StatusCode = Status;
            if (Location is not null) httpContext.Response.Headers.Location = Location;
            return httpContext.Response.WriteAsJsonAsync(Body);
        }
    }
}
