using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Projects;
using DreamPlatform.Web.Site.Forms;
using DreamPlatform.Web.Wishes;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Giving;

/// <summary>What somebody may give to: a wish, or the pool of a project.</summary>
/// <param name="Path">Its page.</param>
/// <param name="Title">Null where it is not published.</param>
/// <param name="RemainingMinor">The most it takes now.</param>
/// <param name="Items">What the money of a wish is for.</param>
public sealed record GiveTarget(
    Guid Id, bool IsWish, string Path, string? Title, bool IsOpen, long RemainingMinor, IReadOnlyList<PublicItem> Items)
{
    private static readonly long[] Round = [20_00, 50_00, 100_00, 200_00, 500_00];

    /// <summary>How many amounts are offered, beside all of what remains.</summary>
    private const int MaxChoices = 4;

    /// <summary>Amounts to choose from, smallest first: what one piece of an item costs, then round ones, then the rest.</summary>
    public IReadOnlyList<GiveChoice> Choices
    {
        get
        {
            var pieces = Items.Where(item => item.AmountMinor % item.Quantity == 0)
                .Select(item => new GiveChoice(item.AmountMinor / item.Quantity, item));
            var offered = pieces.Concat(Round.Select(minor => new GiveChoice(minor, null)))
                .Where(choice => choice.AmountMinor < RemainingMinor).DistinctBy(choice => choice.AmountMinor)
                .Take(MaxChoices).OrderBy(choice => choice.AmountMinor);
            return IsWish && RemainingMinor > 0 ? [.. offered, new GiveChoice(RemainingMinor, null)] : [.. offered];
        }
    }

    /// <summary>The address of a step of giving to it.</summary>
    public string Step(string step, params (string Name, string? Value)[] query) =>
        $"{Path}/give{step}" + QueryString.Create(
            query.Where(it => it.Value is not null).Select(it => KeyValuePair.Create(it.Name, it.Value)));

    internal static GiveTarget Of(PublicWish wish) => new(
        wish.Id, true, $"/wishes/{wish.Id}", wish.Title, wish.IsCollecting,
        Math.Max(wish.GoalMinor - wish.PledgedMinor, 0), wish.Items);

    internal static GiveTarget Of(ProjectView project) => new(
        project.Id, false, $"/projects/{project.Id}", project.Name, project.Status == "Open", Money.MaxAmountMinor, []);
}

/// <param name="Item">What it would buy one piece of.</param>
public sealed record GiveChoice(long AmountMinor, PublicItem? Item);

/// <summary>Finds what is to be given to.</summary>
internal sealed class GiveTargets(
    WishQueries wishes, TextQueries texts, ProjectQueries projects, JournalOptions journal, Visitor me)
{
    public async Task<(GiveTarget? Target, ProblemDetails? Problem)> FindAsync(Guid? wishId, Guid? projectId)
    {
        if (wishId is { } id)
        {
            var (wish, refusal) = await WishEndpoints.Get(id, wishes, texts, journal).ReadAsync<PublicWish>();
            return (wish is null ? null : GiveTarget.Of(wish), refusal);
        }

        var (project, problem) = await ProjectEndpoints.Get(projectId ?? Guid.Empty, me.Http, projects, journal)
            .ReadAsync<ProjectView>();
        return (project is null ? null : GiveTarget.Of(project), problem);
    }
}
