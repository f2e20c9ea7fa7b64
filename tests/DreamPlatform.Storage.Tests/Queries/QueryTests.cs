using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Storage.Tests.Commits;

namespace DreamPlatform.Storage.Tests.Queries;

/// <summary>What the pages ask of the read models and the ledger.</summary>
public sealed class QueryTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_numbers_of_the_platform_are_summed_from_what_is_there(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var queries = new PlatformQueries(scene.Journal.Reader, scene.Journal.Time);
        Assert.Equal(new PlatformNumbers(0, 1, 0), await queries.Numbers());

        await scene.Fund(scene.Wish, 1_000);
        var item = (await scene.Wishes.Find(scene.Wish.Value))!.Wish.Items[0].Id;
        await scene.Spend(scene.Wish, item, 900, 850);
        Assert.Equal(new PlatformNumbers(0, 0, 850), await queries.Numbers());

        await scene.World.Done(scene.Wish.Stream, World.Applicant, new ConfirmReceipt(item));
        await scene.World.FundingWish(500);
        Assert.Equal(new PlatformNumbers(1, 1, 850), await queries.Numbers());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_was_checked_is_read_with_the_history_of_a_wish(string database)
    {
        await using var scene = await FaultScene.Open(database);
        ClaimCheck[] checks = [new(ClaimKind.Need, CheckResult.Partly, CheckMethod.Visit), new(ClaimKind.Payee, CheckResult.Confirmed)];

        var wish = await scene.World.FundingWish(500, checks: checks);

        Assert.Equal(checks, await Checked(wish));
        Assert.Null(await Checked(scene.Wish));

        async Task<IEnumerable<ClaimCheck>?> Checked(WishId id) => (await scene.Wishes.History(id.Value, 0, 100))
            .Select(row => row.Event).OfType<WishRecommended>().Single().Checks;
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Of_wishes_in_the_order_of_closing_those_that_closed_come_last_and_are_not_counted(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var platform = new PlatformQueries(scene.Journal.Reader, scene.Journal.Time);
        var (second, third) = (await scene.World.FundingWish(1_000), await scene.World.FundingWish(1_000));
        await scene.World.Done(scene.Wish.Stream, World.Applicant, new EraseApplicant());

        Assert.Equal([(second, true), (third, true), (scene.Wish, false)], await ByClosing());
        Assert.Equal(2, (await platform.Numbers()).WishesCollecting);

        scene.Journal.Time.SetUtcNow(new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal([(scene.Wish, false), (second, false), (third, false)], await ByClosing());
        Assert.Equal(0, (await platform.Numbers()).WishesCollecting);

        async Task<IReadOnlyList<(WishId, bool)>> ByClosing()
        {
            var filter = new WallFilter(WishStatus.Funding, null, null, null, WallSort.Closing);
            var (found, after) = (new List<(WishId, bool)>(), ((long, Guid)?)null);
            while (await scene.Wishes.Wall(filter, after, 1) is [var row])
            {
                found.Add((row.Wish.Id, row.IsCollecting));
                after = (scene.Wishes.PlaceOf(row, WallSort.Closing), row.Wish.Id.Value);
            }

            return found;
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task However_often_a_draft_was_written_its_history_is_all_there(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wish = new WishId(Guid.CreateVersion7());
        await scene.World.Done(wish.Stream, World.Applicant, new DraftWish(scene.World.Project));
        for (var i = 0; i < 120; i++)
            await scene.World.Done(wish.Stream, World.Applicant, new EditDraft(scene.World.Project, i + 1));
        await scene.World.Done(wish.Stream, World.Applicant, new WithdrawWish());

        var history = await scene.Wishes.Milestones(wish.Value);

        Assert.Equal([(1L, "wish-drafted.v1"), (122, "wish-withdrawn.v1")], history.Select(row => (row.Version, row.Name)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_wall_is_sorted_by_what_has_come_in_for_good(string database)
    {
        await using var scene = await FaultScene.Open(database);
        WishId[] wishes = [scene.Wish, await scene.World.FundingWish(1_000), await scene.World.FundingWish(10_000)];
        async Task<IEnumerable<WishId>> Sorted() => (await scene.Wishes.Wall(
            new WallFilter(null, null, null, null, WallSort.Progress), null, 9)).Select(row => row.Wish.Id);

        await scene.Give(wishes[0], World.Person(), 300);
        await scene.Give(wishes[1], World.Person(), 200);
        await scene.Give(wishes[2], World.Person(), 1_000);
        await scene.World.Done(wishes[1].Stream, World.Donor, World.Pledge(800));
        Assert.Equal([wishes[0], wishes[1], wishes[2]], await Sorted());

        await scene.Give(wishes[2], World.Person(), 4_000);
        Assert.Equal([wishes[2], wishes[0], wishes[1]], await Sorted());
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Projects_that_are_open_come_before_newer_ones_that_are_closed_page_by_page(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var queries = new ProjectQueries(scene.Journal.Reader);
        var rules = (await queries.Find(scene.World.Project.Value))!.Project.Rules;
        var made = new List<ProjectId> { scene.World.Project };
        foreach (Command[] steps in (Command[][])[[new OpenProject(), new CloseProject()], [new OpenProject()], [new OpenProject(), new CloseProject()], []])
        {
            made.Add(new ProjectId(Guid.CreateVersion7()));
            foreach (var step in steps.Prepend(new CreateProject(World.Foundation, rules, [])))
                await scene.World.Done(made[^1].Stream, World.Administrator, step);
        }

        var listed = new List<ProjectRow>();
        for ((long, Guid)? after = null; ;)
        {
            var page = await queries.Public(after, 1);
            if (page.Count == 0) break;
            listed.AddRange(page);
            after = (page[^1].Project.Status == ProjectStatus.Open ? 1 : 0, page[^1].Project.Id.Value);
        }

        Assert.Equal([made[2], made[0], made[3], made[1]], listed.Select(row => row.Project.Id));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_sponsor_sees_the_budgets_of_the_projects_of_their_foundation(string database)
    {
        await using var scene = await FaultScene.Open(database);
        await scene.World.Done(scene.Wish.Stream, World.Approver, new GrantToWish(Guid.CreateVersion7(), scene.World.Project, 400));
        await scene.Fund(scene.Wish, 600);
        var item = (await scene.Wishes.Find(scene.Wish.Value))!.Wish.Items[0].Id;
        await scene.Spend(scene.Wish, item, 1_000, 950);
        var toPool = World.Pledge(20);
        await scene.World.Done(scene.World.Project.Stream, World.Donor, toPool);
        await scene.World.Done(scene.World.Project.Stream, Actor.Platform, World.Payment(toPool));
        var budgets = new BudgetQueries(scene.Journal.Reader, new ProjectQueries(scene.Journal.Reader));

        var budget = Assert.Single(await budgets.OfSponsor(World.Staff(Role.Sponsor), null, 10));

        Assert.Equal(
            (1_000L, 20L, 400L, 0L, 50L, 670L),
            (budget.DepositedMinor, budget.DonatedMinor, budget.GrantedMinor, budget.MatchedMinor, budget.LeftOverMinor,
                budget.Row.Balance.AvailableMinor));
        Assert.Equal([(WishStatus.Delivered, 1L)], budget.WishesByStatus.Select(it => (it.Key, it.Value)));
        Assert.Empty(await budgets.OfSponsor(World.Staff(Role.Sponsor), budget.Row.Project.Id.Value, 10));
        Assert.Empty(await budgets.OfSponsor(World.Finance, null, 10));
        var stranger = new Actor(World.Donor.Id, [new RoleAssignment(Role.Sponsor, new FoundationId(Guid.CreateVersion7()))]);
        Assert.Empty(await budgets.OfSponsor(stranger, null, 10));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_counts_of_the_queues_are_as_long_as_the_queues(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var submitted = new List<WishId>();
        for (var i = 0; i < 4; i++)
        {
            submitted.Add(await Submitted(scene, i < 3 ? "housing" : "health"));
            scene.Journal.Time.Advance(TimeSpan.FromDays(1));
        }

        var other = World.Staff(Role.Reviewer);
        await scene.World.Done(submitted[0].Stream, World.Reviewer, new ClaimWish());
        await scene.World.Done(submitted[1].Stream, other, new ClaimWish());
        var queries = new ReviewQueries(scene.Journal.Reader);
        var due = (await scene.Wishes.Find(submitted[0].Value))!.Wish.ReviewDueAt!.Value;
        foreach (var now in (DateTimeOffset[])[due, due.AddMilliseconds(1), due.AddDays(2.5), due.AddDays(9)])
        {
            foreach (var reviewer in (Actor[])[World.Reviewer, other, World.Approver, World.Finance])
            {
                var counts = await queries.Counts(reviewer, now);
                async Task<long> Length(ReviewQueue queue) =>
                    (await scene.Wishes.Cases(new CaseFilter(queue), reviewer, now, null, 100)).Count;

                Assert.Equal(
                    (await Length(ReviewQueue.Open), await Length(ReviewQueue.Claimed), await Length(ReviewQueue.Mine),
                        await Length(ReviewQueue.Overdue)),
                    (counts.Open, counts.Claimed, counts.Mine, counts.Overdue));
            }
        }

        Assert.Equal(new QueueCounts(2, 2, 1, 1, due), await queries.Counts(World.Reviewer, due.AddMilliseconds(1)));
        Assert.Equal(new QueueCounts(2, 2, 1, 0, due.AddDays(1)), await queries.Counts(other, due));
        Assert.Equal(new QueueCounts(0, 0, 0, 0, null), await queries.Counts(World.Finance, due));
        var narrow = await scene.Wishes.Cases(
            new CaseFilter(ReviewQueue.Open, "health", "sichuan", scene.World.Project.Value), other, due, null, 9);
        Assert.Equal([submitted[3]], narrow.Select(row => row.Wish.Id));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_is_to_be_ordered_and_delivered_is_listed_oldest_first_page_by_page(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wishes = new List<WishId>();
        for (var i = 0; i < 5; i++)
        {
            scene.Journal.Time.Advance(TimeSpan.FromMinutes(1));
            wishes.Add(await scene.World.WishOf($"Wish {i}", null, $"First {i}", $"Second {i}"));
            await scene.Fund(wishes[i], 1_000);
        }

        foreach (var wish in wishes.Skip(3))
            foreach (var item in (await scene.Wishes.Find(wish.Value))!.Wish.Items)
                await scene.World.Done(wish.Stream, World.Finance, new OrderItem(item.Id, Gifts.Shop, 400, 1));
        var half = (await scene.Wishes.Find(wishes[0].Value))!.Wish.Items[0];
        await scene.World.Done(wishes[0].Stream, World.Finance, new OrderItem(half.Id, Gifts.Shop, 400, 1));
        var queries = new FulfilmentQueries(scene.Wishes, new TextQueries(scene.Journal.Reader));

        Assert.Equal(
            ["Second 0", "First 1, Second 1", "First 2, Second 2"], await Pages(queries, FulfilmentQueue.ToOrder));
        Assert.Equal(
            ["First 0", "First 3, Second 3", "First 4, Second 4"], await Pages(queries, FulfilmentQueue.ToDeliver));
        Assert.Empty(await queries.Of(FulfilmentQueue.ToOrder, new FoundationId(Guid.CreateVersion7()), null, 9));
    }

    private static async Task<List<string>> Pages(FulfilmentQueries queries, FulfilmentQueue queue)
    {
        var all = new List<string>();
        (long, Guid)? after = null;
        while (await queries.Of(queue, World.Foundation, after, 2) is { Count: > 0 } page)
        {
            all.AddRange(page.Select(row => string.Join(", ", row.Items.Select(item => row.Names[item.Id]))));
            after = page[^1].Place;
        }

        return all;
    }

    private static async Task<WishId> Submitted(FaultScene scene, string category)
    {
        var wish = new WishId(Guid.CreateVersion7());
        await scene.World.Done(wish.Stream, World.Applicant, new DraftWish(scene.World.Project));
        await scene.World.Done(wish.Stream, World.Applicant, new EditDraft(scene.World.Project, 1));
        await scene.World.Done(wish.Stream, World.Applicant, new SubmitWish(
            1, [], category, "sichuan", [new WishItem(new ItemId(Guid.CreateVersion7()), 1, 100)]));
        return wish;
    }
}
