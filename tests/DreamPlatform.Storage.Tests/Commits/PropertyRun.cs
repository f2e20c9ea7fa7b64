using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>
/// Turns steps into commands, sends them in rounds of several owners with the state each owner believes in, and
/// compares every outcome with the model's.
/// </summary>
internal sealed class PropertyRun(TestJournal journal, CommitLog log)
{
    private const long GoalMinor = 100, DepositMinor = 60;

    private static readonly StreamId Gateway = Domain.Pledges.Gateway.Named("sandbox").Stream;

    private readonly Model model = new();
    private readonly List<(StreamId Wish, ItemId[] Items)> wishes = [];
    private readonly List<ProjectId> projects = [];
    private readonly Actor[] donors = [World.Person(), World.Person(), World.Person(), World.Person()];
    private readonly Dictionary<StreamId, Round> beliefs = [];
    private readonly Dictionary<StreamId, Round> outdated = [];
    private readonly List<Done> done = [];
    private long suspenseBeforeMinor;

    public static async Task<PropertyRun> Start(TestJournal journal, CommitLog log)
    {
        var run = new PropertyRun(journal, log);
        run.suspenseBeforeMinor = (await journal.BalanceOf(LedgerAccount.Suspense)).CreditsPostedMinor;
        foreach (var wishesOfProject in (int[])[2, 1])
        {
            var world = new World(journal, log);
            await world.OpenProject(DepositMinor);
            run.projects.Add(world.Project);
            run.model.Projects[world.Project.Stream] = new ProjectModel(DepositMinor);
            for (var i = 0; i < wishesOfProject; i++)
                await run.Add(world.Project, await world.FundingWish(GoalMinor, items: 2));
        }

        foreach (var owner in run.Owners) run.beliefs[owner] = await journal.Round(owner);
        return run;
    }

    private IEnumerable<StreamId> Owners =>
        [.. model.Wishes.Keys, .. model.Projects.Keys, .. donors.Select(donor => new StreamId(StreamKind.Donor, donor.Id.Value)), Gateway];

    private async Task Add(ProjectId project, WishId id)
    {
        var wish = (Wish)(await journal.Reader.Load(id.Stream)).State;
        var items = wish.Items.Select(item => item.Id).ToArray();
        wishes.Add((id.Stream, items));
        model.Wishes[id.Stream] = new WishModel(project, GoalMinor, items);
    }

    /// <summary>Sends one batch: a round for each owner that the steps concern.</summary>
    public async Task Send(Step[] steps)
    {
        var sent = new List<Sent>();
        foreach (var step in steps) sent.AddRange(Twisted(step));
        var rounds = sent.GroupBy(command => (command.Owner, command.IsStale)).Select(Round).ToArray();
        var results = await TestJournal.Together(log, journal.Failpoints, [.. rounds.Select(round => round.Round)]);
        for (var i = 0; i < rounds.Length; i++) Check(rounds[i].Commands, rounds[i].IsStale, results[i]);
    }

    /// <summary>Every command that was accepted, once more: nothing changes and the outcome is the first.</summary>
    public async Task ReissueAll()
    {
        var before = await journal.Dump();
        var rounds = done.GroupBy(one => one.Owner).Select(owner => (Commands: owner.ToArray(), Round: beliefs[owner.Key] with
        {
            Commands = [.. owner.Select(one => one.Envelope)],
        })).ToArray();
        var results = await TestJournal.Together(log, journal.Failpoints, [.. rounds.Select(round => round.Round)]);
        for (var i = 0; i < rounds.Length; i++)
        {
            var decided = Assert.IsType<RoundResult.Decided>(results[i]);
            foreach (var (first, outcome) in rounds[i].Commands.Zip(decided.Outcomes)) CheckRepeat(first, outcome);
        }

        Assert.Equal(before, await journal.Dump());
    }

