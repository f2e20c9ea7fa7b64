using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Web.Payments;

namespace DreamPlatform.Web.Demo;

/// <summary>Takes a wish as far as it is to be shown, by the same commands that people send.</summary>
internal sealed class DemoStage(IGrainFactory grains, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public async Task Play(DemoCast cast, ProjectId project, DemoStory story, WishStatus until, int number)
    {
        var wish = new WishId(Guid.CreateVersion7());
        var items = story.Items.Select(item => new ApplicationItem(
            new ItemId(Guid.CreateVersion7()), item.Name, item.Quantity, item.AmountMinor)).ToArray();
        var application = new Application(
            project, story.Title, story.Story, story.Category, story.Region, items,
            new ApplicantDetails($"Demo Applicant {number + 1}", $"+86 130 0000 {number:0000}", null, null));
        await Expect(Dossier(wish).Create(
            Envelope(cast.Applicant, new DraftWish(project)),
            Envelope(cast.Applicant, new EditDraft(project)), application));
        if (until == WishStatus.Draft) return;
        await Expect(Dossier(wish).Submit(Envelope(cast.Applicant, Application.Empty.ToSubmit(0))));
        if (until == WishStatus.Submitted) return;
        if (until == WishStatus.Withdrawn) await Do(wish.Stream, cast.Applicant, new WithdrawWish());
        else await Review(cast, wish, story, items.Sum(item => item.AmountMinor), until);
        if (until is WishStatus.Withdrawn or WishStatus.InReview or WishStatus.Rejected or WishStatus.Approved) return;
        await Fund(cast, project, wish, items.Sum(item => item.AmountMinor), until);
        if (until is WishStatus.Funding or WishStatus.Funded) return;
        await Fulfil(cast, wish, items, until);
    }

    public Task Do(StreamId owner, Actor actor, Command command) =>
        Expect(grains.GetOwner(owner).Execute(Envelope(actor, command)));

    public Task Deposit(ProjectId project, Actor finance, long amountMinor, string reference)
    {
        var deposit = Guid.CreateVersion7();
        return Expect(grains.GetGrain<IDossierGrain>(new StreamId(StreamKind.Deposit, deposit).ToString()).Execute(
            project.Stream, Envelope(finance, new DepositToProject(deposit, amountMinor)), new Note(reference)));
    }

    private async Task Review(DemoCast cast, WishId wish, DemoStory story, long amountMinor, WishStatus until)
    {
        await Do(wish.Stream, cast.Reviewer, new ClaimWish());
        if (until == WishStatus.InReview) return;
        if (until == WishStatus.Rejected)
        {
            await Write(
                wish, cast.Reviewer, new RejectWish("outside-programme"),
                new Note("This programme is for winter needs only."));
            return;
        }

        await Write(
            wish, cast.Reviewer, new RecommendWish(amountMinor, null, HasPublicText: true),
            new Review(
                "Called the applicant and saw the room by video.",
                [new ReviewCheck("Lives where stated", "confirmed", Evidence.Of("Video call"))],
                new PublicText(story.Title, story.Story)));
        await Do(wish.Stream, cast.Approver, new ApproveWish(amountMinor));
        if (until == WishStatus.Approved) return;
        await Expect(Dossier(wish).Accept(Envelope(cast.Applicant, new AcceptWish(true, null, 0, []))));
    }

    private async Task Fund(DemoCast cast, ProjectId project, WishId wish, long goalMinor, WishStatus until)
    {
        await Pledge(wish, cast.Donor, goalMinor / 4, "愿你们温暖过冬");
        await Pledge(wish, cast.Donor2, goalMinor / 4, null);
        if (until == WishStatus.Funding) return;
        var rest = goalMinor - (2 * (goalMinor / 4));
        await Do(wish.Stream, cast.Approver, new GrantToWish(Guid.CreateVersion7(), project, rest));
    }

    private async Task Pledge(WishId wish, Actor donor, long amountMinor, string? message)
    {
        var pledge = new PledgeId(Guid.CreateVersion7());
        await Do(wish.Stream, donor, new PlacePledge(
            pledge, amountMinor, Anonymous: message is null, message, IfWishFails.Refund, SandboxGateway.GatewayName,
            TimeSpan.FromMinutes(30)));
        await Do(wish.Stream, Actor.Platform, new RecordPayment(
            pledge, SandboxGateway.GatewayName, $"sandbox-{pledge}", amountMinor));
    }

    private async Task Fulfil(DemoCast cast, WishId wish, ApplicationItem[] items, WishStatus until)
    {
        if (until == WishStatus.Cancelled)
        {
            foreach (var item in items) await Do(wish.Stream, cast.Finance, new CancelItem(item.Id));
            return;
        }

        foreach (var item in items)
        {
            await Pay(
                wish, item.Id, cast.Finance, new OrderItem(item.Id, Guid.CreateVersion7(), item.AmountMinor),
                new Note("Demo Store"));
            if (until == WishStatus.Fulfilling) return;
            await Pay(
                wish, item.Id, cast.Finance, new DeliverItem(item.Id, item.AmountMinor - 10_00),
                new Note("Signed delivery note"));
            if (until == WishStatus.Fulfilled) await Do(wish.Stream, cast.Applicant, new ConfirmReceipt(item.Id));
        }
    }

    private Task Write(WishId wish, Actor actor, Command command, DossierContent content) =>
        Expect(Dossier(wish).Execute(wish.Stream, Envelope(actor, command), content));

    private Task Pay(WishId wish, ItemId item, Actor finance, Command command, DossierContent content) =>
        Expect(grains.GetGrain<IDossierGrain>(item.Receipts).Execute(wish.Stream, Envelope(finance, command), content));

    private IDossierGrain Dossier(WishId wish) => grains.GetGrain<IDossierGrain>(wish.Stream.ToString());

    private static Envelope Envelope(Actor actor, Command command)
    {
        var id = Guid.CreateVersion7();
        return new Envelope(new CommandId(id), actor, new Fingerprint(id), command);
    }

    private static async Task Expect(Task<Outcome> outcome)
    {
        if (await outcome is not CommandAccepted)
            throw new InvalidOperationException($"The demo data does not fit the rules: {await outcome}");
    }
}
