using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

public sealed partial record Wish
{
    /// <summary>How long a foundation gives itself to look at a submitted wish.</summary>
    public static readonly TimeSpan ReviewPeriod = TimeSpan.FromDays(7);

    /// <summary>The most items a wish may have.</summary>
    public const int MaxItems = 20;

    public override Reads Reads(Command command) => command switch
    {
        DraftWish c => new Reads { Streams = [c.Project.Stream] },
        EditDraft c => new Reads { Streams = [c.Project.Stream] },
        SubmitWish or RecommendWish or ApproveWish => new Reads { Streams = [Project.Stream] },
        AcceptWish => new Reads { Streams = [Project.Stream], Accounts = [Account] },
        GrantToWish c => new Reads { Accounts = [Account, LedgerAccount.Project(c.Project)] },
        PlacePledge => new Reads { Accounts = [Account] },
        RecordPayment c => PledgeRules.Reads(Account, c.Pledge),
        CancelPledge c => PledgeRules.Reads(Account, c.Pledge),
        WithdrawMessage c => new Reads { Streams = [c.Pledge.Stream] },
        LapsePledge c => PledgeRules.Reads(Account, c.Pledge),
        OrderItem => new Reads { Accounts = [Account] },
        DeliverItem c => ReadsOf(c.Item),
        CancelItem c => ReadsOf(c.Item),
        _ => Shared.Reads.Nothing,
    };

    protected override Decision Rule(Envelope envelope, Facts facts, DateTimeOffset now)
    {
        if (envelope.Command is DraftWish draft) return Draft(draft, envelope.Actor, facts, now);
        if (Status == WishStatus.None) return new NotFound();
        return envelope.Command switch
        {
            EditDraft c => Edit(c, envelope.Actor, facts, now),
            SubmitWish c => Submit(c, envelope.Actor, facts, now),
            WithdrawWish => Withdraw(envelope.Actor),
            ClaimWish => Claim(envelope.Actor),
            ReleaseWish => (Decision?)ByWhoMayRelease(envelope.Actor) ?? Accept(new WishReleased()),
            RecommendWish c => Recommend(c, envelope.Actor, facts),
            RejectWish c =>
                (Decision?)ByImpartialReviewer(envelope.Actor)
                    ?? Accept(new WishRejected(c.ReasonCode, c.DossierVersion)),
            ApproveWish c => Approve(c, envelope.Actor, facts),
            AcceptWish c => AcceptOffer(c, envelope.Actor, facts, now),
            RevokeConsent => Revoke(envelope.Actor),
            EraseApplicant => Erase(envelope.Actor),
            PlacePledge c => Place(c, envelope.Actor, facts, now),
            RecordPayment c => AndFunded(PledgeRules.Pay(Stream, c, envelope, facts, now), facts),
            CancelPledge c => PledgeRules.Cancel(Stream, c, envelope, facts, now),
            WithdrawMessage c => PledgeRules.WithdrawMessage(Stream, c, envelope.Actor, facts),
            LapsePledge c => PledgeRules.Lapse(Stream, c, envelope, facts, now),
            GrantToWish c => AndFunded(Grant(c, envelope, facts, now), facts),
            OrderItem c => Order(c, envelope, now),
            DeliverItem c => Deliver(c, envelope, now),
            ConfirmReceipt c => Confirm(c, envelope.Actor),
            CancelItem c => Cancel(c, envelope, now),
            _ => throw new ArgumentException($"A wish does not know {envelope.Command.GetType().Name}."),
        };
    }

    public override Rejection? RefusesToHear(Actor actor, Command command) => command switch
    {
        EditDraft => ByApplicantOfDraft(actor),
        RecommendWish or RejectWish => ByImpartialReviewer(actor),
        OrderItem c => InFulfilment(actor, c.Item),
        DeliverItem c => InFulfilment(actor, c.Item),
        _ => null,
    };

    public override Guid HolderOf(string dossier) =>
        dossier == Stream.ToString() ? Applicant.Value : Foundation.Value;

    public override bool Keeps(string dossier, DossierEntry entry, DateTimeOffset now) =>
        IsReferredTo(dossier, entry.Version) || (!IsSuperseded(entry) && now - entry.At < Dossier.UnreferredFor);

    /// <summary>Whether an event refers to a version of a dossier; what a refused command wrote is none.</summary>
    public bool IsReferredTo(string dossier, int version)
    {
        if (dossier == Stream.ToString())
            return ((int?[])[DraftVersion, ReviewVersion, RejectionVersion]).Contains(version);
        return Items.Any(item => item.Id.Receipts == dossier
            && (item.OrderVersion == version || item.DeliveryVersion == version));
    }

    private bool IsSuperseded(DossierEntry entry) => entry.Content switch
    {
        Application => entry.Version < DraftVersion,
        Review => entry.Version < ReviewVersion,
        _ => false,
    };

    private Decision Draft(DraftWish c, Actor actor, Facts facts, DateTimeOffset now)
    {
        if (Status != WishStatus.None) return new IdTaken();
        return Eligible(c.Project, facts, now, out var project)
            ?? Accept(new WishDrafted(c.Project, project.Foundation, actor.Principal));
    }

    private Decision Edit(EditDraft c, Actor actor, Facts facts, DateTimeOffset now)
    {
        if (ByApplicantOfDraft(actor) is { } refused) return refused;
        if (c.DossierVersion <= DraftVersion) return new DraftSuperseded();
        return Eligible(c.Project, facts, now, out var project)
            ?? Accept(new WishDraftEdited(c.Project, project.Foundation, c.DossierVersion));
    }

