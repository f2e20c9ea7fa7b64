using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Search;
using DreamPlatform.Web.Errors;

namespace DreamPlatform.Web.Wishes;

/// <summary>A wish as its applicant writes it; a draft may be incomplete.</summary>
/// <param name="Id">For a new wish: an id of your choice, best a UUIDv7; made for you when left out.</param>
/// <param name="Category">A code of 1–40 lower-case letters, digits and hyphens.</param>
/// <param name="Region">A code, likewise.</param>
/// <param name="Evidence">What shows the need: files that were sent before, or a statement. Private, too.</param>
/// <param name="Applicant">The private part: only the applicant and who reviews the case see it.</param>
public sealed record WishBody(
    Guid ProjectId, Guid? Id = null, string? Title = null, string? Story = null, string? Category = null,
    string? Region = null, IReadOnlyList<ItemBody>? Items = null, ApplicantBody? Applicant = null,
    Evidence? Evidence = null)
{
    private const int MaxTitle = 140, MaxStory = 5_000;

    /// <summary>What of it may be told apart by who holds only a hash: nothing that somebody wrote.</summary>
    public object PublicPart() =>
        new { ProjectId, Id, Category, Region, Items = Items?.Select(item => new { item.Quantity, item.AmountMinor }) };

    public Check Check()
    {
        var check = new Check().Text("title", Title, MaxTitle).Text("story", Story, MaxStory)
            .Code("category", Category).Code("region", Region)
            .That(Items is not { Count: > Wish.MaxItems }, "items", $"Must be at most {Wish.MaxItems}.")
            .That(Id != Guid.Empty, "id", "Must not be empty.");
        for (var i = 0; i < Items?.Count && i < Wish.MaxItems; i++) Items[i].Check(check, $"items[{i}]");
        Applicant?.Check(check);
        if (Evidence is not null) check.Evidence("evidence", Evidence);
        return check;
    }

    /// <summary>The application it makes; its items get new ids.</summary>
    public Application ToApplication() => new(
        new ProjectId(ProjectId), Title, Story, Category, Region,
        [.. (Items ?? []).Select(item => new ApplicationItem(
            new ItemId(Guid.CreateVersion7()), item.Name, item.Quantity, item.AmountMinor))],
        Applicant is null ? null : new ApplicantDetails(
            Applicant.Name, Applicant.Phone, Applicant.IdNumber, Applicant.Address), Evidence);
}

/// <param name="AmountMinor">For all of the quantity together.</param>
public sealed record ItemBody(string Name, int Quantity, long AmountMinor)
{
    private const int MaxName = 140, MaxQuantity = 10_000;

    internal void Check(Check check, string at) => check.Text($"{at}.name", Name, MaxName)
        .Range($"{at}.quantity", Quantity, 1, MaxQuantity)
        .Range($"{at}.amountMinor", AmountMinor, 1, Money.MaxAmountMinor);
}

/// <summary>Who the applicant is and how to reach them.</summary>
public sealed record ApplicantBody(
    string? Name = null, string? Phone = null, string? IdNumber = null, string? Address = null)
{
    internal void Check(Check check) => check.Text("applicant.name", Name, 100).Text("applicant.phone", Phone, 40)
        .Text("applicant.idNumber", IdNumber, 40).Text("applicant.address", Address, 300);
}

/// <param name="PublishStory">Whether the story may be shown to everybody, as the reviewer has redacted it.</param>
/// <param name="PublicTextVersion">The version of the public text that was shown to you.</param>
public sealed record AcceptBody(bool PublishStory, int? PublicTextVersion = null);

public sealed record ItemIdBody(Guid ItemId);

