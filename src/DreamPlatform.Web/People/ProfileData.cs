using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.People;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Web.People;

/// <summary>What somebody told of themselves, and what they want to be told of.</summary>
internal sealed class ProfileData(IGrainFactory grains) : IPersonalData
{
    public string Name => "profile";

    public async Task<object?> Show(Actor person)
    {
        var profile = await grains.GetProfile(person.Id).Get();
        return new
        {
            profile.Name,
            profile.Phone,
            Language = profile.Language is { } language ? Names.Of(language) : null,
            profile.ByMail,
            profile.BySms,
            Unwanted = profile.Unwanted.Select(topic => Names.Of(topic)),
        };
    }

    public Task Forget(Actor person) => grains.GetProfile(person.Id).Erase();
}
