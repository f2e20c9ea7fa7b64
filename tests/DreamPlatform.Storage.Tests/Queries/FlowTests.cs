using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Storage.Tests.Commits;

namespace DreamPlatform.Storage.Tests.Queries;

/// <summary>Where the money of a wish and of a donor came from and went.</summary>
public sealed class FlowTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_flow_of_a_wish_adds_up_and_names_only_who_shows_a_name(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wish = await scene.World.WishOf("书包", null, "书包", "文具");
        var (mei, quiet, shy) = (World.Person(), World.Person(), World.Person());
        await scene.ShowName(mei, "Mei");
        await scene.ShowName(shy, "Secret");
        await scene.Give(wish, mei, 200);
        await scene.Give(wish, mei, 100);
        await scene.Give(wish, quiet, 150);
        await scene.Give(wish, quiet, 50);
        await scene.Give(wish, shy, 120, isAnonymous: true);
        await scene.World.Done(wish.Stream, World.Approver, new GrantToWish(Guid.CreateVersion7(), scene.World.Project, 300));
        await scene.World.Done(wish.Stream, World.Donor, World.Pledge(30));
        var queries = new FlowQueries(scene.Journal.Reader, scene.Wishes, new TextQueries(scene.Journal.Reader));

        var flow = (await queries.Of(wish.Value))!;

        FlowSource[] sources =
        [
            new(FlowSourceKind.Donor, "Mei", 300, 2), new(FlowSourceKind.Donor, null, 150, 1),
            new(FlowSourceKind.Donor, null, 120, 1), new(FlowSourceKind.Donor, null, 50, 1), new(FlowSourceKind.Grant, null, 300, 1),
        ];
        Assert.Equal(sources, flow.Sources);
        Assert.Equal((30L, 920L, 0L, 920L, 0L, 0L, 0L), Figures(flow));
        Assert.Equal(["书包", "文具"], flow.Items.Select(item => item.Name));
        Assert.Equal([500L, 500L], flow.Items.Select(item => item.Money.WaitingMinor));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_flow_of_a_wish_follows_what_is_ordered_delivered_and_left_over(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wish = await scene.World.WishOf("书包", null, "书包", "文具");
        await scene.Fund(wish, 1_000);
        var items = (await scene.Wishes.Find(wish.Value))!.Wish.Items;
        var queries = new FlowQueries(scene.Journal.Reader, scene.Wishes, new TextQueries(scene.Journal.Reader));

        await scene.World.Done(wish.Stream, World.Finance, new OrderItem(items[0].Id, Gifts.Shop, 480, 1));
        Assert.Equal((0L, 1_000L, 0L, 520L, 480L, 0L, 0L), Figures((await queries.Of(wish.Value))!));

        await scene.World.Done(wish.Stream, World.Finance, new DeliverItem(items[0].Id, 450, 1));
        var flow = (await queries.Of(wish.Value))!;
        Assert.Equal((0L, 1_000L, 0L, 500L, 0L, 450L, 50L), Figures(flow));
        Assert.Equal(
            [new ItemMoney(items[0].Id, ItemStatus.Delivered, 0, 0, 450, 50), new ItemMoney(items[1].Id, ItemStatus.Planned, 500, 0, 0, 0)],
            flow.Items.Select(item => item.Money));
        var balance = await scene.Journal.BalanceOf(LedgerAccount.Wish(wish));
        Assert.Equal(balance.DebitsPostedMinor, flow.PaidMinor + flow.LeftOverMinor + flow.ReturnedMinor);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Of_many_gifts_the_smaller_ones_are_one_source(string database)
    {
        await using var scene = await FaultScene.Open(database);
        for (var i = 1; i <= 25; i++) await scene.Give(scene.Wish, World.Person(), i);
        var queries = new FlowQueries(scene.Journal.Reader, scene.Wishes, new TextQueries(scene.Journal.Reader));

        var flow = (await queries.Of(scene.Wish.Value))!;

        Assert.Equal(new FlowSource(FlowSourceKind.OtherDonors, null, 1 + 2 + 3 + 4 + 5, 5), flow.Sources[^1]);
        Assert.Equal(21, flow.Sources.Count);
        Assert.Equal(flow.ReceivedMinor, flow.Sources.Sum(source => source.AmountMinor));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wish_that_is_not_published_has_no_flow(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var draft = new WishId(Guid.CreateVersion7());
        await scene.World.Done(draft.Stream, World.Applicant, new DraftWish(scene.World.Project));
        var queries = new FlowQueries(scene.Journal.Reader, scene.Wishes, new TextQueries(scene.Journal.Reader));

        Assert.Null(await queries.Of(draft.Value));
        Assert.Null(await queries.Of(Guid.CreateVersion7()));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_donors_money_is_followed_to_the_item_and_the_year(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wish = await scene.World.WishOf("书包", null, "书包", "文具", "鞋");
        var donor = World.Person();
        scene.Journal.Time.SetUtcNow(new DateTimeOffset(2026, 12, 31, 15, 59, 59, TimeSpan.Zero));
        await scene.Give(wish, donor, 100);
        await scene.Fund(wish, 899);
        var items = (await scene.Wishes.Find(wish.Value))!.Wish.Items;
        await scene.Spend(wish, items[0].Id, 333, 300);
        await scene.World.Done(wish.Stream, World.Finance, new OrderItem(items[1].Id, Gifts.Shop, 333, 1));
        await scene.World.Done(scene.World.Project.Stream, donor, World.Pledge(7));
        scene.Journal.Time.SetUtcNow(new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));
        var toPool = World.Pledge(20);
        await scene.World.Done(scene.World.Project.Stream, donor, toPool);
        await scene.World.Done(scene.World.Project.Stream, Actor.Platform, World.Payment(toPool));
        var (giving, pledges) = (Giving(scene), await new PledgeQueries(scene.Journal.Reader).OfDonor(donor.Id, null, 10));

        var money = await giving.Of(pledges);

        Assert.Equal(
            [PledgePlace.NotPaid, PledgePlace.Wish, PledgePlace.Project], money.Values.Select(it => it.Place).Order());
        Assert.Equal(PledgePlace.Project, money[toPool.Pledge].Place);
        var share = money.Values.Single(it => it.Place == PledgePlace.Wish);
        Assert.Equal("书包", share.TargetTitle);
        Assert.Equal(["书包", "文具", "鞋"], share.Items.Select(item => item.Name));
        Assert.Equal(100, share.Items.Sum(item => item.Money.TotalMinor));
        Assert.Equal((30L, 3L), (share.Items[0].Money.PaidMinor, share.Items[0].Money.LeftOverMinor));
        Assert.Equal([true, false, false], share.Items.Select(item => item.HasProof));
        Assert.Equal([true, true, false], share.Items.Select(item => item.OrderedAt is not null));
        Assert.Equal([true, false, false], share.Items.Select(item => item.DeliveredAt is not null));
        Assert.Equal([new GivenYear(2027, 20, 1), new GivenYear(2026, 100, 1)], await giving.Years(donor.Id));
        Assert.Empty(await giving.Years(World.Person().Id));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Where_everything_is_is_added_up_of_two_hundred_pledges_and_of_no_more(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var (donor, giving) = (World.Person(), Giving(scene));
        for (var i = 0; i < GivingQueries.MaxSummed; i++)
            await scene.World.Done(scene.Wish.Stream, donor, World.Pledge(1));

        Assert.Equal(new GivenSums(0, 0, 0), await giving.Sums(donor.Id));
        await scene.World.Done(scene.Wish.Stream, donor, World.Pledge(1));
        Assert.Null(await giving.Sums(donor.Id));
    }

    private static GivingQueries Giving(FaultScene scene) =>
        new(scene.Journal.Reader, new TextQueries(scene.Journal.Reader), scene.Journal.Time);

    private static (long, long, long, long, long, long, long) Figures(WishFlow flow) => (
        flow.PromisedMinor, flow.ReceivedMinor, flow.ReturnedMinor, flow.WaitingMinor, flow.HeldMinor, flow.PaidMinor,
        flow.LeftOverMinor);
}