/// <param name="Items">The amount of each item, needed when they do not add up to the amount.</param>
/// <param name="PublicText">Without it only title and items become public.</param>
public sealed record RecommendBody(
    long AmountMinor, string Findings, IReadOnlyList<CheckBody> Checks, IReadOnlyList<ItemAmountBody>? Items = null,
    PublicTextBody? PublicText = null)
{
    private const int MaxChecks = 50, MaxText = 5_000;

    public Check Check()
    {
        var check = new Check().Range("amountMinor", AmountMinor, 1, Money.MaxAmountMinor)
            .Text("findings", Findings, MaxText)
            .That(Checks.Count <= MaxChecks, "checks", $"Must be at most {MaxChecks}.")
            .That(Items is not { Count: > Wish.MaxItems }, "items", $"Must be at most {Wish.MaxItems}.")
            .Text("publicText.title", PublicText?.Title, 140).Text("publicText.story", PublicText?.Story, MaxText);
        for (var i = 0; i < Checks.Count && i < MaxChecks; i++)
            check.Text($"checks[{i}].claim", Checks[i].Claim, 500).Text($"checks[{i}].result", Checks[i].Result, 500)
                .Evidence($"checks[{i}].evidence", Checks[i].Evidence);
        for (var i = 0; i < Items?.Count && i < Wish.MaxItems; i++)
            check.Range($"items[{i}].amountMinor", Items[i].AmountMinor, 1, Money.MaxAmountMinor);
        return check;
    }

    public RecommendWish ToCommand() => new(
        AmountMinor, Items?.Select(item => new ItemAmount(new ItemId(item.ItemId), item.AmountMinor)).ToArray(),
        PublicText is not null, Checks: PublicChecks);

    public Review ToReview() => new(
        Findings,
        [.. Checks.Select(it => new ReviewCheck(it.Claim, it.Result, it.Evidence, it.Kind, it.Method))],
        PublicText is null ? null : new PublicText(PublicText.Title, PublicText.Story));

    private IReadOnlyList<ClaimCheck>? PublicChecks =>
        Checks.Select(it => it.ToPublic()).OfType<ClaimCheck>().ToArray() is { Length: > 0 } known ? known : null;
}

public sealed record ItemAmountBody(Guid ItemId, long AmountMinor);

/// <param name="Result">confirmed, partly or doubtful; what is put in other words stays private.</param>
/// <param name="Evidence">What proves it: a statement, or files and a statement.</param>
/// <param name="Kind">What the claim is about. With it, everybody sees this, the result and the method; never more.</param>
/// <param name="Method">How it was checked.</param>
public sealed record CheckBody(
    string Claim, string Result, Evidence Evidence, ClaimKind? Kind = null, CheckMethod? Method = null)
{
    internal ClaimCheck? ToPublic() => Kind is { } kind && Names.Parse<CheckResult>(Result) is { } result
        ? new ClaimCheck(kind, result, Method)
        : null;
}

public sealed record PublicTextBody(string Title, string Story);

/// <param name="ReasonCode">A code of 1–40 lower-case letters, digits and hyphens.</param>
public sealed record RejectBody(string ReasonCode, string Explanation);

/// <param name="Reason">Why who the applicant is has to be known, for the applicant to read.</param>
public sealed record RevealBody(string Reason);

public sealed record AmountBody(long AmountMinor)
{
    public Check Check() => new Check().Range("amountMinor", AmountMinor, 1, Money.MaxAmountMinor);
}

/// <param name="Payee">Who is to be paid. Kept in the private part.</param>
public sealed record OrderBody(string Payee, long AmountMinor);

/// <param name="Evidence">What shows that it was delivered: a statement, or files and a statement. Private.</param>
public sealed record DeliverBody(long ActualAmountMinor, Evidence Evidence)
{
    internal Note ToNote() =>
        new(Evidence.Statement ?? "", Evidence.FileIds.Count > 0 ? Evidence.FileIds : null);
}

/// <summary>Checks of the platform's own kinds of text.</summary>
internal static class CodeCheck
{
    private const int MaxStatement = 2_000;

    private const int MaxCode = 40;

    public static Check Code(this Check check, string field, string? value) => check.That(
        value is null || (value.Length is > 0 and <= MaxCode
            && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')),
        field, $"Must be a code of 1 to {MaxCode} lower-case letters, digits and hyphens.");

    /// <summary>What is searched for, if it is not too much at once.</summary>
    public static Check Search(this Check check, string field, string? text, out SearchQuery? query)
    {
        var isShort = text is null || text.Length <= SearchQuery.MaxCharacters;
        query = isShort ? SearchQuery.Parse(text) : null;
        return check
            .That(isShort, field, $"Must have at most {SearchQuery.MaxCharacters} characters.")
            .That(
                query is not { HasTooManyTerms: true }, field,
                $"Must have at most {SearchQuery.MaxTerms} words or pairs of characters.");
    }

    /// <summary>Evidence that says or shows something.</summary>
    public static Check Evidence(this Check check, string field, Evidence evidence) => check
        .That(
            evidence.FileIds.Count > 0 || evidence.Statement is not null, field,
            "Must be a statement, or have fileIds.")
        .That(
            evidence.FileIds.Count <= Domain.Wishes.Evidence.MaxFiles, $"{field}.fileIds",
            $"Must be at most {Domain.Wishes.Evidence.MaxFiles}.")
        .That(
            evidence.FileIds.Distinct().Count() == evidence.FileIds.Count, $"{field}.fileIds",
            "Must not have one twice.")
        .Text(evidence.FileIds.Count > 0 ? $"{field}.statement" : field, evidence.Statement, MaxStatement);
}
