using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Tests.Commits;

namespace DreamPlatform.Storage.Tests.Queries;

/// <summary>What donors give to a wish of a scene, and what it is spent on.</summary>
internal static class Gifts
{
    public static readonly Guid Shop = Guid.CreateVersion7();

    public static Task Fund(this FaultScene scene, WishId wish, long amountMinor) => scene.Give(wish, World.Donor, amountMinor);

    public static async Task Give(this FaultScene scene, WishId wish, Actor donor, long amountMinor, bool isAnonymous = false)
    {
        var pledge = World.Pledge(amountMinor) with { Anonymous = isAnonymous };
        await scene.World.Done(wish.Stream, donor, pledge);
        await scene.World.Done(wish.Stream, Actor.Platform, World.Payment(pledge));
    }

    public static Task<CommandAccepted> ShowName(this FaultScene scene, Actor donor, string name) =>
        scene.World.Done(new StreamId(StreamKind.Donor, donor.Id.Value), donor, new ShowDonorName(name));

    public static async Task Spend(this FaultScene scene, WishId wish, ItemId item, long orderedMinor, long actualMinor)
    {
        await scene.World.Done(wish.Stream, World.Finance, new OrderItem(item, Shop, orderedMinor, 1));
        await scene.World.Done(wish.Stream, World.Finance, new DeliverItem(item, actualMinor, 1));
    }
}
