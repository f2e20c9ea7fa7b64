using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Projects;
using DreamPlatform.Web.Site.Forms;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Manage;

/// <summary>What the pages about a foundation's projects have in common.</summary>
internal static class Managing
{
    /// <summary>The foundations for which somebody holds one of some roles.</summary>
    public static IReadOnlyList<FoundationId> FoundationsAs(this Visitor visitor, params Role[] roles) =>
        [.. visitor.Caller!.Actor.Roles.Where(held => roles.Contains(held.Role)).Select(held => held.Foundation)
            .OfType<FoundationId>().Distinct()];

    /// <summary>A project of a foundation for which somebody holds one of some roles; any other is not there.</summary>
    public static async Task<(ProjectRow? Row, ProblemDetails? Problem)> Managed(
        this ProjectQueries projects, Guid id, Visitor visitor, params Role[] roles)
    {
        if (!visitor.Has(roles)) return (null, Refusals.Forbidden);
        return await projects.Find(id) is { } row && visitor.FoundationsAs(roles).Contains(row.Project.Foundation)
            ? (row, null)
            : (null, PageResult.ProblemOf(Answers.NotFound));
    }

    /// <summary>A project as the form has it.</summary>
    public static ProjectBody ReadProject(this Posted posted)
    {
        var (name, sponsor, about) =
            (posted.Required("name"), posted.Required("sponsorName"), posted.Required("description"));
        posted.Required("startsOn");
        posted.Required("endsOn");
        return new ProjectBody(
            name, sponsor, about, posted.All("categories"), posted.All("regions"),
            posted.Day("startsOn") ?? default, posted.Day("endsOn") ?? default,
            posted.RequiredAmount("perWishCapMinor"), posted.RequiredAmount("approvalThresholdMinor"),
            MatchRule(posted), posted.Id("foundationId"));
    }

    /// <summary>All of a match rule, or none.</summary>
    private static MatchRuleBody? MatchRule(Posted posted)
    {
        const string Percent = "matchRule.percent", PerPledge = "matchRule.perPledgeCapMinor",
            PerWish = "matchRule.perWishCapMinor";
        if (new[] { Percent, PerPledge, PerWish }.All(field => posted.Text(field) is null)) return null;
        posted.Required(Percent);
        return new MatchRuleBody(
            (int)Math.Min(posted.Number(Percent) ?? 0, int.MaxValue), posted.RequiredAmount(PerPledge),
            posted.RequiredAmount(PerWish));
    }
}
