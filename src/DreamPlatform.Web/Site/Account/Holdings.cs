using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages.Texts;
using DreamPlatform.Web.Wishes;

namespace DreamPlatform.Web.Site.Account;

/// <summary>Somebody's look at one of my wishes.</summary>
/// <param name="Number">What the wish is called by.</param>
/// <param name="Foundation">Whose project it is; null if it is not there any more.</param>
/// <param name="Said">The reason in their own words; empty for the ordinary look, which the page explains.</param>
internal sealed record LookLine(string Number, string? Foundation, LookView Look, string Said);

/// <summary>The looks at some of somebody's wishes, the newest first.</summary>
/// <param name="Next">What to ask for to see those at wishes before; null when there are none.</param>
internal sealed record LookPage(IReadOnlyList<LookLine> Lines, string? Next);

/// <summary>How much is held about somebody, and who looked at it.</summary>
internal sealed class Holdings(WishQueries wishes, ProjectQueries projects, AccountsDb accounts, IGrainFactory grains)
{
    /// <summary>Of so many wishes the looks are read at once, each from its own dossier.</summary>
    private const int WishesPerPage = 12;

    /// <summary>Who looked at a page of somebody's wishes.</summary>
    public async Task<LookPage> LooksAt(Caller person, string? after)
    {
        var rows = await WishEndpoints.OwnRows(person, new(WishesPerPage, after), wishes);
        var (lines, foundations) = (new List<LookLine>(), new Dictionary<ProjectId, string?>());
        foreach (var wish in rows.Items.Select(row => row.Wish))
        {
            var looks = await WishEndpoints.Dossier(grains, wish.Id.Value).Looks(person.Actor);
            if (looks.Count == 0) continue;
            if (!foundations.TryGetValue(wish.Project, out var foundation))
                foundations[wish.Project] = foundation = await FoundationOf(wish.Project);
            var number = SpokenNumber.Of(wish.Id.Value);
            lines.AddRange(looks.Select(look => new LookLine(number, foundation, LookView.Of(look), look.Reason)));
        }

        return new LookPage([.. lines.OrderByDescending(it => it.Look.LastAt)], rows.Next);
    }

    private async Task<string?> FoundationOf(ProjectId project) => await projects.Find(project.Value) is { } row
        ? (await accounts.Foundations.FindAsync(row.Project.Foundation.Value))?.Name
        : null;
}
