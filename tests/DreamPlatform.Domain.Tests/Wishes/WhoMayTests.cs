using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>Every command, sent where it would be right, by every kind of actor.</summary>
public sealed class WhoMayTests
{
    private static readonly Dictionary<string, Actor> Actors = new()
    {
        ["app"] = Cast.Applicant,
        ["str"] = Cast.Stranger,
        ["don"] = Cast.Donor,
        // Of the wish's foundation: the reviewer who claimed the case, another one, approver, finance, ...
        ["rev"] = Cast.Reviewer,
        ["re2"] = Cast.Reviewer2,
        ["apr"] = Cast.Approver,
        ["fin"] = Cast.Finance,
        ["adm"] = Cast.Admin,
        ["spo"] = Cast.Sponsor,
        // The same roles at another foundation.
        ["r-o"] = Cast.OtherReviewer,
        ["a-o"] = Cast.OtherApprover,
        ["f-o"] = Cast.OtherFinance,
        ["m-o"] = Cast.OtherAdmin,
        ["ope"] = Cast.Operator,
        ["aud"] = Cast.Auditor,
        ["pla"] = Cast.Platform,
        // Who has an interest in the case, were they on the staff in all roles: the applicant, the claiming reviewer.
        ["own"] = Cast.ApplicantOnStaff,
        ["all"] = Cast.ReviewerInEveryRole,
        // Who acts for the applicant, and who helps them too but acts for themselves, in all roles.
        ["hel"] = Cast.Helper,
        ["h-s"] = Cast.HelperOnStaff,
    };

    private static readonly Grid Table = new("""
                         app str don | rev re2 apr fin adm spo | r-o a-o f-o m-o | ope aud pla | own all | hel h-s
        draft-wish        +   +   +  |  +   +   +   +   +   +  |  +   +   +   +  |  +   +   +  |  +   +  |  +   +
        edit-draft        +   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  +   0  |  +   0
        submit-wish       +   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  +   0  |  +   0
        withdraw-wish     +   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  +   0  |  +   0
        claim-wish        0   0   0  |  +   +   x   x   x   0  |  0   0   0   0  |  0   0   0  |  o   +  |  0   o
                          o reviewer-may-not-review-own-case
        release-wish      0   0   0  |  +   c   x   x   +   0  |  0   0   0   0  |  0   0   +  |  c   +  |  0   c
                          c case-claimed-by-another
        recommend-wish    0   0   0  |  +   c   x   x   x   0  |  0   0   0   0  |  0   0   0  |  c   +  |  0   c
                          c case-claimed-by-another
        reject-wish       0   0   0  |  +   c   x   x   x   0  |  0   0   0   0  |  0   0   0  |  c   +  |  0   c
                          c case-claimed-by-another
        approve-wish      0   0   0  |  x   x   +   x   x   0  |  0   0   0   0  |  0   0   0  |  o   d  |  0   o
                          o reviewer-may-not-review-own-case d approver-must-differ
        accept-wish       +   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  +   0  |  a   0
                          a only-the-applicant-may
        revoke-consent    +   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  +   0  |  0   0
        erase-applicant   +   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  +   0  |  0   0
        place-pledge      +   +   +  |  +   +   +   +   +   +  |  +   +   +   +  |  +   +   +  |  +   +  |  +   +
        record-payment    0   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   +  |  0   0  |  0   0
        cancel-pledge     0   0   +  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  0   0  |  0   0
        withdraw-message  0   0   +  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  0   0  |  0   0
        lapse-pledge      0   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   +  |  0   0  |  0   0
        grant-to-wish     0   0   0  |  x   x   +   x   x   0  |  0   0   0   0  |  0   0   0  |  o   +  |  0   o
                          o reviewer-may-not-review-own-case
        order-item        0   0   0  |  x   x   x   +   x   0  |  0   0   0   0  |  0   0   0  |  o   +  |  0   o
                          o reviewer-may-not-review-own-case
        deliver-item      0   0   0  |  x   x   x   +   x   0  |  0   0   0   0  |  0   0   0  |  o   +  |  0   o
                          o reviewer-may-not-review-own-case
        confirm-receipt   +   0   0  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  +   0  |  +   0
        cancel-item       0   0   0  |  x   x   x   +   x   0  |  0   0   0   0  |  0   0   0  |  o   +  |  0   o
                          o reviewer-may-not-review-own-case
        create-project    x   x   x  |  x   x   x   x   +   x  |  x   x   x   x  |  x   x   x  |  +   +  |  x   +
        change-project    0   0   0  |  x   x   x   x   +   0  |  0   0   0   0  |  0   0   0  |  +   +  |  0   +
        open-project      0   0   0  |  x   x   x   x   +   0  |  0   0   0   0  |  0   0   0  |  +   +  |  0   +
        close-project     0   0   0  |  x   x   x   x   +   0  |  0   0   0   0  |  0   0   0  |  +   +  |  0   +
        deposit-to-project 0  0   0  |  x   x   x   +   x   0  |  0   0   0   0  |  0   0   0  |  +   +  |  0   +
        show-donor-name   0   0   +  |  0   0   0   0   0   0  |  0   0   0   0  |  0   0   0  |  0   0  |  0   0
        """);

