using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Wishes;

namespace DreamPlatform.Web.People;

/// <summary>What somebody applied for, with its private part, what is published of it, and who looked.</summary>
internal sealed class WishData(
    WishQueries wishes, TextQueries texts, IGrainFactory grains, JournalOptions journal, ILogger<WishData> logger)
    : IPersonalData
{
    public string Name => "wishes";

    public async Task<object?> Show(Actor person)
    {
        var all = new List<object>();
        await foreach (var row in Pages.Of(after => wishes.OfApplicant(person.Id, after, Pages.Size), it => it.Wish.Id.Value))
        {
            var published = await texts.Of([row.Wish.Id.Value, .. row.Wish.Items.Select(item => item.Id.Value)]);
            all.Add(new
            {
                Case = await OrUnreadable(row.Wish, async dossier =>
                    WishCase.Of(await dossier.Look(person, reason: null), person, journal.Currency)),
                Published = published.Select(text => new { text.Key.Subject, Field = text.Key.Field.ToString(), Text = text.Value }),
                Looks = await OrUnreadable(row.Wish, async dossier =>
                    (await dossier.Looks(person)).Select(LookView.Of).ToArray()),
            });
        }

        return all;
    }

    public async Task Forget(Actor person)
    {
        // What everybody can read goes first, of every wish.
        await foreach (var row in Pages.Of(after => wishes.OfApplicant(person.Id, after, Pages.Size), it => it.Wish.Id.Value))
            if (!row.Wish.IsApplicantErased)
                await grains.GetOwner(row.Wish.Stream).Done(person, new EraseApplicant(), row.Wish.Id.Value);
        await foreach (var row in Pages.Of(after => wishes.OfApplicant(person.Id, after, Pages.Size), it => it.Wish.Id.Value))
            await logger.OrUnreadable(row.Wish.Stream.ToString(), () => Dossier(row.Wish).Erase());
    }

    private Task<object?> OrUnreadable(Wish wish, Func<IDossierGrain, Task<object?>> show) =>
        logger.OrUnreadable(wish.Stream.ToString(), () => show(Dossier(wish)));

    private IDossierGrain Dossier(Wish wish) => WishEndpoints.Dossier(grains, wish.Id.Value);
}
