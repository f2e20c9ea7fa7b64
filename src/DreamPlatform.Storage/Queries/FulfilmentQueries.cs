using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Queries;

/// <summary>What a finance officer has to see to next.</summary>
public enum FulfilmentQueue
{
    /// <summary>Items of funded wishes that nobody ordered yet.</summary>
    ToOrder,

    /// <summary>Ordered items that were not delivered yet.</summary>
    ToDeliver,
}

/// <summary>A wish with the items that wait in a queue.</summary>
/// <param name="Names">The published names of items.</param>
public sealed record FulfilmentRow(
    WishRow Row, IReadOnlyList<WishItem> Items, IReadOnlyDictionary<ItemId, string> Names)
{
    /// <summary>Where it is in the order of the queue.</summary>
    public (long At, Guid Id) Place => (Row.Wish.PublishedAt!.Value.ToUnixTimeMilliseconds(), Row.Wish.Id.Value);
}

/// <summary>Lists what is to be ordered and delivered.</summary>
public sealed class FulfilmentQueries(WishQueries wishes, TextQueries texts)
{
    /// <summary>The wishes of a foundation with items in a queue, those first that were published first.</summary>
    public async Task<IReadOnlyList<FulfilmentRow>> Of(
        FulfilmentQueue queue, FoundationId foundation, (long At, Guid Id)? after, int limit)
    {
        var status = queue == FulfilmentQueue.ToOrder ? ItemStatus.Planned : ItemStatus.Ordered;
        var rows = await wishes.ToFulfil(queue, foundation, after, limit);
        return await Named(
        [
            .. rows.Select(row => new FulfilmentRow(
                row, [.. row.Wish.Items.Where(item => item.Status == status)], new Dictionary<ItemId, string>())),
        ]);
    }

    private async Task<IReadOnlyList<FulfilmentRow>> Named(IReadOnlyList<FulfilmentRow> rows)
    {
        var named = await texts.Of([.. rows.SelectMany(row => row.Items).Select(item => item.Id.Value)]);
        return
        [
            .. rows.Select(row => row with
            {
                Names = row.Items.Where(item => named.ContainsKey((item.Id.Value, TextField.ItemName)))
                    .ToDictionary(item => item.Id, item => named[(item.Id.Value, TextField.ItemName)]),
            }),
        ];
    }
}
