using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;

namespace DreamPlatform.Web.Demo;

/// <summary>Fills an empty journal with three projects and a wish in every state, before anybody is served.</summary>
internal sealed class DemoData(IServiceScopeFactory scopes, JournalReader reader, DemoStage stage) : IHostedService
{
    private static readonly WishStatus[] Shown =
    [
        WishStatus.Draft, WishStatus.Submitted, WishStatus.InReview, WishStatus.Approved, WishStatus.Funding,
        WishStatus.Funded, WishStatus.Fulfilling, WishStatus.Delivered, WishStatus.Fulfilled, WishStatus.Rejected,
        WishStatus.Withdrawn, WishStatus.Cancelled,
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await reader.Query("SELECT 1 FROM streams LIMIT 1", _ => true)).Count > 0) return;
        await using var scope = scopes.CreateAsyncScope();
        var cast = await DemoCast.Find(scope.ServiceProvider.GetRequiredService<DemoAccounts>());
        if (cast is null) return;

        await stage.Do(
            new StreamId(StreamKind.Donor, cast.Donor.Id.Value), cast.Donor, new ShowDonorName("Mei from Chengdu"));
        var winter = await Project(
            cast, "A warm winter", "Sky Lantern Friends", "Heating, bedding and warm clothes.", null);
        await Project(
            cast, "First month in the city", "Riverside Textiles", "Rent deposits and household basics.",
            new MatchRule(50, 50_000, 200_000));
        await Project(
            cast, "Back to school", "Lakeside Logistics",
            "School things for children who moved with their parents.", null);
        var stories = DemoStories.All;
        for (var i = 0; i < Shown.Length; i++) await stage.Play(cast, winter, stories[i % stories.Count], Shown[i], i);
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
        await stage.Deposit(id, cast.Finance, 100_000_00, $"Transfer from {sponsor}");
        return id;
    }
}

/// <summary>The people of the demo.</summary>
internal sealed record DemoCast(
    Actor Administrator, Actor Reviewer, Actor Approver, Actor Finance, Actor Applicant, Actor Donor, Actor Donor2)
{
    public FoundationId Foundation => Administrator.Roles[0].Foundation!.Value;

    /// <summary>Null where the accounts are not those of the demo.</summary>
    public static async Task<DemoCast?> Find(DemoAccounts accounts)
    {
        var people = new List<Actor>();
        foreach (var name in
            (string[])["foundation", "reviewer", "approver", "finance", "applicant", "donor", "donor2"])
        {
            if (await accounts.FindAsync(name) is not { } actor) return null;
            people.Add(actor);
        }

        return new DemoCast(people[0], people[1], people[2], people[3], people[4], people[5], people[6]);
    }
}
