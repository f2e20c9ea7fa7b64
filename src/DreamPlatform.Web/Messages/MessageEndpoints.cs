using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Messages;

/// <summary>A message that is owed; to whom, and what it says, nobody is shown.</summary>
/// <param name="LastError">A code of why the last attempt failed.</param>
/// <param name="Since">When that happened which it tells of.</param>
/// <param name="NextAt">When it is tried next; null when it is stuck.</param>
public sealed record OwedMessageView(
    Guid Id, string Topic, string State, int Attempts, string? LastError, DateTimeOffset Since,
    DateTimeOffset? NextAt)
{
    internal static OwedMessageView Of(MessageRow row)
    {
        var isStuck = row.NextAt == MessageRows.Never;
        return new OwedMessageView(
            row.Id, row.Topic, isStuck ? "stuck" : "waiting", row.Attempts, row.LastError, Derived.TimeOf(row.Id),
            isStuck ? null : row.NextAt);
    }
}

/// <summary>What operators see of messages.</summary>
internal static class MessageEndpoints
{
    private const byte ListOfMessages = 31;

    public static void MapMessageEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/messages").WithTags("Messages").RequireAuthorization(Policies.Operators);
        group.MapGet("", List).WithName("getMessages").Produces<Listing<OwedMessageView>>();
        group.MapPost("{id:guid}/retry", Retry).WithName("retryMessage").Produces(StatusCodes.Status202Accepted)
            .WithProblems((404, "not-found"));
    }

    /// <summary>Messages that wait to be sent, or that are stuck, the next one first.</summary>
    internal static async Task<IResult> List(MessageDesk desk, Page page, string state = "waiting")
    {
        var check = new Check().That(state is "waiting" or "stuck", "state", "Must be waiting or stuck.");
        if (check.Problem is { } problem) return problem;
        var after = page.Cursor(ListOfMessages);
        var rows = await desk.ListAsync(
            state == "stuck", after is { } it ? (DateTimeOffset.FromUnixTimeMilliseconds(it.At), it.Id) : null,
            page.Limit + 1);
        return TypedResults.Ok(page.Of(
            rows, row => new Cursor(ListOfMessages, row.NextAt.ToUnixTimeMilliseconds(), row.Id))
            .Select(OwedMessageView.Of));
    }

    /// <summary>Has a message that is stuck or waits tried at once, and as often as a new one.</summary>
    internal static async Task<IResult> Retry(Guid id, MessageDesk desk) =>
        await desk.RetryAsync(id) ? TypedResults.Accepted((string?)null) : Answers.NotFound;
}
