using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Web.Demo;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>
/// Ten thousand wishes of the demo's foundation, by the rules and through the commit log: in every state, paid for in
/// part or whole, with stories in which the same words come again and again. Every tenth is the demo's applicant's, made
/// before those of the demo: what these have in the vault is still what a first page shows.
/// </summary>
internal sealed class ManyWishes(CommitLog log, DemoCast cast, ProjectId project)
{
    private const int Count = 10_000, InFlight = 400, ItemMinor = 60_000, GoalMinor = 2 * ItemMinor, OfOnePerson = 10;

    /// <summary>Of every ten: what becomes of them. Those that wait for people are many, so that queues are long.</summary>
    private static readonly WishStatus[] Ends =
    [
        WishStatus.Submitted, WishStatus.InReview, WishStatus.Approved, WishStatus.Funding, WishStatus.Funding,
        WishStatus.Funding, WishStatus.Funding, WishStatus.Funded, WishStatus.Fulfilling, WishStatus.Delivered,
    ];

    private static readonly string[] Categories = ["food", "housing", "household", "school"],
        Regions = ["sichuan", "yunnan", "jiangsu", "guangdong", "henan"],
        Phrases =
        [
            "给女儿买一个书包", "冬天宿舍里没有暖气", "他们从四川来到城里打工", "每天走路去学校", "想要两床厚棉被", "一台二手的洗衣机",
            "孩子今年上小学一年级", "工资要下个月才发", "房东要三个月的押金", "warm blankets for the winter", "a bicycle to get to work",
            "奶奶的腿不好", "厂里的活儿时有时无", "希望春节以前能用上", "谢谢每一位好心人",
        ];

    private readonly Random random = new(7);

    public async Task MakeAsync()
    {
        using var turns = new SemaphoreSlim(InFlight);
        var made = new List<Task>(Count);
        for (var i = 0; i < Count; i++)
        {
            await turns.WaitAsync();
            made.Add(InTurnAsync(i));
        }

        await Task.WhenAll(made);

        async Task InTurnAsync(int number)
        {
            try
            {
                await OneAsync(number);
            }
            finally
            {
                turns.Release();
            }
        }
    }

    private async Task OneAsync(int number)
    {
        var isTheApplicants = number / Ends.Length % OfOnePerson == 0;
        var applicant = isTheApplicants ? cast.Applicant : new Actor(new AccountId(Guid.CreateVersion7()), []);
        var at = TimeProvider.System.GetUtcNow().AddDays(isTheApplicants ? -1 : 0);
        var wish = new WishId(Guid.CreateVersion7(at));
        WishItem[] items = [Item(), Item()];
        var end = Ends[number % Ends.Length];
        var nothing = new RoundResult.Decided(new Wish(wish), 0, DateTimeOffset.UnixEpoch, []);
        var owner = await DoAsync(nothing, Review(applicant, number, wish, items, end));
        if (end >= WishStatus.Funding) owner = await DoAsync(owner, Fund(end));
        if (end >= WishStatus.Fulfilling) await DoAsync(owner, Fulfil(items, end));
    }

    private IEnumerable<(Actor, Command)> Review(
        Actor applicant, int number, WishId wish, WishItem[] items, WishStatus end)
    {
        yield return (applicant, new DraftWish(project));
        yield return (applicant, new EditDraft(project, 1));
        yield return (applicant, new SubmitWish(1, [], Any(Categories), Any(Regions), items));
        if (end == WishStatus.Submitted) yield break;
        yield return (cast.Reviewer, new ClaimWish());
        // One in twenty of the cases that are under review waits for its approver.
        if (end == WishStatus.InReview && number % 200 != 1) yield break;
        yield return (cast.Reviewer, new RecommendWish(GoalMinor, null, HasPublicText: false, 2));
        if (end == WishStatus.InReview) yield break;
        yield return (cast.Approver, new ApproveWish(GoalMinor));
        if (end == WishStatus.Approved) yield break;
        yield return (applicant, new AcceptWish(true, null, 1,
        [
            new(wish.Value, TextField.Title, $"{Any(Phrases)}（{number}）"), new(wish.Value, TextField.Story, Story()),
            .. items.Select(item => new PublishedText(item.Id.Value, TextField.ItemName, Any(Phrases))),
        ]));
    }

    private IEnumerable<(Actor, Command)> Fund(WishStatus end)
    {
        var pledge = new PledgeId(Guid.CreateVersion7());
        var amountMinor = end == WishStatus.Funding ? random.Next(1, GoalMinor) : GoalMinor;
        yield return (cast.Donor2, new PlacePledge(
            pledge, amountMinor, random.Next(2) == 0, null, IfWishFails.Refund, "sandbox", TimeSpan.FromMinutes(30)));
        yield return (Actor.Platform, new RecordPayment(pledge, "sandbox", $"sandbox-{pledge}", amountMinor));
    }

    private IEnumerable<(Actor, Command)> Fulfil(WishItem[] items, WishStatus end)
    {
        foreach (var item in items)
        {
            yield return (cast.Finance, new OrderItem(item.Id, Guid.CreateVersion7(), ItemMinor, 1));
            if (end == WishStatus.Fulfilling) yield break;
            yield return (cast.Finance, new DeliverItem(item.Id, ItemMinor, 2));
        }
    }

    private static WishItem Item() => new(new ItemId(Guid.CreateVersion7()), 1, ItemMinor);

    private string Story() => string.Join(
        '，', Enumerable.Range(0, 25).Select(_ => $"{Any(Phrases)}{(char)random.Next(0x4E00, 0x9000)}"));

    private T Any<T>(T[] some)
    {
        lock (random) return some[random.Next(some.Length)];
    }

    private async Task<RoundResult.Decided> DoAsync(RoundResult.Decided at, IEnumerable<(Actor, Command)> commands)
    {
        var envelopes = commands.Select(Envelope).ToArray();
        var result = await log.Commit(new Round(at.Owner, at.Version, at.LastAt, envelopes));
        return result is RoundResult.Decided decided && decided.Outcomes.All(it => it is CommandAccepted)
            ? decided
            : throw new InvalidOperationException($"It does not fit the rules: {result}");
    }

    private static Envelope Envelope((Actor Actor, Command Command) it)
    {
        var id = Guid.CreateVersion7();
        return new Envelope(new CommandId(id), it.Actor, new Fingerprint(id), it.Command);
    }
}
