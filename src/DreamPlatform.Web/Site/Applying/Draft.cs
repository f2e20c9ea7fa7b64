using System.Security.Cryptography;
using System.Text.Json;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Wishes;

namespace DreamPlatform.Web.Site.Applying;

/// <summary>A draft as it was saved last; of a wish that was submitted, what it says.</summary>
/// <param name="SavedAt">When that was.</param>
public sealed record Draft(Guid Id, long Version, ApplicationView Written, ProjectRow Project, DateTimeOffset SavedAt)
{
    private const int MarkLength = 16;

    public ProjectRules Rules => Project.Project.Rules;

    public IReadOnlyList<ApplyStep> Steps => ApplyStep.For(Rules);

    /// <summary>The whole of it, to be saved with a change.</summary>
    public WishBody Body => new(
        Project.Project.Id.Value, null, Written.Title, Written.Story, Written.Category, Written.Region,
        [.. Written.Items.Select(item => new ItemBody(item.Name!, item.Quantity, item.AmountMinor))],
        Written.Applicant, Written.Evidence);

    /// <summary>What submitting it would miss, as the API names it.</summary>
    public IReadOnlyList<string> Missing => MissingOf(Body);

    /// <summary>The steps in which something is missing.</summary>
    public IEnumerable<ApplyStep> Open => Steps.Where(step => step.Fields.Intersect(Missing).Any());

    public long AskedMinor => Written.Items.Sum(item => item.AmountMinor);

    public IReadOnlyList<Guid> FileIds => Written.Evidence?.FileIds ?? [];

    public static IReadOnlyList<string> MissingOf(WishBody body) => body.ToApplication().ToSubmit(0).Missing;

    /// <summary>The same with what the project takes only one of.</summary>
    public static WishBody WithImplied(WishBody body, ProjectRules rules) => body with
    {
        Category = rules.Categories is [var category] ? category : body.Category,
        Region = rules.Regions is [var region] ? region : body.Region,
    };

    public string AddressOf(ApplyStep step) => $"/apply/{Id}/{step.Name}";

    /// <summary>The page after a step; the last leads to the check of all answers.</summary>
    public string After(ApplyStep step) => Neighbour(step, 1) is { } next ? AddressOf(next) : $"/apply/{Id}/check";

    public string Before(ApplyStep step) => Neighbour(step, -1) is { } before ? AddressOf(before) : "/apply";

    /// <summary>Where to go on: the first question without an answer, or the check of all.</summary>
    public string Onward => Open.FirstOrDefault() is { } step ? AddressOf(step) : $"/apply/{Id}/check";

    /// <summary>From 1.</summary>
    public int NumberOf(ApplyStep step) => Steps.TakeWhile(it => it != step).Count() + 1;

    /// <summary>Tells one answer to a question from another.</summary>
    public string MarkOf(ApplyStep step) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(AnswerTo(step))))[..MarkLength];

    private object? AnswerTo(ApplyStep step) => step.Name switch
    {
        "project" => Project.Project.Id.Value,
        "need" => Written.Title,
        "story" => Written.Story,
        "category" => Written.Category,
        "region" => Written.Region,
        "items" => Body.Items,
        "person" => Written.Applicant,
        _ => Written.Evidence,
    };

    private ApplyStep? Neighbour(ApplyStep step, int by)
    {
        var at = NumberOf(step) - 1 + by;
        return at >= 0 && at < Steps.Count ? Steps[at] : null;
    }
}
