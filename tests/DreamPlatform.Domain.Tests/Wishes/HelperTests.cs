using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>What who helps an applicant can do for them, and can no longer do as one of the staff.</summary>
public sealed class HelperTests
{
    private static readonly Actor ReviewerWhoHelps = Cast.Reviewer with { Helps = [Cast.Applicant.Id] };

    [Fact]
    public void A_wish_that_a_helper_drafts_is_the_applicants()
    {
        var scenario = Scenario.Given(Story.Until(WishStatus.None))
            .When(Story.Draft.Command, Cast.Helper)
            .Then(new WishDrafted(Story.Project, Cast.Foundation, Cast.Applicant.Id))
            .And(Story.Edit, Story.Submit);
        Assert.Equal(Cast.Applicant.Id, scenario.StateOf<Wish>(Story.Wish.Stream).Applicant);
    }

    [Fact]
    public void Who_helps_but_does_not_act_for_the_applicant_drafts_a_wish_of_their_own() =>
        Scenario.Given(Story.Until(WishStatus.None))
            .When(Story.Draft.Command, Cast.HelperOnStaff)
            .Then(new WishDrafted(Story.Project, Cast.Foundation, Cast.HelperOnStaff.Id));

    [Fact]
    public void Who_acts_for_one_applicant_can_do_nothing_for_another() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(Story.Submit.Command, Cast.Helper with { ActingFor = Cast.Stranger.Id })
            .Then(new NotFound());

    [Fact]
    public void A_helpers_own_wish_is_not_touched_while_they_act_for_somebody() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(Story.Withdraw.Command, Cast.Applicant with { ActingFor = Cast.Stranger.Id })
            .Then(new NotFound());

    [Fact]
    public void Consent_is_the_applicants_alone() =>
        Scenario.Given(Story.Until(WishStatus.Approved))
            .When(Story.AcceptOffer.Command, Cast.Helper)
            .Then(new OnlyTheApplicantMay())
            .When(Story.AcceptOffer)
            .ThenBriefly("accepted");

    [Fact]
    public void A_reviewer_who_came_to_help_the_applicant_can_only_release_the_case() =>
        Scenario.Given(Story.Until(WishStatus.InReview))
            .When(Story.Recommend.Command, ReviewerWhoHelps)
            .Then(new ReviewerMayNotReviewOwnCase())
            .When(Story.Reject.Command, ReviewerWhoHelps)
            .Then(new ReviewerMayNotReviewOwnCase())
            .When(Story.Release.Command, ReviewerWhoHelps)
            .ThenBriefly("accepted")
            .When(Story.Claim.Command, ReviewerWhoHelps)
            .Then(new ReviewerMayNotReviewOwnCase());

    [Fact]
    public void Who_helps_another_applicant_may_review_this_one() =>
        Scenario.Given(Story.Until(WishStatus.Submitted))
            .When(Story.Claim.Command, Cast.Reviewer with { Helps = [Cast.Stranger.Id] })
            .ThenBriefly("accepted");
}