    private Decision Submit(SubmitWish c, Actor actor, Facts facts, DateTimeOffset now)
    {
        if (ByApplicantOfDraft(actor) is { } refused) return refused;
        if (c.DossierVersion != DraftVersion || c.Missing.Count > 0) return new WishIncomplete(c.Missing);
        if (c.Items.Count is 0 or > MaxItems || c.Items.DistinctBy(item => item.Id).Count() < c.Items.Count)
            return new WishIncomplete(["items"]);
        if (c.Items.Any(item => !Money.IsAmount(item.AmountMinor))) return new AmountOutOfRange(Money.MaxAmountMinor);
        if (Eligible(Project, facts, now, out var project) is { } closed) return closed;
        if (!project.Rules.AllowsCategory(c.Category)) return new CategoryNotEligible(project.Rules.Categories);
        if (!project.Rules.AllowsRegion(c.Region)) return new RegionNotEligible(project.Rules.Regions);

        var asked = c.Items.Sum(item => item.AmountMinor);
        if (asked > project.Rules.PerWishCapMinor) return new AmountExceedsCap(project.Rules.PerWishCapMinor);
        return Accept(new WishSubmitted(c.Category, c.Region, c.Items, now + ReviewPeriod));
    }

    private Rejection? ByApplicantOfDraft(Actor actor) =>
        Status == WishStatus.None || actor.Principal != Applicant ? new NotFound()
        : Status != WishStatus.Draft ? new WishNotDraft(Status)
        : null;

    private Decision Withdraw(Actor actor)
    {
        if (actor.Principal != Applicant) return new NotFound();
        return IsWithdrawable ? Accept(new WishWithdrawn()) : new WishNotWithdrawable(Status);
    }

    private bool IsWithdrawable =>
        Status is WishStatus.Draft or WishStatus.Submitted or WishStatus.InReview or WishStatus.Approved;

    private Decision Place(PlacePledge c, Actor donor, Facts facts, DateTimeOffset now)
    {
        if (!IsPublished) return new NotFound();
        if (!IsCollecting(now)) return new WishNotOpenForPledges(Status);
        return PledgeRules.Place(Stream, Account, c, donor, facts, now);
    }

    private Decision Grant(GrantToWish c, Envelope envelope, Facts facts, DateTimeOffset now)
    {
        if (By(Role.Approver, envelope.Actor) is { } refused) return refused;
        if (envelope.Actor.IsPartyWith(Applicant)) return new ReviewerMayNotReviewOwnCase();
        if (c.Project != Project) return new WishOfAnotherProject();
        if (!IsCollecting(now)) return new WishNotOpenForPledges(Status);
        if (!Money.IsAmount(c.AmountMinor)) return new AmountOutOfRange(Money.MaxAmountMinor);
        var room = facts.BalanceOf(Account).RoomMinor;
        if (c.AmountMinor > room) return new AmountExceedsRemaining(room);
        var source = LedgerAccount.Project(Project);
        var available = facts.BalanceOf(source).AvailableMinor;
        if (c.AmountMinor > available) return new GrantExceedsProjectBalance(available);

        var given = new GrantGiven(Project, Id, envelope.Actor.Id, c.AmountMinor);
        return new Accepted(new Appended(new StreamId(StreamKind.Grant, c.Grant), given))
        {
            Transfers = [Direct(TransferCode.Grant, source, Account, c.AmountMinor, now, envelope.Id, c.Grant)],
        };
    }

    /// <summary>Whether it takes money: from when it is published until the end of its last day.</summary>
    public bool IsCollecting(DateTimeOffset now) =>
        Status == WishStatus.Funding && !IsApplicantErased && PlatformCalendar.DayOf(now) <= ClosesOn;

    /// <summary>Adds that the wish is now funded, when the money of the decision makes it so.</summary>
    private Decision AndFunded(Decision decision, Facts facts)
    {
        if (decision is not Accepted accepted || Status != WishStatus.Funding) return decision;
        var arriving = accepted.Transfers
            .Where(t => t.Credit == Account && t.Kind is TransferKind.Direct or TransferKind.Post)
            .Sum(t => t.AmountMinor);
        return arriving > 0 && facts.BalanceOf(Account).RaisedMinor + arriving == GoalMinor
            ? accepted with { Events = [.. accepted.Events, new Appended(Stream, new WishFunded())] }
            : decision;
    }

    private static Decision? Eligible(ProjectId id, Facts facts, DateTimeOffset now, out Project project)
    {
        project = facts.Find<Project>(id.Stream) ?? new Project(id);
        return project.Takes(now);
    }

    /// <summary>
    /// Nobody on the staff may know of a draft, and other foundations' staff of no case; its own need the role.
    /// </summary>
    private Rejection? By(Role role, Actor actor) =>
        ReviewDueAt is null || !actor.IsStaffOf(Foundation) ? new NotFound()
        : !actor.Is(role, Foundation) ? new Forbidden()
        : null;

    private Accepted Accept(params ReadOnlySpan<Event> events)
    {
        var appended = new Appended[events.Length];
        for (var i = 0; i < events.Length; i++) appended[i] = new Appended(Stream, events[i]);
        return new Accepted(appended);
    }

    private static Transfer Direct(
        TransferCode code, LedgerAccount debit, LedgerAccount credit, long amountMinor,
        DateTimeOffset now, CommandId id, Guid about) =>
        new(PledgeRules.NewTransfer(now, id, about), TransferKind.Direct, code, debit, credit, amountMinor);
}
