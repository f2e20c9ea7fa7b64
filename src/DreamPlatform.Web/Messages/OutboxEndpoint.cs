using DreamPlatform.Web.Http;
using DreamPlatform.Web.Messages.Sending;

namespace DreamPlatform.Web.Messages;

/// <summary>What a demo would have sent.</summary>
internal static class OutboxEndpoint
{
    private const byte ListOfOutbox = 32;

    public static void MapOutboxEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/demo/outbox", List).WithTags("Demo").IsPublic<Listing<OutboxMessage>>("getDemoOutbox");

    /// <summary>The newest messages of this demo, to one address or phone or to all. Only with --demo.</summary>
    internal static IResult List(DemoOutbox outbox, Page page, string? to = null)
    {
        var rows = outbox.List(to, page.Cursor(ListOfOutbox)?.At, page.Limit + 1);
        return TypedResults.Ok(
            page.Of(rows, row => new Cursor(ListOfOutbox, row.Number)).Select(row => row.Message));
    }
}
