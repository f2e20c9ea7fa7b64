using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Messages.Texts;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>
/// What a message about a wish or a pledge may name: its number, amounts, days and a link. Mail is read by whoever
/// finds the phone, so there is no name, no title and no story in it.
/// </summary>
internal sealed class News(WishQueries wishes, PledgeQueries pledges, Links links)
{
    /// <summary>Null when what it was about is not there.</summary>
    public async Task<TextValues?> About(Due due) => due.Owner.Kind switch
    {
        StreamKind.Wish when await wishes.Find(due.Owner.Value) is { } row => await OfWish(row.Wish, due),
        StreamKind.Pledge when await pledges.Find(due.Owner.Value) is { } pledge => new TextValues
        {
            ["pledge"] = SpokenNumber.Of(pledge.Id.Value),
            ["amount"] = new Amount(pledge.AmountMinor),
            ["link"] = links.To(pledge.Target.Kind == StreamKind.Wish
                ? $"/wishes/{pledge.Target.Value}"
                : $"/projects/{pledge.Target.Value}"),
        },
        _ => null,
    };

    private async Task<TextValues> OfWish(Wish wish, Due due)
    {
        var values = new TextValues
        {
            ["wish"] = SpokenNumber.Of(wish.Id.Value),
            ["amount"] = new Amount(await AmountOf(wish, due)),
            ["link"] = links.To(IsForAll(wish, due) ? $"/wishes/{wish.Id}" : $"/me/wishes/{wish.Id}"),
        };
        if (wish.ReviewDueAt is { } reviewDueAt) values["reviewBy"] = PlatformCalendar.DayOf(reviewDueAt);
        if (wish.ClosesOn is { } closesOn) values["closesOn"] = closesOn;
        return values;
    }

    /// <summary>Whether the page that everybody sees says it all. Not where there is something to do.</summary>
    private static bool IsForAll(Wish wish, Due due) => wish.IsPublished
        && due.Telling!.Topic is not (Topic.WishSubmitted or Topic.WishApproved or Topic.ItemDelivered);

    private async Task<long> AmountOf(Wish wish, Due due) => due.Telling!.Topic == Topic.ItemDelivered
        && await wishes.History(wish.Id.Value, due.Version - 1, 1) is [{ Event: ItemDelivered delivered }]
        ? delivered.ActualAmountMinor
        : wish.GoalMinor;
}
