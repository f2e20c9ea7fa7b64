using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Messages.Sending;
using DreamPlatform.Web.People;
using DreamPlatform.Web.Site.Forms;
using DreamPlatform.Web.Wishes;

namespace DreamPlatform.Web.Site.Account;

/// <summary>Somebody's look at one of my wishes.</summary>
/// <param name="Number">What the wish is called by.</param>
/// <param name="Foundation">Whose project it is; null if it is not there any more.</param>
internal sealed record LookLine(string Number, string? Foundation, LookView Look);

/// <summary>How much is held about somebody, and who looked at it.</summary>
internal sealed class Holdings(
    WishQueries wishes, PledgeQueries pledges, ProjectQueries projects, AccountsDb accounts, IGrainFactory grains)
{
    private const int MaxLooks = 200;

    public async Task<int> PledgesOf(AccountId person) =>
        await Pages.Of(after => pledges.OfDonor(person, after, Pages.Size), it => it.Id.Value).CountAsync();

    /// <summary>The number of their wishes, and the newest looks at them.</summary>
    public async Task<(int Wishes, IReadOnlyList<LookLine> Looks)> WishesOf(Caller person)
    {
        var (count, all) = (0, new List<LookLine>());
        await foreach (var row in Pages.Of(after => wishes.OfApplicant(person.Id, after, Pages.Size), it => it.Wish.Id.Value))
        {
            count++;
            var id = row.Wish.Id.Value;
            var (looks, _) = await WishEndpoints.Looks(id, person, grains, wishes).ReadAsync<Listing<LookView>>();
            if (looks is not { Items.Count: > 0 }) continue;
            var foundation = await FoundationOf(row.Wish.Project.Value);
            all.AddRange(looks.Items.Select(look => new LookLine(News.NumberOf(id), foundation, look)));
        }

        return (count, [.. all.OrderByDescending(it => it.Look.LastAt).Take(MaxLooks)]);
    }

    private async Task<string?> FoundationOf(Guid project) => await projects.Find(project) is { } row
        ? (await accounts.Foundations.FindAsync(row.Project.Foundation.Value))?.Name
        : null;
}
