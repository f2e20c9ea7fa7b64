using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;

namespace DreamPlatform.Web.Demo;

/// <summary>
/// Fills an empty journal with a small world, before anybody is served: three projects, and wishes in every state.
/// </summary>
internal sealed class DemoData(IServiceScopeFactory scopes, JournalReader reader, DemoStage stage) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Of several processes that start at once one fills it.
        await using var alone = await scope.ServiceProvider.GetRequiredService<AccountsDb>()
            .BeginAsync(AccountsDb.PatienceAtStart);
        if ((await reader.Query("SELECT 1 FROM streams LIMIT 1", _ => true)).Count > 0) return;
        var cast = await DemoCast.Find(scope.ServiceProvider.GetRequiredService<DemoAccounts>());
        if (cast is null) return;

        await stage.Do(
            new StreamId(StreamKind.Donor, cast.Donor.Id.Value), cast.Donor, new ShowDonorName("江边的一家人"));
        ProjectId[] projects =
        [
            await Project(cast, "过个暖冬", "天灯之友", "取暖、被褥、棉衣，还有冬天里的热饭。", null),
            await Project(
                cast, "进城第一个月", "河湾织造", "房租押金，还有头一个月用的东西。",
                new MatchRule(50, 50_000, 200_000)),
            await Project(cast, "孩子的书桌", "青石物流", "给跟着父母进城上学的孩子。", null),
        ];
        var stories = DemoStories.All;
        for (var i = 0; i < stories.Count; i++) await stage.Play(cast, projects[stories[i].Project], stories[i], i);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<ProjectId> Project(
        DemoCast cast, string name, string sponsor, string description, MatchRule? match)
    {
        var id = new ProjectId(Guid.CreateVersion7());
        var today = PlatformCalendar.DayOf(stage.Now);
        var rules = new ProjectRules([], [], today.AddDays(-30), today.AddDays(180), 5_000_00, 3_000_00, match);
        PublishedText[] texts =
        [
            new(id.Value, TextField.Title, name), new(id.Value, TextField.SponsorName, sponsor),
            new(id.Value, TextField.Story, description),
        ];
        await stage.Do(id.Stream, cast.Administrator, new CreateProject(cast.Foundation, rules, texts));
        await stage.Do(id.Stream, cast.Administrator, new OpenProject());
        await stage.Deposit(id, cast.Finance, 100_000_00, $"{sponsor}转来的款");
        return id;
    }
}

/// <summary>The people of the demo.</summary>
internal sealed record DemoCast(
    Actor Administrator, Actor Reviewer, Actor Approver, Actor Finance, Actor Applicant, Actor Applicant2, Actor Donor,
    Actor Donor2)
{
    public FoundationId Foundation => Administrator.Roles[0].Foundation!.Value;

    /// <summary>Null where the accounts are not those of the demo.</summary>
    public static async Task<DemoCast?> Find(DemoAccounts accounts)
    {
        var people = new List<Actor>();
        foreach (var name in
            (string[])["foundation", "reviewer", "approver", "finance", "applicant", "applicant2", "donor", "donor2"])
        {
            if (await accounts.FindAsync(name) is not { } actor) return null;
            people.Add(actor);
        }

        return new DemoCast(
            people[0], people[1], people[2], people[3], people[4], people[5], people[6], people[7]);
    }
}
