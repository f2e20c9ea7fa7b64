using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>What may be recommended, approved and accepted.</summary>
public sealed class ReviewTests
{
    [Theory]
    [InlineData(0, "amount-out-of-range")]
    [InlineData(-1, "amount-out-of-range")]
    [InlineData(Money.MaxAmountMinor + 1, "amount-out-of-range")]
    [InlineData(5_001, "amount-exceeds-cap")]
    [InlineData(5_000, "accepted")]
    public void An_amount_is_recommended_up_to_the_cap(long amountMinor, string outcome)
    {
        var recommend = RecommendOf(amountMinor, (Story.Stove, amountMinor - 2), (Story.Bed, 1), (Story.Blanket, 1));
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .When(recommend, Cast.Reviewer)
            .ThenBriefly(outcome);
    }

    [Fact]
    public void Recommended_items_get_their_recommended_amounts()
    {
        WishItem[] items =
        [
            Story.Stove with { AmountMinor = 500 }, Story.Bed with { AmountMinor = 250 },
            Story.Blanket with { AmountMinor = 50 },
        ];
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .When(RecommendOf(800, (Story.Blanket, 50), (Story.Stove, 500), (Story.Bed, 250)), Cast.Reviewer)
            .Then(new WishRecommended(800, items, 2, null));
    }

    [Fact]
    public void What_was_checked_is_known_from_the_recommendation()
    {
        ClaimCheck[] checks =
        [
            new(ClaimKind.Address, CheckResult.Confirmed, CheckMethod.Video), new(ClaimKind.Price, CheckResult.Doubtful),
        ];
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .When(new RecommendWish(1_000, null, true, 2, checks), Cast.Reviewer)
            .Then(new WishRecommended(1_000, Story.Items, 2, 2, checks));
    }

    public static TheoryData<string> WrongItems =>
        ["too little", "too much", "one missing", "one twice", "a foreign one", "one of nothing", "one negative"];

    [Theory]
    [MemberData(nameof(WrongItems))]
    public void Recommended_items_are_those_of_the_wish_once_each_and_add_up(string wrong)
    {
        var foreign = new WishItem(new ItemId(Cast.Named("foreign")), 1, 1);
        var recommend = wrong switch
        {
            "too little" => RecommendOf(1_000, (Story.Stove, 600), (Story.Bed, 300), (Story.Blanket, 99)),
            "too much" => RecommendOf(1_000, (Story.Stove, 600), (Story.Bed, 300), (Story.Blanket, 101)),
            "one missing" => RecommendOf(1_000, (Story.Stove, 600), (Story.Bed, 400)),
            "one twice" => RecommendOf(
                1_000, (Story.Stove, 300), (Story.Stove, 300), (Story.Bed, 300), (Story.Blanket, 100)),
            "a foreign one" => RecommendOf(
                1_000, (Story.Stove, 600), (Story.Bed, 300), (Story.Blanket, 99), (foreign, 1)),
            "one of nothing" => RecommendOf(1_000, (Story.Stove, 600), (Story.Bed, 400), (Story.Blanket, 0)),
            _ => RecommendOf(1_000, (Story.Stove, 600), (Story.Bed, 401), (Story.Blanket, -1)),
        };
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .When(recommend, Cast.Reviewer)
            .Then("item-amounts-do-not-add-up");
    }

    [Fact]
    public void Amounts_whose_sum_would_overflow_do_not_add_up()
    {
        var recommend = RecommendOf(1, (Story.Stove, long.MaxValue), (Story.Bed, long.MaxValue), (Story.Blanket, 3));
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .When(recommend, Cast.Reviewer)
            .Then(new ItemAmountsDoNotAddUp(long.MaxValue));
    }

    [Fact]
    public void Without_amounts_the_items_have_to_add_up_by_themselves() =>
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .When(new RecommendWish(999, null, true, 2), Cast.Reviewer)
            .Then(new ItemAmountsDoNotAddUp(1_000));

    [Fact]
    public void What_nobody_recommended_is_not_approved() =>
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .When(Story.Approve)
            .Then(new WishNotRecommended());

    [Theory]
    [InlineData(999)]
    [InlineData(1_001)]
    [InlineData(0)]
    public void Only_the_recommended_amount_is_approved(long amountMinor) =>
        Scenario.Given(Story.Until(WishStatus.InReview))
            .When(new ApproveWish(amountMinor), Cast.Approver)
            .Then(new AmountDiffersFromRecommendation(1_000));

    [Fact]
    public void Up_to_the_threshold_one_approver_is_enough() =>
        Scenario.Given(Story.Until(WishStatus.InReview))
            .When(Story.Approve)
            .Then("wish-approval-given.v1 wish-approved.v1");

