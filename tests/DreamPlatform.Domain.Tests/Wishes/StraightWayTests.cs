using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>From a draft to a fulfilled wish, with every fen accounted for at each step.</summary>
public sealed class StraightWayTests
{
    [Fact]
    public void A_wish_goes_from_draft_to_approved_and_no_money_moves()
    {
        Scenario.Given(Story.Create, Story.Open)
            .When(Story.Draft)
            .Then(new WishDrafted(Story.Project, Cast.Foundation, Cast.Applicant.Id)).Moving()
            .When(Story.Edit)
            .Then(new WishDraftEdited(Story.Project, Cast.Foundation, 1)).Moving()
            .When(Story.Submit)
            .Then(new WishSubmitted("home", "CN-44", Story.Items, Story.Start + Wish.ReviewPeriod)).Moving()
            .When(Story.Claim)
            .Then(new WishClaimed(Cast.Reviewer.Id)).Moving()
            .When(Story.Recommend)
            .Then(new WishRecommended(1_000, Story.Items, 2, 2)).Moving()
            .When(Story.Approve)
            .Then(new WishApprovalGiven(Cast.Approver.Id, 1_000), new WishApproved(1_000)).Moving()
            .WishIs(WishStatus.Approved)
            .Balances();
    }

    [Fact]
    public void It_collects_from_two_donors_and_the_project_until_it_is_funded()
    {
        var hash = Derived.HashOf(Story.WishTexts);
        Scenario.Given(Story.Until(WishStatus.Approved))
            .Balances("bank D 10000 C 0", "project D 0 C 10000")
            .When(Story.AcceptOffer)
            .Then(new WishAccepted(true, 2, hash, Story.Rules.EndsOn, Story.Start)).Moving().Publishing(Story.WishTexts)
            .WishIs(WishStatus.Funding)

            .When(Story.PlacePledge)
            .Then("pledge-placed.v1").Moving("Pending Pledge 400 clearing > wish")
            .Balances("bank D 10000 C 0", "project D 0 C 10000", "clearing D 0+400 C 0", "wish D 0 C 0+400")

            .When(Story.Place(Story.Pledge2, 250), Cast.Donor2)
            .Then("pledge-placed.v1").Moving("Pending Pledge 250 clearing > wish")
            .Balances("bank D 10000 C 0", "project D 0 C 10000", "clearing D 0+650 C 0", "wish D 0 C 0+650")

            .When(Story.PayPledge)
            .Then(new PledgePaid($"payment-{Story.Pledge}")).Moving("Post Pledge 400 clearing > wish")
            .Balances("bank D 10000 C 0", "project D 0 C 10000", "clearing D 400+250 C 0", "wish D 0 C 400+250")

            .When(new GrantToWish(Story.GrantId, Story.Project, 350), Cast.Approver)
            .Then(new GrantGiven(Story.Project, Story.Wish, Cast.Approver.Id, 350))
            .Moving("Direct Grant 350 project > wish")
            .WishIs(WishStatus.Funding)
            .Balances("bank D 10000 C 0", "project D 350 C 10000", "clearing D 400+250 C 0", "wish D 0 C 750+250")

            .When(Story.Pay(Story.Pledge2, 250), Cast.Platform)
            .Then(new PledgePaid($"payment-{Story.Pledge2}"), new WishFunded())
            .Moving("Post Pledge 250 clearing > wish")
            .WishIs(WishStatus.Funded)
            .Balances("bank D 10000 C 0", "project D 350 C 10000", "clearing D 650 C 0", "wish D 0 C 1000");
    }

