using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests;

/// <summary>A command with who sends it, and to which owner.</summary>
public sealed record Step(Command Command, Actor By, StreamId To);

/// <summary>
/// Given what has happened, when somebody wants something, then these events, this rejection, these transfers.
/// It goes on from there: a scenario may have any number of When and Then.
/// </summary>
public sealed class Scenario
{
    private readonly World world = new();
    private Answer? answer;

    /// <summary>Starts from steps that all have to be accepted.</summary>
    public static Scenario Given(params IEnumerable<Step> steps) => new Scenario().And(steps);

    public Scenario And(params IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            answer = world.Send(step.To, step.Command, step.By);
            Assert.True(answer.Accepted is not null, $"Given {step.Command}: {answer.Name}");
        }

        return this;
    }

    /// <summary>Puts a state in that no command of this release leads to.</summary>
    public Scenario And(StreamState state)
    {
        world.Put(state);
        return this;
    }

    public Scenario At(DateTimeOffset now)
    {
        world.Now = now;
        return this;
    }

    public Scenario After(TimeSpan time) => At(world.Now + time);

    public Scenario When(Step step) => When(step.Command, step.By, step.To);

    public Scenario When(Command command, Actor by) => When(command, by, Story.OwnerOf(command));

    public Scenario When(Command command, Actor by, StreamId to)
    {
        answer = world.Send(to, command, by);
        return this;
    }

    /// <summary>Accepted with exactly these events, in this order.</summary>
    public Scenario Then(params Event[] events)
    {
        Assert.Equal(events.Select(World.Print), Happened.Events.Select(appended => World.Print(appended.Event)));
        return this;
    }

    /// <summary>Refused for exactly this reason.</summary>
    public Scenario Then(Rejection rejection)
    {
        Assert.Equal(World.Print(new Refused(rejection)), World.Print(answer!.Decision));
        return this;
    }

    /// <summary>The stored names of the events, or the code of the rejection.</summary>
    public Scenario Then(string name)
    {
        Assert.Equal(name, answer!.Name);
        return this;
    }

    /// <summary>The code of the rejection, or just <c>accepted</c>.</summary>
    public Scenario ThenBriefly(string code)
    {
        Assert.Equal(code, answer!.Accepted is null ? answer.Name : "accepted");
        return this;
    }

    /// <summary>With exactly these transfers, such as <c>"Post Pledge 400 clearing > wish"</c>.</summary>
    public Scenario Moving(params string[] expected)
    {
        Assert.Equal(expected, Happened.Transfers.Select(t =>
            $"{t.Kind} {t.Code} {t.AmountMinor} {Name(t.Debit)} > {Name(t.Credit)}"));
        return this;
    }

    /// <summary>With exactly these people being told.</summary>
    public Scenario Telling(params Telling[] expected)
    {
        Assert.Equal(expected, Happened.Events.SelectMany(appended =>
            world.StateOf<StreamState>(appended.Stream).Tells(appended.Event)));
        return this;
    }

    public Scenario Publishing(params PublishedText[] texts)
    {
        Assert.Equal(texts, Happened.Texts);
        return this;
    }

    /// <summary>
    /// These are the balances of all accounts that ever moved: posted debits and credits, pending ones after a plus,
    /// such as <c>"wish D 0 C 400+250"</c>.
    /// </summary>
    public Scenario Balances(params string[] expected)
    {
        var accounts = world.Transfers.SelectMany(transfer => new[] { transfer.Debit, transfer.Credit }).Distinct();
        Assert.Equal(expected.Order(), accounts.Select(Line).Order());
        return this;
    }

    public Scenario WishIs(WishStatus status)
    {
        Assert.Equal(status, world.StateOf<Wish>(Story.Wish.Stream).Status);
        return this;
    }

    public T StateOf<T>(StreamId id) where T : StreamState => world.StateOf<T>(id);

    public Balance BalanceOf(LedgerAccount account) => world.BalanceOf(account);

    private Accepted Happened =>
        answer?.Accepted ?? throw new InvalidOperationException($"It was refused: {answer?.Name}");

    private string Line(LedgerAccount account)
    {
        var b = world.BalanceOf(account);
        return $"{Name(account)} D {Sum(b.DebitsPostedMinor, b.DebitsPendingMinor)} "
            + $"C {Sum(b.CreditsPostedMinor, b.CreditsPendingMinor)}";
    }

    private static string Sum(long posted, long pending) => pending == 0 ? $"{posted}" : $"{posted}+{pending}";

    private static string Name(LedgerAccount account) => Story.AccountNames.GetValueOrDefault(account, account.Value);
}