    /// <summary>The ledger's balances and the owners' states against the model's.</summary>
    public async Task CompareBooks()
    {
        foreach (var (id, wish) in model.Wishes)
        {
            var balance = await journal.BalanceOf(new LedgerAccount(id.ToString()));
            Assert.Equal((wish.RaisedMinor, wish.HeldMinor), (balance.CreditsPostedMinor, balance.CreditsPendingMinor));
            Assert.Equal(wish.PaidOutMinor, balance.DebitsPostedMinor);
            Assert.Equal(wish.Status, ((Wish)(await journal.Reader.Load(id)).State).Status);
        }

        foreach (var (id, project) in model.Projects)
        {
            var balance = await journal.BalanceOf(new LedgerAccount(id.ToString()));
            Assert.Equal((project.AvailableMinor, project.HeldMinor), (balance.AvailableMinor, balance.CreditsPendingMinor));
        }

        var suspense = await journal.BalanceOf(LedgerAccount.Suspense);
        Assert.Equal(model.SuspenseMinor, suspense.CreditsPostedMinor - suspenseBeforeMinor);
        foreach (var (owner, belief) in beliefs)
        {
            var stored = await journal.Reader.Load(owner);
            Assert.Equal(JournalJson.Write(stored.State), JournalJson.Write(belief.Owner));
            Assert.Equal(stored.Version, belief.Version);
        }
    }

    private (Sent[] Commands, bool IsStale, Round Round) Round(IGrouping<(StreamId Owner, bool IsStale), Sent> group)
    {
        var believed = group.Key.IsStale ? outdated[group.Key.Owner] : beliefs[group.Key.Owner];
        return ([.. group], group.Key.IsStale, believed with { Commands = [.. group.Select(sent => sent.Envelope)] });
    }

    private void Check(Sent[] commands, bool isStale, RoundResult result)
    {
        if (isStale)
        {
            Assert.IsType<RoundResult.Stale>(result);
            return;
        }

        var decided = Assert.IsType<RoundResult.Decided>(result);
        foreach (var (sent, outcome) in commands.Zip(decided.Outcomes)) Check(sent, outcome);
        var owner = commands[0].Owner;
        if (decided.Version > beliefs[owner].Version) outdated[owner] = beliefs[owner];
        beliefs[owner] = new Round(decided.Owner, decided.Version, decided.LastAt, []);
    }

    private void Check(Sent sent, Outcome outcome)
    {
        var key = (sent.Envelope.Id, sent.Envelope.Actor.Id);
        if (done.Find(one => (one.Envelope.Id, one.Envelope.Actor.Id) == key) is { } first)
        {
            if (first.Envelope.Fingerprint == sent.Envelope.Fingerprint) CheckRepeat(first, outcome);
            else Assert.Equal("idempotency-key-reused", CodeOf(outcome));
            return;
        }

        var expected = model.Decide(sent.Owner, sent.Envelope.Actor, sent.Envelope.Command, journal.Time.GetUtcNow());
        Assert.True(expected == CodeOf(outcome), $"{sent.Envelope.Command} of {sent.Owner}: {expected} expected, but {outcome}");
        if (outcome is not CommandAccepted accepted) return;
        Assert.False(accepted.IsRepeat);
        done.Add(new Done(sent.Owner, sent.Envelope, Done.Json(accepted), accepted.Version));
    }

    private static void CheckRepeat(Done first, Outcome outcome)
    {
        var repeated = Assert.IsType<CommandAccepted>(outcome);
        Assert.True(repeated.IsRepeat);
        Assert.Equal((first.State, first.Version), (Done.Json(repeated), repeated.Version));
    }

    private static string CodeOf(Outcome outcome) => outcome switch
    {
        CommandAccepted => Model.Accepted,
        CommandRefused refused => refused.Rejection.Code,
        CommandFailed => Model.Failed,
        _ => outcome.ToString(),
    };

