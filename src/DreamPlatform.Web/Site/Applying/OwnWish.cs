using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Wishes;

namespace DreamPlatform.Web.Site.Applying;

/// <summary>A wish for whoever applied.</summary>
/// <param name="Draft">What they wrote.</param>
/// <param name="IsTooLate">Whether its project ended while the applicant still had to do something.</param>
public sealed record OwnWish(WishRow Row, WishCase Case, Draft Draft, bool IsTooLate)
{
    /// <summary>What is asked of the applicant, of all that they may do.</summary>
    private static readonly string[] Asked = ["edit", "accept", "confirm-receipt"];

    public Wish Wish => Row.Wish;

    public string? Title => Row.Title ?? Case.ToPublish?.Title ?? Draft.Written.Title;

    /// <summary>What is needed from the applicant now; null when they only have to wait.</summary>
    public string? Task => Asked.FirstOrDefault(task => Case.Next.Contains(task) && !(IsTooLate && task == "accept"));

    /// <summary>Whether it collects no more though it is short of its goal.</summary>
    public bool IsClosed => Wish.Status == WishStatus.Funding && !Row.IsCollecting;

    /// <summary>Whether nothing more happens to it.</summary>
    public bool IsOver => Wish.Status is WishStatus.Fulfilled or WishStatus.Rejected or WishStatus.Withdrawn
        or WishStatus.Cancelled;

    /// <summary>By when they, or the foundation, or the donors, have to do it; null where no day is set.</summary>
    public DateOnly? DueOn => IsTooLate || IsClosed ? null : Wish.Status switch
    {
        WishStatus.Draft or WishStatus.Approved => Draft.Rules.EndsOn,
        WishStatus.Submitted or WishStatus.InReview => Domain.Shared.PlatformCalendar.DayOf(Wish.ReviewDueAt!.Value),
        WishStatus.Funding => Wish.ClosesOn,
        _ => null,
    };

    public string? NameOf(WishItem item) => Draft.Written.Items.FirstOrDefault(it => it.Id == item.Id.Value)?.Name;
}
