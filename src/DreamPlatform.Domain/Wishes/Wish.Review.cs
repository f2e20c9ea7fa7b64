using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>From a submitted wish to an accepted offer.</summary>
public sealed partial record Wish
{
    /// <summary>Whether the actor is the reviewer who claimed the case.</summary>
    public bool IsReviewer(Actor actor) => actor.Id == Reviewer && actor.Is(Role.Reviewer, Foundation);

    /// <summary>What the applicant can do next, by the names of the API's routes.</summary>
    public IReadOnlyList<string> NextForApplicant => Status switch
    {
        WishStatus.Draft => ["edit", "submit", "withdraw"],
        WishStatus.Submitted or WishStatus.InReview => ["withdraw"],
        WishStatus.Approved => ["accept", "withdraw"],
        WishStatus.Fulfilling or WishStatus.Delivered when Items.Any(item => item.Status == ItemStatus.Delivered) =>
            ["confirm-receipt"],
        _ => [],
    };

    /// <summary>The same for who acts for the applicant: all but what only the applicant may.</summary>
    public IReadOnlyList<string> NextFor(Actor actor) =>
        actor.ActingFor is null ? NextForApplicant : [.. NextForApplicant.Where(route => route != "accept")];

    /// <summary>What somebody on the foundation's staff can do next in the review, by the names of the API's routes.</summary>
    public IReadOnlyList<string> NextForStaff(Actor actor)
    {
        var next = new List<string>();
        if (Claim(actor) is Accepted) next.Add("claim");
        if (ByImpartialReviewer(actor) is null) next.AddRange(["recommend", "reject"]);
        if (InReview() is null && ByWhoMayRelease(actor) is null) next.Add("release");
        if (RefusesApprovalBy(actor) is null) next.Add("approve");
        return next;
    }

    /// <summary>Whether an approver has to decide next; which of them may, is another question.</summary>
    public bool AwaitsApproval => Status == WishStatus.InReview && RecommendedMinor is not null;

    /// <summary>Why somebody may not approve it now; null when they may.</summary>
    public Rejection? RefusesApprovalBy(Actor actor)
    {
        if (By(Role.Approver, actor) is { } refused) return refused;
        if (Status != WishStatus.InReview) return new WishNotInReview(Status);
        if (RecommendedMinor is null) return new WishNotRecommended();
        if (actor.IsPartyWith(Applicant)) return new ReviewerMayNotReviewOwnCase();
        return actor.Id == Reviewer || Approvers.Contains(actor.Id) ? new ApproverMustDiffer() : null;
    }

    /// <summary>
    /// Who may open the case at all: reviewers, approvers and administrators of the foundation, once it is submitted.
    /// What of it they then see, <see cref="Disclosure"/> says; for administrators it is nothing private.
    /// </summary>
    public bool MayOpenCase(Actor actor) => ReviewDueAt is not null
        && new[] { Role.Reviewer, Role.Approver, Role.Foundation }.Any(role => actor.Is(role, Foundation));

    /// <summary>The dossier version whose text becomes public on acceptance: the reviewer's, or the applicant's own.</summary>
    public int OfferedTextVersion => PublicTextVersion ?? DraftVersion;

    private Decision Claim(Actor actor)
    {
        if (By(Role.Reviewer, actor) is { } refused) return refused;
        if (Status == WishStatus.InReview) return new CaseClaimedByAnother();
        if (Status != WishStatus.Submitted) return new WishNotSubmitted(Status);
        if (actor.IsPartyWith(Applicant)) return new ReviewerMayNotReviewOwnCase();
        return Accept(new WishClaimed(actor.Id));
    }

    private Rejection? ByReviewer(Actor actor) =>
        By(Role.Reviewer, actor) ?? (Rejection?)InReview()
            ?? (Reviewer == actor.Id ? null : new CaseClaimedByAnother());

    private WishNotInReview? InReview() => Status == WishStatus.InReview ? null : new WishNotInReview(Status);

    /// <summary>
    /// Who claimed a case may have lost the role, or be gone: then the foundation's administrators release it, or the
    /// platform does when it erases them.
    /// </summary>
    private Rejection? ByWhoMayRelease(Actor actor)
    {
        if (actor.IsPlatform) return InReview();
        return actor.Is(Role.Foundation, Foundation) && !actor.IsPartyWith(Applicant)
            ? By(Role.Foundation, actor) ?? InReview()
            : ByReviewer(actor);
    }

