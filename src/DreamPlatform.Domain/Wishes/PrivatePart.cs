using System.Globalization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>The private part of a case, as far as one person may see it.</summary>
/// <param name="Application">Null when none of it may be seen; who the applicant is may be masked in it.</param>
/// <param name="Review">Without findings and checks for who may see the public text only.</param>
/// <param name="Explanation">Why it was rejected.</param>
/// <param name="MayReveal">Whether something is masked that a reason would reveal.</param>
/// <param name="Shows">What the log of looks says was looked at.</param>
/// <param name="ToPublish">
/// What becomes public when the offer is accepted, with the story; null before a recommendation, and for who may not
/// see it.
/// </param>
public sealed record PrivatePart(
    Application? Application, Review? Review, string? Explanation, bool MayReveal, LookAt Shows = LookAt.Case,
    IReadOnlyList<PublishedText>? ToPublish = null)
{
    /// <summary>Nothing at all.</summary>
    public static readonly PrivatePart Nothing = new(null, null, null, MayReveal: false);

    /// <summary>Whether seeing this is noted: not by the applicant, and not of what would become public anyway.</summary>
    public bool IsLogged(IReadOnlyCollection<Viewer> viewers) =>
        !viewers.Contains(Viewer.Applicant) && (Application is not null || Review?.Findings is not null);

    /// <summary>What somebody may see of a case, by <see cref="Disclosure"/>.</summary>
    /// <param name="reveals">Whether they gave a reason to see what is masked.</param>
    public static PrivatePart Of(Wish wish, Dossier dossier, IReadOnlyCollection<Viewer> viewers, bool reveals)
    {
        Shown See(PrivateField field) => Disclosure.Of(viewers, field, wish.Status);
        var written = dossier.Find(wish.DraftVersion)?.Content as Application;
        var application = See(PrivateField.Application) == Shown.Full ? written : null;
        var review = wish.ReviewVersion is { } version ? dossier.Find(version)?.Content as Review : null;
        var rejection = wish.RejectionVersion is { } at && See(PrivateField.Rejection) == Shown.Full
            ? (dossier.Find(at)?.Content as Note)?.Text
            : null;
        var isMasked = application?.Applicant is not null && Identity.Any(field => See(field) == Shown.OnRequest);
        return new PrivatePart(
            application is null ? null : application with { Applicant = Masked(application.Applicant, See, reveals) },
            Visible(review, See), rejection, MayReveal: isMasked && !reveals,
            isMasked && reveals ? LookAt.Identity : LookAt.Case,
            review is not null && IsOffering(wish) && See(PrivateField.PublicText) == Shown.Full
                ? written?.ToPublish(wish.Id, review.PublicText, publishStory: true)
                : null);
    }

    /// <summary>Whether something is to become public, or did: not of a case that was given back or is over.</summary>
    private static bool IsOffering(Wish wish) => wish.RecommendedMinor is not null && !wish.IsApplicantErased
        && (wish.Status is WishStatus.InReview or WishStatus.Approved || wish.IsPublished);

    private static readonly PrivateField[] Identity =
        [PrivateField.Name, PrivateField.Phone, PrivateField.IdNumber, PrivateField.Address];

    private static ApplicantDetails? Masked(ApplicantDetails? person, Func<PrivateField, Shown> see, bool reveals)
    {
        string? Text(PrivateField field, string? value, Func<string, string> mask) => (value, see(field)) switch
        {
            (null, _) or (_, Shown.No) => null,
            (_, Shown.Full) => value,
            (_, Shown.OnRequest) when reveals => value,
            _ => mask(value!),
        };
        return person is null ? null : new ApplicantDetails(
            Text(PrivateField.Name, person.Name, Masking.Name), Text(PrivateField.Phone, person.Phone, Masking.Tail),
            Text(PrivateField.IdNumber, person.IdNumber, Masking.Tail),
            Text(PrivateField.Address, person.Address, _ => Masking.All));
    }

    private static Review? Visible(Review? review, Func<PrivateField, Shown> see)
    {
        if (review is null) return null;
        var findings = see(PrivateField.Findings) == Shown.Full;
        var text = see(PrivateField.PublicText) == Shown.Full;
        return findings || text
            ? new Review(
                findings ? review.Findings : null, findings ? review.Checks : null, text ? review.PublicText : null)
            : null;
    }
}

/// <summary>How private values are masked.</summary>
public static class Masking
{
    /// <summary>What stands for a value of which nothing is shown.</summary>
    public const string All = "****";

    private const int Tailed = 4;

    /// <summary>The first character of a name, which in Chinese is the family name.</summary>
    public static string Name(string name) =>
        name.Length > 1 ? StringInfo.GetNextTextElement(name.TrimStart()) + "**" : All;

    /// <summary>The last four characters, of values at least twice as long.</summary>
    public static string Tail(string value) => value.Length >= 2 * Tailed ? All + value[^Tailed..] : All;
}