    [Fact]
    public void Above_the_threshold_a_second_approver_is_needed_and_is_another_person() =>
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim, RecommendedAboveThreshold])
            .When(new ApproveWish(1_001), Cast.Approver)
            .Then(new WishApprovalGiven(Cast.Approver.Id, 1_001))
            .WishIs(WishStatus.InReview)
            .When(new ApproveWish(1_001), Cast.Approver)
            .Then(new ApproverMustDiffer())
            .When(new ApproveWish(1_001), Cast.ReviewerInEveryRole)
            .Then(new ApproverMustDiffer())
            .When(new ApproveWish(1_001), Cast.Approver2)
            .Then(new WishApprovalGiven(Cast.Approver2.Id, 1_001), new WishApproved(1_001))
            .WishIs(WishStatus.Approved);

    [Fact]
    public void A_new_recommendation_takes_back_the_approvals_of_the_old_one() =>
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim, RecommendedAboveThreshold])
            .And(new Step(new ApproveWish(1_001), Cast.Approver, Story.Wish.Stream), RecommendedAboveThreshold)
            .When(new ApproveWish(1_001), Cast.Approver2)
            .Then(new WishApprovalGiven(Cast.Approver2.Id, 1_001))
            .When(new ApproveWish(1_001), Cast.Approver)
            .Then("wish-approval-given.v1 wish-approved.v1");

    [Fact]
    public void A_released_case_is_claimed_by_another_and_starts_anew() =>
        Scenario.Given([.. Story.Until(WishStatus.InReview), Story.Release])
            .WishIs(WishStatus.Submitted)
            .When(new ClaimWish(), Cast.Reviewer2)
            .Then(new WishClaimed(Cast.Reviewer2.Id))
            .When(Story.Recommend)
            .Then(new CaseClaimedByAnother())
            .When(Story.Approve)
            .Then(new WishNotRecommended());

    [Fact]
    public void A_case_whose_reviewer_is_one_no_more_is_released_by_an_administrator_or_the_platform()
    {
        foreach (var actor in (Actor[])[Cast.Admin, Cast.Platform])
        {
            Scenario.Given(Story.Until(WishStatus.InReview))
                .When(new ReleaseWish(), Cast.Reviewer with { Roles = [] })
                .Then(new NotFound())
                .When(new ReleaseWish(), Cast.OtherAdmin)
                .Then(new NotFound())
                .When(new ReleaseWish(), actor)
                .Then(new WishReleased())
                .WishIs(WishStatus.Submitted)
                .When(new ReleaseWish(), actor)
                .Then(new WishNotInReview(WishStatus.Submitted));
        }
    }

    [Fact]
    public void An_administrator_who_is_party_with_the_applicant_does_not_release_the_case() =>
        Scenario.Given(Story.Until(WishStatus.InReview))
            .When(new ReleaseWish(), Cast.Admin with { Helps = [Cast.Applicant.Id] })
            .Then(new Forbidden());

    [Fact]
    public void A_draft_is_released_by_nobody() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(new ReleaseWish(), Cast.Admin)
            .Then(new NotFound());

    [Fact]
    public void A_rejection_keeps_its_reason_code() =>
        Scenario.Given(Story.Until(WishStatus.InReview))
            .When(Story.Reject)
            .Then(new WishRejected("not-eligible", 3));

    [Fact]
    public void An_offer_is_accepted_only_with_the_text_that_was_shown() =>
        Scenario.Given(Story.Until(WishStatus.Approved))
            .When(new AcceptWish(true, 1, 2, Story.WishTexts), Cast.Applicant)
            .Then(new PublicTextChanged(2))
            .When(new AcceptWish(true, 2, 1, Story.WishTexts), Cast.Applicant)
            .Then(new PublicTextChanged(2))
            .When(new AcceptWish(true, null, 2, Story.WishTexts), Cast.Applicant)
            .ThenBriefly("accepted");

    [Fact]
    public void Without_a_public_text_of_the_reviewers_the_draft_is_what_is_shown() =>
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim])
            .And(Story.Recommend with { Command = new RecommendWish(1_000, null, false, 2) }, Story.Approve)
            .When(new AcceptWish(false, 2, 2, []), Cast.Applicant)
            .Then(new PublicTextChanged(1))
            .When(new AcceptWish(false, 1, 1, []), Cast.Applicant)
            .ThenBriefly("accepted");

    [Fact]
    public void Every_dossier_version_that_an_event_refers_to_is_known()
    {
        var wish = Scenario.Given(Story.Until(WishStatus.Delivered)).StateOf<Wish>(Story.Wish.Stream);
        Assert.Equal(1, wish.DraftVersion);
        Assert.Equal(2, wish.ReviewVersion);
        Assert.All(wish.Items, item => Assert.Equal((4, 5), (item.OrderVersion, item.DeliveryVersion)));
    }

    [Fact]
    public void A_cap_that_was_lowered_meanwhile_holds_at_approval() =>
        Scenario.Given([.. Story.Until(WishStatus.Submitted), Story.Claim, Story.Recommend])
            .And(new Step(
                new ChangeProject(Story.Rules with { PerWishCapMinor = 999 }, Story.ProjectTexts), Cast.Admin, Story.Project.Stream))
            .When(Story.Approve)
            .Then(new AmountExceedsCap(999));

    [Fact]
    public void An_offer_cannot_be_accepted_after_the_projects_last_day() =>
        Scenario.Given(Story.Until(WishStatus.Approved))
            .At(PlatformCalendar.EndOf(Story.Rules.EndsOn)).After(TimeSpan.FromMilliseconds(1))
            .When(Story.AcceptOffer).Then(new OutsideProjectPeriod(Story.Rules.StartsOn, Story.Rules.EndsOn));

    [Fact]
    public void A_wish_collects_until_the_end_of_its_last_day_and_no_longer() =>
        Scenario.Given(Story.Collecting)
            .At(PlatformCalendar.EndOf(Story.Rules.EndsOn)).When(Story.PlacePledge).ThenBriefly("accepted")
            .After(TimeSpan.FromMilliseconds(1))
            .When(Story.PlacePledge).Then(new WishNotOpenForPledges(WishStatus.Funding))
            .When(new GrantToWish(Story.GrantId, Story.Project, 50), Cast.Approver)
            .Then(new WishNotOpenForPledges(WishStatus.Funding));

    private static Step RecommendedAboveThreshold => Story.Recommend with
    {
        Command = RecommendOf(1_001, (Story.Stove, 601), (Story.Bed, 300), (Story.Blanket, 100)),
    };

    private static RecommendWish RecommendOf(long amountMinor, params (WishItem Item, long AmountMinor)[] lines) =>
        new(amountMinor, [.. lines.Select(line => new ItemAmount(line.Item.Id, line.AmountMinor))], false, 2);
}
