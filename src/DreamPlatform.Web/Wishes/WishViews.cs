using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Queries;

namespace DreamPlatform.Web.Wishes;

/// <summary>What a command left a wish as.</summary>
public sealed record WishAnswer(Guid Id, string Status, long Version)
{
    internal static WishAnswer Of(Wish wish, long version) => new(wish.Id.Value, Names.Of(wish.Status), version);
}

/// <summary>A wish on the wall.</summary>
/// <param name="PledgedMinor">Promised or paid, grants included.</param>
/// <param name="PaidMinor">Received, grants included.</param>
/// <param name="IsCollecting">Whether it takes money now.</param>
public sealed record WishSummary(
    Guid Id, Guid ProjectId, string? Title, string Category, string Region, string Status, string Currency,
    long GoalMinor, long PledgedMinor, long PaidMinor, long PledgeCount, DateOnly? ClosesOn,
    DateTimeOffset? PublishedAt, bool IsCollecting)
{
    internal static WishSummary Of(WishRow row, string currency) => new(
        row.Wish.Id.Value, row.Wish.Project.Value, row.Title, row.Wish.Category, row.Wish.Region,
        Names.Of(row.Wish.Status),
        currency, row.Wish.GoalMinor, row.Balance.PledgedMinor, row.Balance.RaisedMinor, row.Pledges, row.Wish.ClosesOn,
        row.Wish.PublishedAt, row.IsCollecting);
}

/// <summary>A published wish.</summary>
/// <param name="Story">Null unless the applicant agreed to publish it.</param>
/// <param name="DisbursedMinor">Paid to the payees of its items.</param>
/// <param name="IsCollecting">Whether it takes money now.</param>
public sealed record PublicWish(
    Guid Id, Guid ProjectId, string? Title, string? Story, string Category, string Region, string Status,
    string Currency,
    long GoalMinor, long PledgedMinor, long PaidMinor, long DisbursedMinor, long PledgeCount, DateOnly? ClosesOn,
    DateTimeOffset? PublishedAt, bool IsCollecting, IReadOnlyList<PublicItem> Items)
{
    internal static PublicWish Of(
        WishRow row, IReadOnlyDictionary<(Guid, TextField), string> texts, string currency)
    {
        var wish = row.Wish;
        return new PublicWish(
            wish.Id.Value, wish.Project.Value, row.Title, texts.GetValueOrDefault((wish.Id.Value, TextField.Story)),
            wish.Category, wish.Region, Names.Of(wish.Status), currency, wish.GoalMinor, row.Balance.PledgedMinor,
            row.Balance.RaisedMinor, wish.Items.Sum(item => item.ActualMinor), row.Pledges, wish.ClosesOn,
            wish.PublishedAt, row.IsCollecting,
            [.. wish.Items.Select(item => new PublicItem(
                item.Id.Value, texts.GetValueOrDefault((item.Id.Value, TextField.ItemName)), item.Quantity,
                item.AmountMinor,
                Names.Of(item.Status), item.ActualMinor))]);
    }
}

/// <param name="ActualAmountMinor">What was paid for it; 0 before it is delivered.</param>
public sealed record PublicItem(
    Guid Id, string? Name, int Quantity, long AmountMinor, string Status, long ActualAmountMinor);

/// <summary>Something that happened to a wish.</summary>
/// <param name="What">The name of the event, such as wish-submitted or item-delivered.</param>
/// <param name="ItemId">The item it happened to, if it was one.</param>
/// <param name="Checks">With a recommendation: which claims were checked, if any.</param>
public sealed record TimelineEntry(
    long Version, string What, DateTimeOffset At, Guid? ItemId, long? AmountMinor, IReadOnlyList<CheckView>? Checks)
{
    internal static TimelineEntry Of(HistoryRow row) => new(
        row.Version, row.Name[..row.Name.LastIndexOf('.')], row.At, (row.Event as ItemEvent)?.Item.Value,
        row.Event switch
        {
            WishRecommended e => e.AmountMinor,
            WishApproved e => e.GoalMinor,
            ItemOrdered e => e.AmountMinor,
            ItemDelivered e => e.ActualAmountMinor,
            _ => null,
        },
        (row.Event as WishRecommended)?.Checks?.Select(CheckView.Of).ToArray());
}

