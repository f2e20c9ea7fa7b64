using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Queries;

namespace DreamPlatform.Web.People;

/// <summary>The cases that somebody reviews: others take over what they leave undecided.</summary>
internal sealed class CaseData(WishQueries wishes, IGrainFactory grains) : IPersonalData
{
    public string Name => "casesInReview";

    public async Task<object?> Show(Actor person) =>
        (await wishes.InReviewBy(person.Id)).Select(row => row.Wish.Id.Value).ToArray();

    public async Task Forget(Actor person)
    {
        foreach (var row in await wishes.InReviewBy(person.Id))
            await grains.GetOwner(row.Wish.Stream).Done(person, new ReleaseWish(), row.Wish.Id.Value);
    }
}
