using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Storage.Tests;

/// <summary>A foundation with its people, and short ways to say what they do.</summary>
/// <param name="send">Brings a command to its owner.</param>
public sealed class World(Func<StreamId, Envelope, Task<Outcome>> send)
{
    public static readonly FoundationId Foundation = new(Guid.CreateVersion7());

    public static readonly Actor
        Administrator = Staff(Role.Foundation), Reviewer = Staff(Role.Reviewer), Approver = Staff(Role.Approver),
        Finance = Staff(Role.Finance), Applicant = Person(), Donor = Person();

    public World(TestJournal journal, CommitLog log)
        : this(async (owner, envelope) => (await journal.Execute(log, owner, envelope))[0])
    {
    }

    public ProjectId Project { get; } = new(Guid.CreateVersion7());

    public static Actor Person() => new(new AccountId(Guid.CreateVersion7()), []);

    public static Actor Staff(Role role) =>
        new(new AccountId(Guid.CreateVersion7()), [new RoleAssignment(role, Foundation)]);

    public static Envelope Envelope(Actor actor, Command command, CommandId? id = null) => new(
        id ?? new CommandId(Guid.CreateVersion7()), actor,
        new Fingerprint(Derived.Id(command.ToString()!)), command);

    public static PlacePledge Pledge(long amountMinor, PledgeId? id = null) => new(
        id ?? new PledgeId(Guid.CreateVersion7()), amountMinor, Anonymous: false, Message: null, IfWishFails.Refund,
        "sandbox", TimeSpan.FromMinutes(30));

    public static RecordPayment Payment(PlacePledge pledge) =>
        new(pledge.Pledge, pledge.Gateway, $"p-{pledge.Pledge}", pledge.AmountMinor);

    public Task<Outcome> Do(StreamId owner, Actor actor, Command command, CommandId? id = null) =>
        send(owner, Envelope(actor, command, id));

    public async Task<CommandAccepted> Done(StreamId owner, Actor actor, Command command, CommandId? id = null) =>
        Assert.IsType<CommandAccepted>(await Do(owner, actor, command, id));

    /// <summary>Opens the project, with money in it.</summary>
    public async Task OpenProject(long depositMinor = 0)
    {
        var rules = new ProjectRules(
            [], [], new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), Money.MaxAmountMinor, Money.MaxAmountMinor, null);
        await Done(Project.Stream, Administrator, new CreateProject(Foundation, rules, []));
        await Done(Project.Stream, Administrator, new OpenProject());
        if (depositMinor > 0)
            await Done(Project.Stream, Finance, new DepositToProject(Guid.CreateVersion7(), depositMinor, 1));
    }

    /// <summary>A wish that says something to everybody.</summary>
    public Task<WishId> WishOf(string title, string? story = null, params string[] items) => FundingWish(
        1_000 / Math.Max(1, items.Length) * Math.Max(1, items.Length), Math.Max(1, items.Length), (wish, lines) =>
        [
            new(wish.Value, TextField.Title, title),
            .. story is null ? Array.Empty<PublishedText>() : [new PublishedText(wish.Value, TextField.Story, story)],
            .. items.Select((name, i) => new PublishedText(lines[i].Id.Value, TextField.ItemName, name)),
        ]);

    /// <summary>A wish of equal items that collects money.</summary>
    /// <param name="publish">What becomes public of the wish and its items; nothing when null.</param>
    public async Task<WishId> FundingWish(
        long goalMinor, int items = 1, Func<WishId, IReadOnlyList<WishItem>, IReadOnlyList<PublishedText>>? publish = null,
        IReadOnlyList<ClaimCheck>? checks = null)
    {
        var wish = new WishId(Guid.CreateVersion7());
        var lines = Enumerable.Range(0, items)
            .Select(_ => new WishItem(new ItemId(Guid.CreateVersion7()), 1, goalMinor / items)).ToArray();
        await Done(wish.Stream, Applicant, new DraftWish(Project));
        await Done(wish.Stream, Applicant, new EditDraft(Project, 1));
        await Done(wish.Stream, Applicant, new SubmitWish(1, [], "housing", "sichuan", lines));
        await Done(wish.Stream, Reviewer, new ClaimWish());
        await Done(wish.Stream, Reviewer, new RecommendWish(goalMinor, null, false, 2, checks));
        await Done(wish.Stream, Approver, new ApproveWish(goalMinor));
        await Done(wish.Stream, Applicant, new AcceptWish(false, null, 1, publish?.Invoke(wish, lines) ?? []));
        return wish;
    }
}
