using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Wishes;

namespace DreamPlatform.Web.Projects;

/// <summary>A project as its foundation writes it.</summary>
/// <param name="Categories">Codes of the categories it supports; empty for all.</param>
/// <param name="Regions">Codes of the regions it supports; empty for all.</param>
/// <param name="StartsOn">The first day it takes wishes, in China's time zone.</param>
/// <param name="EndsOn">The last day.</param>
/// <param name="ApprovalThresholdMinor">Above this amount a wish needs a second approver.</param>
/// <param name="MatchRule">Kept with the rules; no money moves by it yet.</param>
/// <param name="FoundationId">Needed only by who administers more than one foundation.</param>
public sealed record ProjectBody(
    string Name, string SponsorName, string Description, IReadOnlyList<string> Categories,
    IReadOnlyList<string> Regions, DateOnly StartsOn, DateOnly EndsOn, long PerWishCapMinor,
    long ApprovalThresholdMinor, MatchRuleBody? MatchRule = null, Guid? FoundationId = null)
{
    private const int MaxCodes = 100;

    public Check Check()
    {
        var check = new Check().Text("name", Name, 140).Text("sponsorName", SponsorName, 140)
            .Text("description", Description, 5_000)
            .Range("perWishCapMinor", PerWishCapMinor, 1, Money.MaxAmountMinor)
            .Range("approvalThresholdMinor", ApprovalThresholdMinor, 0, Money.MaxAmountMinor)
            .Range("matchRule.percent", MatchRule?.Percent, 1, 1_000)
            .Range("matchRule.perPledgeCapMinor", MatchRule?.PerPledgeCapMinor, 1, Money.MaxAmountMinor)
            .Range("matchRule.perWishCapMinor", MatchRule?.PerWishCapMinor, 1, Money.MaxAmountMinor)
            .That(EndsOn >= StartsOn, "endsOn", "Must not be before startsOn.")
            .That(EndsOn < DateOnly.MaxValue, "endsOn", "Must be an earlier day.")
            .That(Categories.Count <= MaxCodes, "categories", $"Must be at most {MaxCodes}.")
            .That(Regions.Count <= MaxCodes, "regions", $"Must be at most {MaxCodes}.");
        for (var i = 0; i < Math.Min(Categories.Count, MaxCodes); i++) check.Code($"categories[{i}]", Categories[i]);
        for (var i = 0; i < Math.Min(Regions.Count, MaxCodes); i++) check.Code($"regions[{i}]", Regions[i]);
        return check;
    }

    /// <summary>The foundation it belongs to: the one named, or the only one the actor administers.</summary>
    public FoundationId? FoundationOf(Actor actor) =>
        FoundationId is { } named ? new FoundationId(named)
        : actor.Roles.Where(held => held.Role == Role.Foundation).ToArray() is [{ Foundation: { } only }] ? only
        : null;

    public ProjectRules ToRules() => new(
        Categories, Regions, StartsOn, EndsOn, PerWishCapMinor, ApprovalThresholdMinor,
        MatchRule is { } match ? new MatchRule(match.Percent, match.PerPledgeCapMinor, match.PerWishCapMinor) : null);

    public IReadOnlyList<PublishedText> ToTexts(Guid id) =>
    [
        new(id, TextField.Title, Name), new(id, TextField.Story, Description),
        new(id, TextField.SponsorName, SponsorName),
    ];
}

/// <param name="Percent">Of a pledge, 1 to 1000, rounded down.</param>
public sealed record MatchRuleBody(int Percent, long PerPledgeCapMinor, long PerWishCapMinor);

/// <param name="Reference">The bank's reference. Kept in the private part.</param>
public sealed record DepositBody(long AmountMinor, string Reference)
{
    public Check Check() =>
        new Check().Range("amountMinor", AmountMinor, 1, Money.MaxAmountMinor).Text("reference", Reference, 200);
}

public sealed record GrantBody(Guid WishId, long AmountMinor)
{
    public Check Check() => new Check().Range("amountMinor", AmountMinor, 1, Money.MaxAmountMinor);
}

public sealed record DepositAnswer(Guid Id, Guid ProjectId, long AmountMinor, string Currency);

public sealed record GrantAnswer(Guid Id, Guid ProjectId, Guid WishId, long AmountMinor, string Currency);

/// <summary>What a command left a project as.</summary>
public sealed record ProjectAnswer(Guid Id, string Status, long Version)
{
    internal static ProjectAnswer Of(Project project, long version) =>
        new(project.Id.Value, Names.Of(project.Status), version);
}

/// <summary>A project with its balance.</summary>
/// <param name="ReceivedMinor">All that has come into its pool.</param>
/// <param name="AvailableMinor">What it can still give.</param>
public sealed record ProjectView(
    Guid Id, Guid FoundationId, string Status, string? Name, string? SponsorName, string? Description,
    IReadOnlyList<string> Categories, IReadOnlyList<string> Regions, DateOnly StartsOn, DateOnly EndsOn,
    string Currency, long PerWishCapMinor, long ApprovalThresholdMinor, MatchRuleBody? MatchRule,
    long ReceivedMinor, long AvailableMinor)
{
    internal static ProjectView Of(ProjectRow row, string currency)
    {
        var (project, rules) = (row.Project, row.Project.Rules);
        return new ProjectView(
            project.Id.Value, project.Foundation.Value, Names.Of(project.Status), row.Name, row.SponsorName,
            row.Description, rules.Categories, rules.Regions, rules.StartsOn, rules.EndsOn, currency,
            rules.PerWishCapMinor, rules.ApprovalThresholdMinor,
            rules.Match is { } match
                ? new MatchRuleBody(match.Percent, match.PerPledgeCapMinor, match.PerWishCapMinor)
                : null,
            row.Balance.CreditsPostedMinor, row.Balance.AvailableMinor);
    }
}

/// <summary>A project for its sponsor: where its money came from and went, and how many wishes it helps.</summary>
/// <param name="DepositedMinor">Received from sponsors.</param>
/// <param name="DonatedMinor">Paid by donors into its pool.</param>
/// <param name="GrantedMinor">Given to wishes.</param>
/// <param name="MatchedMinor">Given to wishes because a donor gave.</param>
/// <param name="LeftOverMinor">Come back from wishes that needed less.</param>
/// <param name="AvailableMinor">What it can still give.</param>
/// <param name="WishesPublished">Of its wishes, those that were published.</param>
public sealed record SponsoredProject(
    Guid Id, Guid FoundationId, string Status, string? Name, string? SponsorName, DateOnly StartsOn, DateOnly EndsOn,
    string Currency, long DepositedMinor, long DonatedMinor, long GrantedMinor, long MatchedMinor, long LeftOverMinor,
    long AvailableMinor, long WishesPublished, long WishesFunding, long WishesFulfilled)
{
    internal static SponsoredProject Of(ProjectBudget budget, string currency)
    {
        var (row, project, wishes) = (budget.Row, budget.Row.Project, budget.WishesByStatus);
        return new SponsoredProject(
            project.Id.Value, project.Foundation.Value, Names.Of(project.Status), row.Name, row.SponsorName,
            project.Rules.StartsOn, project.Rules.EndsOn, currency, budget.DepositedMinor, budget.DonatedMinor,
            budget.GrantedMinor, budget.MatchedMinor, budget.LeftOverMinor, row.Balance.AvailableMinor,
            wishes.Values.Sum(), wishes.GetValueOrDefault(WishStatus.Funding),
            wishes.GetValueOrDefault(WishStatus.Fulfilled));
    }
}