/// <summary>A claim that was checked, as everybody may know it.</summary>
/// <param name="Claim">What it is about: identity, address, need, price or payee.</param>
/// <param name="Result">confirmed, partly or doubtful.</param>
/// <param name="Method">How: call, video, visit, papers, others (who were asked) or prices (compared); null if unsaid.</param>
public sealed record CheckView(string Claim, string Result, string? Method)
{
    internal static CheckView Of(ClaimCheck check) => new(
        Names.Of(check.Kind), Names.Of(check.Result), check.Method is { } method ? Names.Of(method) : null);
}

/// <summary>One of the caller's own wishes.</summary>
/// <param name="Next">What the applicant can do next: the last parts of the routes.</param>
public sealed record MyWish(
    Guid Id, Guid ProjectId, string Status, long Version, string Currency, long GoalMinor, long PledgedMinor,
    long PaidMinor,
    long PledgeCount, int? PublicTextVersion, IReadOnlyList<string> Next)
{
    internal static MyWish Of(WishRow row, Actor actor, string currency) => new(
        row.Wish.Id.Value, row.Wish.Project.Value, Names.Of(row.Wish.Status), row.Version, currency, row.Wish.GoalMinor,
        row.Balance.PledgedMinor, row.Balance.RaisedMinor, row.Pledges, row.Wish.PublicTextVersion,
        row.Wish.NextFor(actor));
}

/// <summary>A wish with as much of its private part as the caller may see.</summary>
/// <param name="MayReveal">Whether who the applicant is was masked and a reason would reveal it.</param>
/// <param name="Rejection">Why it was rejected; null when it was not.</param>
/// <param name="ToPublish">What becomes public when the offer is accepted; null before a recommendation.</param>
public sealed record WishCase(
    Guid Id, Guid ProjectId, string Status, long Version, string Currency, DateTimeOffset? ReviewDueAt, long GoalMinor,
    long? RecommendedMinor, int? PublicTextVersion, IReadOnlyList<string> Next, bool MayReveal,
    ApplicationView? Application, ReviewView? Review, RejectionView? Rejection, ToPublishView? ToPublish)
{
    internal static WishCase Of(DossierView view, Actor actor, string currency)
    {
        var (wish, part) = (view.Wish, view.Part);
        return new WishCase(
            wish.Id.Value, wish.Project.Value, Names.Of(wish.Status), view.Version, currency, wish.ReviewDueAt,
            wish.GoalMinor, wish.RecommendedMinor, wish.PublicTextVersion, wish.NextFor(actor), part.MayReveal,
            part.Application is { } written ? ApplicationView.Of(written, wish) : null,
            part.Review is { } review ? ReviewView.Of(review) : null,
            wish.RejectedFor is { } reason ? new RejectionView(reason, part.Explanation) : null,
            part.ToPublish is { } texts ? ToPublishView.Of(texts) : null);
    }
}

/// <summary>What becomes public of an application.</summary>
/// <param name="Story">If the applicant agrees; null when the reviewer gave no public text.</param>
public sealed record ToPublishView(string? Title, string? Story, IReadOnlyList<ItemNameView> Items)
{
    internal static ToPublishView Of(IReadOnlyList<PublishedText> texts)
    {
        string? Text(TextField field) => texts.FirstOrDefault(it => it.Field == field)?.Text;
        return new ToPublishView(
            Text(TextField.Title), Text(TextField.Story),
            [.. texts.Where(it => it.Field == TextField.ItemName).Select(it => new ItemNameView(it.Subject, it.Text))]);
    }
}

public sealed record ItemNameView(Guid ItemId, string? Name);

/// <summary>Why a wish was rejected, for its applicant.</summary>
public sealed record RejectionView(string ReasonCode, string? Explanation);