    /// <summary>The command, and what has happened before.</summary>
    private static readonly Dictionary<string, (Command Command, IEnumerable<Step> Before)> Cases =
        new (Command Command, IEnumerable<Step> Before)[]
        {
            (Story.Draft.Command, Story.Until(WishStatus.None)),
            (Story.EditAgain.Command, Story.Until(WishStatus.Draft)),
            (Story.Submit.Command, Story.Until(WishStatus.Draft)),
            (Story.Withdraw.Command, Story.Until(WishStatus.InReview)),
            (Story.Claim.Command, Story.Until(WishStatus.Submitted)),
            (Story.Release.Command, Story.Until(WishStatus.InReview)),
            (Story.Recommend.Command, Story.Until(WishStatus.InReview)),
            (Story.Reject.Command, Story.Until(WishStatus.InReview)),
            (Story.Approve.Command, Story.Until(WishStatus.InReview)),
            (Story.AcceptOffer.Command, Story.Until(WishStatus.Approved)),
            (Story.RevokeConsent.Command, Story.Until(WishStatus.Funding)),
            (Story.EraseApplicant.Command, Story.Until(WishStatus.InReview)),
            (Story.PlacePledge.Command, Story.Collecting),
            (Story.PayPledge.Command, Story.Until(WishStatus.Funding)),
            (Story.CancelPledge.Command, Story.Until(WishStatus.Funding)),
            (Story.WithdrawMessage.Command, Story.Until(WishStatus.Funding)),
            (Story.LapsePledge.Command, Story.Until(WishStatus.Funding)),
            (new GrantToWish(Story.GrantId, Story.Project, 50), Story.Until(WishStatus.Funding)),
            (Story.OrderStove.Command, Story.Until(WishStatus.Funded)),
            (Story.DeliverBed.Command, Story.Until(WishStatus.Fulfilling)),
            (Story.Confirm(Story.Stove).Command, Story.Until(WishStatus.Fulfilling)),
            (Story.Cancel(Story.Blanket).Command, Story.Until(WishStatus.Fulfilling)),
            (Story.Create.Command, []),
            (new ChangeProject(Story.Rules, Story.ProjectTexts), [Story.Create]),
            (Story.Open.Command, [Story.Create]),
            (Story.Close.Command, [Story.Create, Story.Open]),
            (Story.Deposit.Command, [Story.Create]),
            (new ShowDonorName("Li"), []),
        }.ToDictionary(pair => StoredNames.Of(pair.Command));

    public static TheoryData<string, string, string> Cells => Table.Cells;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_by_every_actor_gives(string command, string actor, string outcome) =>
        Scenario.Given(Cases[command].Before)
            .After(Story.PayWithin)
            .When(Cases[command].Command, Actors[actor])
            .ThenBriefly(outcome);

    [Fact]
    public void The_table_has_every_command_and_every_actor()
    {
        var known = StoredNames.DerivedFrom(typeof(Command)).Select(pair => pair.Value);
        Assert.Equal(known.Order(), Table.Rows.Order());
        Assert.Equal(Actors.Keys, Table.Columns);
    }

    public static TheoryData<WishStatus> EveryStatus => [.. Enum.GetValues<WishStatus>()];

    [Theory]
    [MemberData(nameof(EveryStatus))]
    public void Who_acts_for_the_applicant_is_told_to_do_exactly_what_the_rules_then_accept(WishStatus status) =>
        IsToldWhatIsAccepted(status, Cast.Helper);

    [Theory]
    [MemberData(nameof(EveryStatus))]
    public void The_applicant_is_told_to_do_exactly_what_the_rules_then_accept(WishStatus status) =>
        IsToldWhatIsAccepted(status, Cast.Applicant);

    private static void IsToldWhatIsAccepted(WishStatus status, Actor actor)
    {
        (string Route, Command Command)[] routes =
        [
            ("edit", Story.EditAgain.Command), ("submit", Story.Submit.Command), ("accept", Story.AcceptOffer.Command),
            ("withdraw", Story.Withdraw.Command), ("confirm-receipt", Story.Confirm(Story.Stove).Command),
        ];
        var told = WishIn(status).NextFor(actor);
        foreach (var (route, command) in routes)
        {
            var world = new World();
            foreach (var step in Story.Until(status)) world.Send(step.To, step.Command, step.By);
            var answer = world.Send(Story.Wish.Stream, command, actor);
            Assert.Equal((route, answer.Accepted is not null), (route, told.Contains(route)));
        }

        Assert.Subset(routes.Select(pair => pair.Route).ToHashSet(), told.ToHashSet());
    }

    [Theory]
    [InlineData("rev", true)]
    [InlineData("re2", true)]
    [InlineData("apr", true)]
    [InlineData("fin", false)]
    [InlineData("adm", true)]
    [InlineData("app", false)]
    [InlineData("r-o", false)]
    [InlineData("ope", false)]
    public void A_submitted_case_is_opened_by_who_reviews_approves_or_administers_for_its_foundation(string actor, bool mayOpen) =>
        Assert.Equal(mayOpen, WishIn(WishStatus.Submitted).MayOpenCase(Actors[actor]));

    [Fact]
    public void A_draft_is_opened_by_no_reviewer() =>
        Assert.False(WishIn(WishStatus.Draft).MayOpenCase(Cast.Reviewer));

    private static Wish WishIn(WishStatus status) =>
        Scenario.Given(Story.Until(status)).StateOf<Wish>(Story.Wish.Stream);
}
