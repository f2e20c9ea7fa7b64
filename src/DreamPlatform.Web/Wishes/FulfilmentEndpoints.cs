using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Wishes;

/// <summary>What finance officers do with the items of a funded wish.</summary>
public static class FulfilmentEndpoints
{
    private const int MaxPayee = 200;

    public static void MapFulfilmentEndpoints(this IEndpointRouteBuilder routes)
    {
        var items = routes.MapGroup("/api/wishes/{id:guid}/items/{itemId:guid}").WithTags("Fulfilment");
        items.MapGet("receipts", Receipts).Reads<Listing<ReceiptView>>("listReceipts", (404, "not-found"));
        items.MapPost("order", Order).Commands<WishAnswer>(
            "orderItem", "wish-not-in-fulfilment", "reviewer-may-not-review-own-case", "item-not-planned",
            "order-exceeds-item", "text-not-kept", "dossier-full");
        items.MapPost("deliver", Deliver).Commands<WishAnswer>(
            "deliverItem", "wish-not-in-fulfilment", "reviewer-may-not-review-own-case", "item-not-ordered",
            "delivery-exceeds-order", "text-not-kept", "dossier-full", "case-files-full")
            .WithProblems((422, "file-unknown"));
        items.MapPost("cancel", Cancel).Commands<WishAnswer>(
            "cancelItem", "wish-not-in-fulfilment", "reviewer-may-not-review-own-case", "item-not-open");
    }

    /// <summary>What must be kept about paying for an item: whom the order pays, and what proves the delivery.</summary>
    internal static async Task<IResult> Receipts(
        Guid id, Guid itemId, Caller caller, WishQueries wishes, IGrainFactory grains)
    {
        if (await wishes.Find(id) is not { } row || !row.Wish.Shows(PrivateField.Receipts, caller.Actor)
            || row.Wish.Items.FirstOrDefault(item => item.Id.Value == itemId) is not { } item) return Answers.NotFound;
        var entries = await Books(grains, itemId).Receipts(row.Wish.Stream, caller.Actor);
        return TypedResults.Ok(new Listing<ReceiptView>(
            [.. entries.Select(entry => ReceiptView.Of(entry, item))], Next: null));
    }

    /// <summary>Orders an item: its money is held for the payee.</summary>
    internal static Task<IResult> Order(
        Guid id, Guid itemId, OrderBody body, MoneyRequest request, IGrainFactory grains, PlatformSecret secret)
    {
        var check = new Check().Text("payee", body.Payee, MaxPayee)
            .Range("amountMinor", body.AmountMinor, 1, Money.MaxAmountMinor);
        if (check.Problem is { } problem) return Task.FromResult<IResult>(problem);
        var payee = secret.IdOf($"payee/{body.Payee.Trim()}");
        var command = new OrderItem(new ItemId(itemId), payee, body.AmountMinor);
        return Books(grains, itemId).Execute(
            new WishId(id).Stream, request.Envelope(command, new { payee, body.AmountMinor }), new Note(body.Payee))
            .Answer<Wish>(WishEndpoints.Answer);
    }

    /// <summary>Delivers an item: the actual amount is paid, what is left goes back to the project.</summary>
    internal static Task<IResult> Deliver(
        Guid id, Guid itemId, DeliverBody body, MoneyRequest request, IGrainFactory grains)
    {
        var check = new Check().Evidence("evidence", body.Evidence)
            .Range("actualAmountMinor", body.ActualAmountMinor, 1, Money.MaxAmountMinor);
        if (check.Problem is { } problem) return Task.FromResult<IResult>(problem);
        var command = new DeliverItem(new ItemId(itemId), body.ActualAmountMinor);
        return Books(grains, itemId).Execute(
            new WishId(id).Stream, request.Envelope(command, body.ActualAmountMinor), body.ToNote())
            .Answer<Wish>(WishEndpoints.Answer);
    }

    /// <summary>Cancels an item that is not delivered: its money goes back to the project.</summary>
    internal static Task<IResult> Cancel(Guid id, Guid itemId, CommandRequest request, IGrainFactory grains) =>
        WishEndpoints.Execute(grains, id, request.Envelope(new CancelItem(new ItemId(itemId))));

    /// <summary>The receipts of an item; the foundation keeps them, whatever becomes of the applicant's own dossier.</summary>
    private static IDossierGrain Books(IGrainFactory grains, Guid itemId) =>
        grains.GetGrain<IDossierGrain>(new ItemId(itemId).Receipts);
}
