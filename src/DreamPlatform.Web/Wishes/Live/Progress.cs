using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Queries;

namespace DreamPlatform.Web.Wishes.Live;

/// <summary>How far a wish is, as its listeners hear it.</summary>
/// <param name="PledgedMinor">Promised or paid, grants included.</param>
/// <param name="PaidMinor">Received, grants included.</param>
/// <param name="PledgeCount">How many pledges stand.</param>
public sealed record Progress(long PledgedMinor, long PaidMinor, long GoalMinor, string Status, long PledgeCount)
{
    internal static Progress Of(WishRow row) => new(
        row.Balance.PledgedMinor, row.Balance.RaisedMinor, row.Wish.GoalMinor, Names.Of(row.Wish.Status), row.Pledges);

    /// <summary>Whether it will never be any other.</summary>
    internal bool IsFinal => Names.Parse<WishStatus>(Status) is WishStatus.Fulfilled or WishStatus.Rejected
        or WishStatus.Withdrawn or WishStatus.Cancelled;

    /// <summary>What a listener who comes back says that it heard last.</summary>
    internal string Id => $"{Status}-{PledgedMinor}-{PaidMinor}";
}
