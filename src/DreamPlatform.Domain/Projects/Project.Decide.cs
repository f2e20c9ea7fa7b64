using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Projects;

public sealed partial record Project
{
    public override Reads Reads(Command command) => command switch
    {
        CreateProject or PlacePledge or DepositToProject => new Reads { Accounts = [Account] },
        RecordPayment c => PledgeRules.Reads(Account, c.Pledge),
        CancelPledge c => PledgeRules.Reads(Account, c.Pledge),
        WithdrawMessage c => new Reads { Streams = [c.Pledge.Stream] },
        LapsePledge c => PledgeRules.Reads(Account, c.Pledge),
        _ => Shared.Reads.Nothing,
    };

    protected override Decision Rule(Envelope envelope, Facts facts, DateTimeOffset now)
    {
        if (envelope.Command is CreateProject create) return Create(create, envelope.Actor);
        if (Status == ProjectStatus.None) return new NotFound();
        return envelope.Command switch
        {
            ChangeProject c => Change(c, envelope.Actor),
            OpenProject => Open(envelope.Actor),
            CloseProject => Close(envelope.Actor),
            DepositToProject c => Deposit(c, envelope, now),
            PlacePledge c => Place(c, envelope.Actor, facts, now),
            RecordPayment c => PledgeRules.Pay(Stream, c, envelope, facts, now),
            CancelPledge c => PledgeRules.Cancel(Stream, c, envelope, facts, now),
            WithdrawMessage c => PledgeRules.WithdrawMessage(Stream, c, envelope.Actor, facts),
            LapsePledge c => PledgeRules.Lapse(Stream, c, envelope, facts, now),
            _ => throw new ArgumentException($"A project does not know {envelope.Command.GetType().Name}."),
        };
    }

    public override Rejection? RefusesToHear(Actor actor, Command command) =>
        command is DepositToProject ? Status == ProjectStatus.None ? new NotFound() : By(Role.Finance, actor) : null;

    private Decision Create(CreateProject c, Actor actor)
    {
        if (Status != ProjectStatus.None) return new IdTaken();
        if (!actor.Is(Role.Foundation, c.Foundation)) return new Forbidden();
        if (Contradiction(c.Rules) is { } field) return new ProjectRulesInvalid(field);
        return Accept(new ProjectCreated(c.Foundation, c.Rules, Derived.HashOf(c.Texts))) with
        {
            Openings = [new(Account, null)],
            Texts = c.Texts,
        };
    }

    private Decision Change(ChangeProject c, Actor actor)
    {
        if (By(Role.Foundation, actor) is { } refused) return refused;
        if (Status == ProjectStatus.Closed) return new ProjectIsClosed();
        if (Contradiction(c.Rules) is { } field) return new ProjectRulesInvalid(field);
        return Accept(new ProjectChanged(c.Rules, Derived.HashOf(c.Texts))) with { Texts = c.Texts };
    }

    private Decision Open(Actor actor) => (Decision?)By(Role.Foundation, actor) ?? Status switch
    {
        ProjectStatus.Draft => Accept(new ProjectOpened()),
        ProjectStatus.Open => new ProjectAlreadyOpen(),
        _ => new ProjectIsClosed(),
    };

    private Decision Close(Actor actor) => (Decision?)By(Role.Foundation, actor) ?? Status switch
    {
        ProjectStatus.Open => Accept(new ProjectClosed()),
        ProjectStatus.Draft => new ProjectNotOpen(),
        _ => new ProjectIsClosed(),
    };

    private Decision Deposit(DepositToProject c, Envelope envelope, DateTimeOffset now)
    {
        if (By(Role.Finance, envelope.Actor) is { } refused) return refused;
        if (!Money.IsAmount(c.AmountMinor)) return new AmountOutOfRange(Money.MaxAmountMinor);
        var received = new DepositReceived(Id, envelope.Actor.Id, c.AmountMinor, c.DossierVersion);
        return new Accepted(new Appended(new StreamId(StreamKind.Deposit, c.Deposit), received))
        {
            Transfers =
            [
                new Transfer(
                    PledgeRules.NewTransfer(now, envelope.Id, c.Deposit), TransferKind.Direct, TransferCode.Deposit,
                    LedgerAccount.Bank(Foundation), Account, c.AmountMinor),
            ],
        };
    }

    private Decision Place(PlacePledge c, Actor donor, Facts facts, DateTimeOffset now)
    {
        if (Status == ProjectStatus.Draft) return new NotFound();
        if (Status != ProjectStatus.Open) return new ProjectNotOpen();
        return PledgeRules.Place(Stream, Account, c, donor, facts, now);
    }

    private Rejection? By(Role role, Actor actor) =>
        !actor.IsStaffOf(Foundation) ? new NotFound()
        : !actor.Is(role, Foundation) ? new Forbidden()
        : null;

    private static string? Contradiction(ProjectRules rules) =>
        rules.EndsOn < rules.StartsOn ? "endsOn"
        : !Money.IsAmount(rules.PerWishCapMinor) ? "perWishCapMinor"
        : rules.ApprovalThresholdMinor is < 0 or > Money.MaxAmountMinor ? "approvalThresholdMinor"
        : rules.Match is { Percent: < 1 or > 1000 } ? "matchRule.percent"
        : rules.Match is { } match && !Money.IsAmount(match.PerPledgeCapMinor) ? "matchRule.perPledgeCapMinor"
        : rules.Match is { } limit && !Money.IsAmount(limit.PerWishCapMinor) ? "matchRule.perWishCapMinor"
        : null;

    private Accepted Accept(Event @event) => new(new Appended(Stream, @event));
}