    private IEnumerable<Sent> Twisted(Step step)
    {
        if (step.Twist == Twist.Repeat && done.Count > 0)
        {
            var again = done[step.What % done.Count];
            return [new Sent(again.Owner, again.Envelope)];
        }

        if (Make(step) is not { } sent) return [];
        var other = sent.Envelope with { Fingerprint = new Fingerprint(Guid.CreateVersion7()) };
        return step.Twist switch
        {
            Twist.Twice => [sent, sent],
            Twist.OtherContent => [sent, sent with { Envelope = other }],
            Twist.OtherActor when step.Act is Act.Pledge or Act.PledgeAgain =>
                [sent, Sent.Of(sent.Owner, World.Person(), World.Pledge(step.AmountMinor), sent.Envelope.Id)],
            Twist.Stale when outdated.ContainsKey(sent.Owner) => [sent with { IsStale = true }],
            _ => [sent],
        };
    }

    private Sent? Make(Step step)
    {
        var (wish, items) = wishes[step.Who % wishes.Count];
        var project = projects[step.Who % projects.Count];
        var item = items[step.What % items.Length];
        var donor = donors[step.What % donors.Length];
        switch (step.Act)
        {
            case Act.Pledge: return Sent.Of(wish, donor, World.Pledge(step.AmountMinor));
            case Act.PledgeAgain: return Sent.Of(project.Stream, donor, World.Pledge(step.AmountMinor));
            case Act.Grant: return Sent.Of(wish, World.Approver, new GrantToWish(Guid.CreateVersion7(), project, step.AmountMinor));
            case Act.Deposit: return Sent.Of(project.Stream, World.Finance, new DepositToProject(Guid.CreateVersion7(), step.AmountMinor, 1));
            case Act.Order: return Sent.Of(wish, World.Finance, new OrderItem(item, Guid.CreateVersion7(), step.AmountMinor, 1));
            case Act.Deliver: return Sent.Of(wish, World.Finance, new DeliverItem(item, step.AmountMinor, 1));
            case Act.CancelItem: return Sent.Of(wish, World.Finance, new CancelItem(item));
            case Act.Confirm: return Sent.Of(wish, World.Applicant, new ConfirmReceipt(item));
            case Act.CloseProject: return step.AmountMinor < 10 ? Sent.Of(project.Stream, World.Administrator, new CloseProject()) : null;
            case Act.ShowName:
                return Sent.Of(new StreamId(StreamKind.Donor, donor.Id.Value), donor, new ShowDonorName(step.AmountMinor < 30 ? null : "某人"));
            case Act.PayUnknown:
                return Sent.Of(Gateway, Actor.Platform, new RecordPayment(new PledgeId(Guid.CreateVersion7()), "sandbox", $"{Guid.CreateVersion7()}", step.AmountMinor));
            case Act.MakeRuleFail: return Sent.Of(wish, World.Administrator, new CloseProject());
            case Act.Wait: return Wait(step);
            default: return AboutPledge(step);
        }
    }

    private Sent? Wait(Step step)
    {
        journal.Time.Advance(TimeSpan.FromMinutes(step.AmountMinor / 4));
        return null;
    }

    private Sent? AboutPledge(Step step)
    {
        if (model.Pledges.Count == 0) return null;
        var (id, pledge) = model.Pledges.ElementAt(step.Who % model.Pledges.Count);
        var owner = step.What < 90 ? pledge.Target : wishes[0].Wish;
        var payment = $"{Guid.CreateVersion7()}";
        return step.Act switch
        {
            Act.Pay or Act.PayAgain => Sent.Of(owner, Actor.Platform, new RecordPayment(id, "sandbox", payment, pledge.AmountMinor)),
            Act.PayWrongly => Sent.Of(owner, Actor.Platform, new RecordPayment(
                id, step.What % 2 == 0 ? "sandbox" : "other", payment, step.AmountMinor)),
            Act.Cancel => Sent.Of(owner, Array.Find(donors, donor => donor.Id == pledge.Donor) ?? donors[0], new CancelPledge(id)),
            Act.Lapse => Sent.Of(owner, Actor.Platform, new LapsePledge(id)),
            _ => null,
        };
    }

    private sealed record Sent(StreamId Owner, Envelope Envelope, bool IsStale = false)
    {
        public static Sent Of(StreamId owner, Actor actor, Command command, CommandId? id = null) =>
            new(owner, World.Envelope(actor, command, id));
    }
}
