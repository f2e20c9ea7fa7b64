using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Commits;

/// <summary>Where a published wish stands on the wall, in each of its orders, and what finds it there.</summary>
internal sealed record WallPlace(
    Guid Wish, long PublishedMs, long ClosesDay, long Progress, WishStatus Status, string Category, string Region,
    Guid Project)
{
    /// <summary>Null for a wish that is not published.</summary>
    public static WallPlace? Of(Wish wish, Balance balance) => wish is { PublishedAt: { } at, ClosesOn: not null }
        ? new(
            wish.Id.Value, at.ToUnixTimeMilliseconds(), ClosesDayOf(wish), ProgressOf(wish, balance), wish.Status,
            wish.Category, wish.Region, wish.Project.Value)
        : null;

    /// <summary>The last day of a published wish; long gone when its applicant was erased.</summary>
    public static long ClosesDayOf(Wish wish) => wish.IsApplicantErased ? 0 : wish.ClosesOn!.Value.DayNumber;

    /// <summary>The share of the goal that has come in for good, in millionths.</summary>
    public static long ProgressOf(Wish wish, Balance balance) =>
        wish.GoalMinor == 0 ? 0 : balance.RaisedMinor * 1_000_000 / wish.GoalMinor;
}
