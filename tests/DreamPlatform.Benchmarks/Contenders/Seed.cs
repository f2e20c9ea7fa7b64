using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>What is in every database before the first pledge: wishes that collect, all but one with room for ever.</summary>
internal static class Seed
{
    public const int WishCount = 10_000, DonorCount = 32;

    /// <summary>The goal of every wish.</summary>
    public const long GoalMinor = Money.MaxAmountMinor;

    /// <summary>What the near-goal wish still needs: the last 1 %.</summary>
    public const long LastMinor = GoalMinor / 100;

    public static IReadOnlyList<Guid> Wishes { get; } = [.. Enumerable.Range(0, WishCount).Select(Id)];

    public static Guid HotWish => Wishes[0];

    public static Guid NearGoalWish { get; } = Id(WishCount);

    private static readonly FoundationId Foundation = new(Id(-1));

    private static readonly ProjectId Project = new(Id(-2));

    private static readonly Actor
        Administrator = Staff(Role.Foundation, -3), Reviewer = Staff(Role.Reviewer, -4), Approver = Staff(Role.Approver, -5),
        Finance = Staff(Role.Finance, -6), Applicant = new(new AccountId(Id(-7)), []);

    /// <summary>Takes every wish from draft to funding by the rules, a round each.</summary>
    public static async Task FillAsync(CommitLog log, DateTimeOffset now)
    {
        var today = PlatformCalendar.DayOf(now);
        var rules = new ProjectRules([], [], today.AddDays(-30), today.AddDays(180), GoalMinor, GoalMinor, null);
        await RunAsync(
            log, new Project(Project), (Administrator, new CreateProject(Foundation, rules, [])),
            (Administrator, new OpenProject()), (Finance, new DepositToProject(Id(-8), GoalMinor, 1)));
        foreach (var some in Wishes.Chunk(500)) await Task.WhenAll(some.Select(wish => RunAsync(log, new Wish(new WishId(wish)), ToFunding())));
        await RunAsync(
            log, new Wish(new WishId(NearGoalWish)),
            [.. ToFunding(), (Approver, new GrantToWish(Id(-9), Project, GoalMinor - LastMinor))]);
    }

    private static (Actor, Command)[] ToFunding() =>
    [
        (Applicant, new DraftWish(Project)),
        (Applicant, new EditDraft(Project, 1)),
        (Applicant, new SubmitWish(1, [], "housing", "sichuan", [new WishItem(new ItemId(Guid.CreateVersion7()), 1, GoalMinor)])),
        (Reviewer, new ClaimWish()),
        (Reviewer, new RecommendWish(GoalMinor, null, false, 2)),
        (Approver, new ApproveWish(GoalMinor)),
        (Applicant, new AcceptWish(false, null, 1, [])),
    ];

    private static async Task RunAsync(CommitLog log, Owner owner, params (Actor Actor, Command Command)[] commands)
    {
        var result = await log.Commit(new Round(owner, 0, DateTimeOffset.UnixEpoch, [.. commands.Select(Envelope)]));
        if (result is not RoundResult.Decided decided || decided.Outcomes.FirstOrDefault(it => it is not CommandAccepted) is { } refused)
            throw new InvalidOperationException($"The seed does not fit the rules: {(result as RoundResult.Decided)?.Outcomes[^1] ?? (object)result}");
    }

    private static Envelope Envelope((Actor Actor, Command Command) it)
    {
        var id = Guid.CreateVersion7();
        return new Envelope(new CommandId(id), it.Actor, new Fingerprint(id), it.Command);
    }

    private static Actor Staff(Role role, int number) => new(new AccountId(Id(number)), [new RoleAssignment(role, Foundation)]);

    /// <summary>Ids that sort by their numbers, as those of wishes sort by time, and are the same in every run.</summary>
    private static Guid Id(int number) => Derived.TimeOrderedId(
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number), new Guid(number, 0, 0, new byte[8]));
}
