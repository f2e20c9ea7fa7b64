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
        // As the platform: whoever claimed them may not have the role any more.
        foreach (var row in await wishes.InReviewBy(person.Id))
        {
            await grains.GetOwner(row.Wish.Stream).Done(
                Actor.Platform, new ReleaseWish(), row.Wish.Id.Value, person.Id.Value);
        }

        if (await wishes.InReviewBy(person.Id) is { Count: > 0 }) throw new NotForgottenException(Name);
    }
}