    [Fact]
    public void Its_items_are_ordered_delivered_and_confirmed_and_what_is_left_goes_back()
    {
        Scenario.Given(Story.Until(WishStatus.Funded))
            .Balances("bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 10000", "wish D 0 C 1000")

            .When(Story.OrderStove)
            .Then("item-ordered.v1").Moving("Pending Disbursement 600 wish > shop")
            .WishIs(WishStatus.Fulfilling)
            .Balances(
                "bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 10000", "wish D 0+600 C 1000",
                "shop D 0 C 0+600")

            .When(Story.DeliverStove)
            .Then(new ItemDelivered(Story.Stove.Id, 550, 5))
            .Moving("Post Disbursement 550 wish > shop", "Direct Leftover 50 wish > project")
            .Balances(
                "bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 10050", "wish D 600 C 1000",
                "shop D 0 C 550")

            .When(Story.OrderBed).Then("item-ordered.v1")
            .When(Story.OrderBlanket).Then("item-ordered.v1")
            .Balances(
                "bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 10050", "wish D 600+400 C 1000",
                "shop D 0 C 550+400")
            .When(Story.DeliverBed).Then("item-delivered.v1").Moving("Post Disbursement 300 wish > shop")
            .WishIs(WishStatus.Fulfilling)

            .When(Story.DeliverBlanket)
            .Then(new ItemDelivered(Story.Blanket.Id, 100, 5), new WishDelivered())
            .Moving("Post Disbursement 100 wish > shop")
            .WishIs(WishStatus.Delivered)
            .Balances(
                "bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 10050", "wish D 1000 C 1000",
                "shop D 0 C 950")

            .When(Story.Confirm(Story.Stove)).Then(new ItemConfirmed(Story.Stove.Id)).Moving()
            .When(Story.Confirm(Story.Bed)).Then(new ItemConfirmed(Story.Bed.Id)).Moving()
            .WishIs(WishStatus.Delivered)
            .When(Story.Confirm(Story.Blanket))
            .Then(new ItemConfirmed(Story.Blanket.Id), new WishFulfilled()).Moving()
            .WishIs(WishStatus.Fulfilled);
    }

    [Fact]
    public void The_last_fen_may_come_from_the_project() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.PayPledge])
            .When(Story.GrantTheRest)
            .Then("grant-given.v1 wish-funded.v1");

    [Fact]
    public void With_one_fen_missing_a_wish_is_not_funded() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.PayPledge])
            .When(new GrantToWish(Story.GrantId, Story.Project, 599), Cast.Approver)
            .Then("grant-given.v1")
            .When(Story.Place(Story.Pledge2, 1), Cast.Donor2)
            .Then("pledge-placed.v1")
            .When(Story.Pay(Story.Pledge2, 1), Cast.Platform)
            .Then("pledge-paid.v1 wish-funded.v1");

    [Fact]
    public void With_a_pledge_still_unpaid_a_wish_without_room_is_not_funded() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.GrantTheRest])
            .WishIs(WishStatus.Funding)
            .When(Story.Place(Story.Pledge2, 1), Cast.Donor2)
            .Then(new AmountExceedsRemaining(0))
            .When(Story.CancelPledge)
            .Then("pledge-cancelled.v1")
            .WishIs(WishStatus.Funding)
            .When(Story.Place(Story.Pledge2, 400), Cast.Donor2)
            .Then("pledge-placed.v1");

    [Fact]
    public void A_wish_is_published_from_the_day_it_collects()
    {
        var published = Enum.GetValues<WishStatus>()
            .Where(status => Scenario.Given(Story.Until(status)).StateOf<Wish>(Story.Wish.Stream).IsPublished);
        WishStatus[] expected =
        [
            WishStatus.Funding, WishStatus.Funded, WishStatus.Fulfilling, WishStatus.Delivered, WishStatus.Fulfilled,
            WishStatus.Cancelled,
        ];
        Assert.Equal(expected, published);
    }

    [Fact]
    public void The_account_opens_with_the_approved_amount_as_its_limit()
    {
        var account = Scenario.Given(Story.Collecting).BalanceOf(LedgerAccount.Wish(Story.Wish));
        Assert.Equal(new Balance { CreditLimitMinor = 1_000, IsOpen = true }, account);
    }

    [Fact]
    public void Before_the_offer_is_accepted_there_is_no_account() =>
        Assert.False(
            Scenario.Given(Story.Until(WishStatus.Approved)).BalanceOf(LedgerAccount.Wish(Story.Wish)).IsOpen);

    [Theory]
    [InlineData("2026-02-28T15:59:59Z", false)]
    [InlineData("2026-02-28T16:00:00Z", true)]
    [InlineData("2026-05-31T15:59:59Z", true)]
    [InlineData("2026-05-31T16:00:00Z", false)]
    public void A_wish_is_drafted_edited_and_submitted_only_in_the_projects_period(string at, bool accepted)
    {
        var outside = new OutsideProjectPeriod(Story.Rules.StartsOn, Story.Rules.EndsOn);
        foreach (var (step, before) in new[]
        {
            (Story.Draft, WishStatus.None), (Story.EditAgain, WishStatus.Draft), (Story.Submit, WishStatus.Draft),
        })
        {
            var scenario = Scenario.Given(Story.Until(before))
                .At(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)).When(step);
            if (accepted) scenario.ThenBriefly("accepted");
            else scenario.Then(outside);
        }
    }
}