    /// <summary>Who began to help the applicant after claiming the case can only release it.</summary>
    private Rejection? ByImpartialReviewer(Actor actor) =>
        ByReviewer(actor) ?? (actor.IsPartyWith(Applicant) ? new ReviewerMayNotReviewOwnCase() : null);

    private Decision Recommend(RecommendWish c, Actor actor, Facts facts)
    {
        if (ByImpartialReviewer(actor) is { } refused) return refused;
        if (!Money.IsAmount(c.AmountMinor)) return new AmountOutOfRange(Money.MaxAmountMinor);
        var cap = facts.Find<Project>(Project.Stream)!.Rules.PerWishCapMinor;
        if (c.AmountMinor > cap) return new AmountExceedsCap(cap);

        var amounts = (c.Amounts ?? [.. Items.Select(item => new ItemAmount(item.Id, item.AmountMinor))])
            .ToLookup(line => line.Item, line => line.AmountMinor);
        var sum = amounts.SelectMany(line => line).Aggregate((Int128)0, (total, amount) => total + amount);
        var onceEach = amounts.Count == Items.Length && Items.All(item => amounts[item.Id].Count() == 1);
        if (!onceEach || sum != c.AmountMinor || amounts.Any(line => line.Any(amount => !Money.IsAmount(amount))))
            return new ItemAmountsDoNotAddUp((long)Int128.Clamp(sum, long.MinValue, long.MaxValue));

        return Accept(new WishRecommended(
            c.AmountMinor, [.. Items.Select(item => item with { AmountMinor = amounts[item.Id].Single() })],
            c.DossierVersion, c.HasPublicText ? c.DossierVersion : null, c.Checks));
    }

    private Decision Approve(ApproveWish c, Actor actor, Facts facts)
    {
        if (RefusesApprovalBy(actor) is { } refused) return refused;
        if (c.AmountMinor != RecommendedMinor) return new AmountDiffersFromRecommendation(RecommendedMinor!.Value);

        var rules = facts.Find<Project>(Project.Stream)!.Rules;
        if (c.AmountMinor > rules.PerWishCapMinor) return new AmountExceedsCap(rules.PerWishCapMinor);

        var given = new WishApprovalGiven(actor.Id, c.AmountMinor);
        return Approvers.Length + 1 < rules.ApprovalsFor(c.AmountMinor) ? Accept(given) : Accept(given, new WishApproved(c.AmountMinor));
    }

    private Decision AcceptOffer(AcceptWish c, Actor actor, Facts facts, DateTimeOffset now)
    {
        if (actor.Principal != Applicant) return new NotFound();
        if (actor.ActingFor is not null) return new OnlyTheApplicantMay();
        if (Status != WishStatus.Approved) return new WishNotApproved(Status);
        var current = OfferedTextVersion;
        if (c.TextVersion != current || (c.ShownVersion ?? current) != current) return new PublicTextChanged(current);

        if (Eligible(Project, facts, now, out var project) is { } closed) return closed;

        var closesOn = project.Rules.EndsOn;
        return Accept(new WishAccepted(c.PublishStory, c.TextVersion, Derived.HashOf(c.Texts), closesOn, now)) with
        {
            Openings = [new(Account, GoalMinor)],
            Texts = c.Texts,
        };
    }

    private Decision Revoke(Actor actor)
    {
        if (actor.Id != Applicant) return new NotFound();
        return IsPublished ? TakeBack(new WishConsentRevoked()) : new WishNotPublished(Status);
    }

    /// <summary>Nothing is left of the applicant but an id; what money has happened to it stays as it is.</summary>
    private Decision Erase(Actor actor)
    {
        if (actor.Id != Applicant) return new NotFound();
        return IsApplicantErased ? new NotFound()
            : IsWithdrawable ? TakeBack(new WishWithdrawn(), new WishApplicantErased())
            : TakeBack(new WishApplicantErased());
    }

    private Accepted TakeBack(params ReadOnlySpan<Event> events) => Accept(events) with
    {
        Texts =
        [
            new PublishedText(Id.Value, TextField.Title, null), new PublishedText(Id.Value, TextField.Story, null),
            .. Items.Select(item => new PublishedText(item.Id.Value, TextField.ItemName, null)),
        ],
    };
}
