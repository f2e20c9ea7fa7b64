using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Payments;

namespace DreamPlatform.Web.Demo;

/// <summary>Takes a wish as far as it is to be shown, by the same commands that people send.</summary>
internal sealed class DemoStage(IGrainFactory grains, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public async Task Play(DemoCast cast, ProjectId project, DemoStory story, int number)
    {
        var (wish, until) = (new WishId(Guid.CreateVersion7()), story.Until);
        var applicant = story.IsOfAnother ? cast.Applicant2 : cast.Applicant;
        var items = story.Items.Select(item => new ApplicationItem(
            new ItemId(Guid.CreateVersion7()), item.Name, item.Quantity, item.AmountMinor)).ToArray();
        var application = new Application(
            project, story.Title, story.Story, story.Category, story.Region, items,
            new ApplicantDetails($"演示申请人{number + 1}", $"+86 130 0000 {number:0000}", null, null));
        await Expect(Dossier(wish).Create(
            Envelope(applicant, new DraftWish(project)), Envelope(applicant, new EditDraft(project)), application));
        if (until == WishStatus.Draft) return;
        await Expect(Dossier(wish).Submit(Envelope(applicant, Application.Empty.ToSubmit(0))));
        if (until == WishStatus.Submitted) return;
        var goalMinor = items.Sum(item => item.AmountMinor);
        if (until == WishStatus.Withdrawn) await Do(wish.Stream, applicant, new WithdrawWish());
        else await Review(cast, wish, story, goalMinor, until);
        if (until is WishStatus.Withdrawn or WishStatus.InReview or WishStatus.Rejected or WishStatus.Approved) return;
        await Fund(cast, project, wish, story, goalMinor);
        if (until is WishStatus.Funding or WishStatus.Funded) return;
        await Fulfil(cast, applicant, wish, items, until);
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
                new Note("这个项目帮的是过冬要用的东西，手机不在里面。别的项目如果合适，欢迎再写一次。"));
            return;
        }

        await Write(
            wish, cast.Reviewer, new RecommendWish(amountMinor, null, HasPublicText: true, Checks: story.Checks),
            new Review(
                "和申请人通过话，材料和价格都对过。",
                [.. story.Checks.Select(check => new ReviewCheck(
                    "和申请里写的一样", Names.Of(check.Result), Evidence.Of("通话记录"), check.Kind, check.Method))],
                new PublicText(story.Title, story.Story)));
        await Do(wish.Stream, cast.Approver, new ApproveWish(amountMinor));
        if (until == WishStatus.Approved) return;
        var applicant = story.IsOfAnother ? cast.Applicant2 : cast.Applicant;
        await Expect(Dossier(wish).Accept(Envelope(applicant, new AcceptWish(true, null, 0, []))));
    }

    private async Task Fund(DemoCast cast, ProjectId project, WishId wish, DemoStory story, long goalMinor)
    {
        var (first, second) = (goalMinor * story.Percent.First / 100, goalMinor * story.Percent.Second / 100);
        if (first > 0) await Pledge(wish, cast.Donor, first, story.Message);
        if (second > 0) await Pledge(wish, cast.Donor2, second, null);
        if (story.Until == WishStatus.Funding) return;
        var rest = goalMinor - first - second;
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

    private async Task Fulfil(
        DemoCast cast, Actor applicant, WishId wish, ApplicationItem[] items, WishStatus until)
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
                new Note("示范商店"));
            if (until == WishStatus.Fulfilling) return;
            await Pay(
                wish, item.Id, cast.Finance, new DeliverItem(item.Id, item.AmountMinor - 10_00),
                new Note("签收单，有签名"));
            if (until == WishStatus.Fulfilled) await Do(wish.Stream, applicant, new ConfirmReceipt(item.Id));
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
