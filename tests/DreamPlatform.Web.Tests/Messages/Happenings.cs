using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>What happens to a wish of two people, by the commands that people send.</summary>
internal sealed class Happenings(MailApp app, AccountId applicant, AccountId donor)
{
    public const long GoalMinor = 113_350;

    private static readonly FoundationId Foundation = new(Guid.CreateVersion7());

    private static readonly Actor
        Administrator = Staff(Role.Foundation), Reviewer = Staff(Role.Reviewer), Approver = Staff(Role.Approver),
        Finance = Staff(Role.Finance);

    private readonly Actor donating = new(donor, []), applying = new(applicant, []);

    public ProjectId Project { get; } = new(Guid.CreateVersion7());

    public WishId Wish { get; } = new(Guid.CreateVersion7());

    public ItemId Item { get; } = new(Guid.CreateVersion7());

    public PledgeId Pledge { get; private set; }

    public async Task SubmitAsync()
    {
        var rules = new ProjectRules(
            [], [], new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), 1_000_000, 1_000_000, null);
        await app.DoAsync(Project.Stream, Administrator, new CreateProject(Foundation, rules, []));
        await app.DoAsync(Project.Stream, Administrator, new OpenProject());
        await Do(applying, new DraftWish(Project));
        await Do(applying, new EditDraft(Project, 1));
        await Do(applying, new SubmitWish(1, [], "housing", "sichuan", [new WishItem(Item, 1, GoalMinor)]));
    }

    public async Task RejectAsync()
    {
        await Do(Reviewer, new ClaimWish());
        await Do(Reviewer, new RejectWish("outside-programme", 2));
    }

    public async Task ApproveAsync()
    {
        await Do(Reviewer, new ClaimWish());
        await Do(Reviewer, new RecommendWish(GoalMinor, null, false, 2));
        await Do(Approver, new ApproveWish(GoalMinor));
    }

    public Task PublishAsync() => Do(applying, new AcceptWish(false, null, 1, []));

    public async Task PromiseAsync(long amountMinor = GoalMinor)
    {
        Pledge = new PledgeId(Guid.CreateVersion7());
        await Do(donating, new PlacePledge(
            Pledge, amountMinor, false, null, IfWishFails.Refund, "sandbox", TimeSpan.FromMinutes(30)));
    }

    public Task PayAsync() =>
        Do(Actor.Platform, new RecordPayment(Pledge, "sandbox", $"payment-{Pledge}", GoalMinor));

    public async Task DeliverAsync()
    {
        await Do(Finance, new OrderItem(Item, Guid.CreateVersion7(), GoalMinor, 3));
        await Do(Finance, new DeliverItem(Item, GoalMinor - 50, 4));
    }

    public Task ConfirmAsync() => Do(applying, new ConfirmReceipt(Item));

    public Task CancelAsync() => Do(Finance, new CancelItem(Item));

    /// <summary>All of it, to the end.</summary>
    public async Task FulfilAsync()
    {
        await SubmitAsync();
        await ApproveAsync();
        await PublishAsync();
        await PromiseAsync();
        await PayAsync();
        await DeliverAsync();
        await ConfirmAsync();
    }

    private static Actor Staff(Role role) =>
        new(new AccountId(Guid.CreateVersion7()), [new RoleAssignment(role, Foundation)]);

    private Task<CommandAccepted> Do(Actor actor, Command command) => app.DoAsync(Wish.Stream, actor, command);
}