public sealed record ApplicationView(
    string? Title, string? Story, string? Category, string? Region, IReadOnlyList<PublicItem> Items,
    ApplicantBody? Applicant, Evidence? Evidence)
{
    internal static ApplicationView Of(Application application, Wish wish) => new(
        application.Title, application.Story, application.Category, application.Region,
        [.. application.Items.Select(item => (Asked: item, Now: wish.Items.FirstOrDefault(it => it.Id == item.Id)))
            .Select(item => new PublicItem(
                item.Asked.Id.Value, item.Asked.Name, item.Asked.Quantity, item.Asked.AmountMinor,
                Names.Of(item.Now?.Status ?? ItemStatus.Planned), item.Now?.ActualMinor ?? 0))],
        application.Applicant is { } person
            ? new ApplicantBody(person.Name, person.Phone, person.IdNumber, person.Address)
            : null,
        application.Evidence);
}

/// <param name="Findings">For the reviewer and the approvers.</param>
/// <param name="PublicText">What would become public, for the applicant to agree to.</param>
public sealed record ReviewView(string? Findings, IReadOnlyList<CheckBody>? Checks, PublicTextBody? PublicText)
{
    internal static ReviewView Of(Review review) => new(
        review.Findings,
        review.Checks?.Select(it => new CheckBody(it.Claim, it.Result, it.Evidence, it.Kind, it.Method)).ToArray(),
        review.PublicText is { } text ? new PublicTextBody(text.Title, text.Story) : null);
}

/// <summary>That somebody looked at the private part of one of my wishes.</summary>
/// <param name="As">In what capacity: helper, reviewer or approver.</param>
/// <param name="What">case (with who I am masked), identity, or file.</param>
/// <param name="Reason">In their words; for the ordinary look at a case, what it is for by their capacity.</param>
public sealed record LookView(
    Guid By, string As, string What, Guid? FileId, string Reason, DateTimeOffset At, DateTimeOffset LastAt, int Times)
{
    internal static LookView Of(Look look) => new(
        look.By.Value, Names.Of(look.As), Names.Of(look.What), look.Subject, look.Why, look.At,
        look.LastAt, look.Times);
}

/// <summary>Something that must be kept about paying for an item.</summary>
/// <param name="What">order (whom it pays) or delivery (what proves it).</param>
/// <param name="FileIds">The files that prove it.</param>
public sealed record ReceiptView(string What, string Text, IReadOnlyList<Guid> FileIds, DateTimeOffset At, Guid By)
{
    internal static ReceiptView Of(DossierEntry entry, WishItem item) => new(
        entry.Version == item.OrderVersion ? "order" : "delivery", ((Note)entry.Content).Text, entry.Content.Files,
        entry.At, entry.Author.Value);
}

/// <summary>A case in a reviewer's queue.</summary>
/// <param name="Next">What the caller can do next: the last parts of the routes.</param>
public sealed record CaseSummary(
    Guid Id, Guid ProjectId, string Status, string Category, string Region, string Currency, long AskedMinor,
    long? RecommendedMinor, DateTimeOffset? ReviewDueAt, IReadOnlyList<string> Next)
{
    internal static CaseSummary Of(WishRow row, Actor actor, string currency) => new(
        row.Wish.Id.Value, row.Wish.Project.Value, Names.Of(row.Wish.Status), row.Wish.Category, row.Wish.Region,
        currency,
        row.Wish.Items.Sum(item => item.AmountMinor), row.Wish.RecommendedMinor, row.Wish.ReviewDueAt,
        row.Wish.NextForStaff(actor));
}

/// <summary>How many cases are in each queue.</summary>
/// <param name="Claimed">Of all reviewers, mine too.</param>
/// <param name="Overdue">Of all that are open or in review.</param>
/// <param name="NextDueAt">When the next that is open or mine is due; null when there is none.</param>
public sealed record QueueCountsView(long Open, long Claimed, long Mine, long Overdue, DateTimeOffset? NextDueAt)
{
    internal static QueueCountsView Of(QueueCounts counts) =>
        new(counts.Open, counts.Claimed, counts.Mine, counts.Overdue, counts.NextDueAt);
}

/// <summary>Figures that are read off a balance.</summary>
internal static class BalanceFigures
{
    extension(Balance balance)
    {
        /// <summary>Promised or paid.</summary>
        public long PledgedMinor => balance.CreditsPendingMinor + balance.CreditsPostedMinor - balance.ReturnedMinor;
    }
}
