using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Pledges;

/// <summary>Promises to a wish, and the money that does or does not come.</summary>
public sealed class PledgeTests
{
    private static readonly StreamId Pool = Story.Project.Stream;

    [Fact]
    public void Pledge_to_a_funded_wish_is_refused() =>
        Scenario.Given(Story.Until(WishStatus.Funded))
            .When(Story.Place(Story.Pledge2, 10), Cast.Donor2)
            .Then(new WishNotOpenForPledges(WishStatus.Funded));

    [Fact]
    public void A_pledge_keeps_what_the_donor_wants_and_until_when_to_pay()
    {
        var place = Story.Place(Story.Pledge, 400) with
        {
            Anonymous = true,
            Message = "Stay warm",
            IfWishFails = IfWishFails.Move,
        };
        Scenario.Given(Story.Collecting)
            .When(place, Cast.Donor)
            .Then(new PledgePlaced(
                Story.Wish.Stream, Cast.Donor.Id, 400, 0, true, IfWishFails.Move, "sandbox",
                Story.Start, Story.Start + Story.PayWithin))
            .Moving("Pending Pledge 400 clearing > wish")
            .Publishing(new PublishedText(Story.Pledge.Value, TextField.Message, "Stay warm"));
    }

    [Fact]
    public void A_pledge_without_a_message_publishes_nothing() =>
        Scenario.Given(Story.Collecting).When(Story.PlacePledge).Then("pledge-placed.v1").Publishing();

    [Theory]
    [InlineData(0, "amount-out-of-range")]
    [InlineData(-5, "amount-out-of-range")]
    [InlineData(Money.MaxAmountMinor + 1, "amount-out-of-range")]
    [InlineData(Money.MaxAmountMinor, "amount-exceeds-remaining")]
    [InlineData(601, "amount-exceeds-remaining")]
    [InlineData(600, "accepted")]
    [InlineData(1, "accepted")]
    public void A_pledge_is_no_more_than_what_remains(long amountMinor, string outcome) =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(Story.Place(Story.Pledge2, amountMinor), Cast.Donor2)
            .ThenBriefly(outcome);

    [Fact]
    public void A_refused_pledge_is_told_what_remains() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(Story.Place(Story.Pledge2, 601), Cast.Donor2)
            .Then(new AmountExceedsRemaining(600));

    [Fact]
    public void The_id_of_a_pledge_is_used_once() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(Story.Place(Story.Pledge, 10), Cast.Donor2)
            .Then("taken");

    [Fact]
    public void A_pledge_falls_due_while_it_waits_for_its_payment()
    {
        var scenario = Scenario.Given(Story.Until(WishStatus.Funding));
        var due = new Due(
            DueKind.PledgeLapse, Story.Start + Story.PayWithin, Story.Pledge.Value, Story.Wish.Stream);
        Assert.Equal(due, scenario.StateOf<Pledge>(Story.Pledge.Stream).Due);
        scenario.And(Story.PayPledge);
        Assert.Null(scenario.StateOf<Pledge>(Story.Pledge.Stream).Due);
    }

    [Fact]
    public void Unpaid_it_lapses_when_its_time_is_over_and_not_before() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .At(Story.Start + Story.PayWithin - TimeSpan.FromTicks(1))
            .When(Story.LapsePledge)
            .Then(new PledgeNotDue(Story.Start + Story.PayWithin))
            .At(Story.Start + Story.PayWithin)
            .When(Story.LapsePledge)
            .Then(new PledgeLapsed())
            .Moving("Void Pledge 400 clearing > wish")
            .Balances("bank D 10000 C 0", "project D 0 C 10000", "clearing D 0 C 0", "wish D 0 C 0")
            .When(Story.LapsePledge)
            .Then(new PledgeNotReserved(PledgeStatus.Lapsed));

    [Fact]
    public void A_sweeper_that_comes_late_still_lapses_it() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .After(TimeSpan.FromDays(3))
            .When(Story.LapsePledge)
            .Then(new PledgeLapsed());

    [Fact]
    public void Paid_after_its_time_but_before_it_lapsed_it_counts() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .After(Story.PayWithin + TimeSpan.FromMinutes(5))
            .When(Story.PayPledge)
            .Then(new PledgePaid($"payment-{Story.Pledge}"))
            .When(Story.LapsePledge)
            .Then(new PledgeNotReserved(PledgeStatus.Paid));

    [Fact]
    public void A_cancelled_pledge_makes_room_again() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(Story.CancelPledge)
            .Then(new PledgeCancelled())
            .Moving("Void Pledge 400 clearing > wish")
            .When(Story.Place(Story.Pledge2, 1_000), Cast.Donor2)
            .Then("pledge-placed.v1");

    [Fact]
    public void Only_its_donor_cancels_it() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(Story.CancelPledge.Command, Cast.Donor2)
            .Then(new NotFound())
            .When(Story.CancelPledge)
            .Then(new PledgeCancelled());

    [Fact]
    public void Money_for_a_lapsed_pledge_goes_to_suspense() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .After(Story.PayWithin).And(Story.LapsePledge)
            .When(Story.PayPledge)
            .Then(Suspended(Story.Pledge, 400, SuspenseReason.PledgeNotOpen))
            .Moving("Direct Suspense 400 clearing > suspense")
            .Balances(
                "bank D 10000 C 0", "project D 0 C 10000", "clearing D 400 C 0", "wish D 0 C 0", "suspense D 0 C 400");

    [Fact]
    public void Money_for_a_cancelled_pledge_goes_to_suspense() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.CancelPledge])
            .When(Story.PayPledge)
            .Then(Suspended(Story.Pledge, 400, SuspenseReason.PledgeNotOpen));

    [Fact]
    public void Late_money_never_pushes_a_wish_past_its_goal() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.CancelPledge])
            .And(Story.GrantTheRest with { Command = new GrantToWish(Story.GrantId, Story.Project, 1_000) })
            .WishIs(WishStatus.Funded)
            .When(Story.PayPledge)
            .Then(Suspended(Story.Pledge, 400, SuspenseReason.PledgeNotOpen))
            .WishIs(WishStatus.Funded);

    [Fact]
    public void A_second_payment_goes_to_suspense() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.PayPledge])
            .When(new RecordPayment(Story.Pledge, "sandbox", "payment-2", 400), Cast.Platform)
            .Then(new PaymentSuspended("sandbox", "payment-2", Story.Pledge.Value, 400, SuspenseReason.PledgeNotOpen))
            .Balances(
                "bank D 10000 C 0", "project D 0 C 10000", "clearing D 800 C 0", "wish D 0 C 400",
                "suspense D 0 C 400");

    [Theory]
    [InlineData(399)]
    [InlineData(401)]
    [InlineData(1)]
    public void Another_amount_than_pledged_goes_to_suspense_and_the_pledge_still_waits(long amountMinor) =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(new RecordPayment(Story.Pledge, "sandbox", "payment-wrong", amountMinor), Cast.Platform)
            .Then(new PaymentSuspended(
                "sandbox", "payment-wrong", Story.Pledge.Value, amountMinor, SuspenseReason.AmountDiffers))
            .Moving($"Direct Suspense {amountMinor} clearing > suspense")
            .When(Story.PayPledge)
            .Then(new PledgePaid($"payment-{Story.Pledge}"));

    [Fact]
    public void Money_through_another_gateway_goes_to_suspense() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(new RecordPayment(Story.Pledge, "elsewhere", "p", 400), Cast.Platform)
            .Then(new PaymentSuspended("elsewhere", "p", Story.Pledge.Value, 400, SuspenseReason.GatewayDiffers))
            .Moving("Direct Suspense 400 clearing-elsewhere > suspense")
            .When(Story.PayPledge)
            .Then(new PledgePaid($"payment-{Story.Pledge}"));

    [Fact]
    public void More_money_than_a_pledge_may_ever_be_is_kept_in_suspense_too() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(Story.Pay(Story.Pledge, Money.MaxAmountMinor + 1), Cast.Platform)
            .Then(Suspended(Story.Pledge, Money.MaxAmountMinor + 1, SuspenseReason.AmountDiffers))
            .When(Story.Pay(Story.Pledge2, Money.MaxAmountMinor + 1), Cast.Platform, Story.Gateway)
            .Then(Suspended(Story.Pledge2, Money.MaxAmountMinor + 1, SuspenseReason.UnknownPledge));

    [Fact]
    public void A_payment_is_kept_in_suspense_only_once() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.CancelPledge, Story.PayPledge])
            .When(Story.PayPledge)
            .Then("taken");

    [Theory]
    [InlineData(0)]
    [InlineData(-400)]
    public void A_payment_of_nothing_or_less_is_refused(long amountMinor) =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(Story.Pay(Story.Pledge, amountMinor), Cast.Platform)
            .Then("amount-out-of-range");

    [Fact]
    public void A_pledge_is_found_only_where_it_was_placed() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.PlaceInPool])
            .After(Story.PayWithin)
            .When(Story.PayPledge with { To = Pool }).Then(new NotFound())
            .When(Story.CancelPledge with { To = Pool }).Then(new NotFound())
            .When(Story.LapsePledge with { To = Pool }).Then(new NotFound())
            .When(Story.Pay(Story.PoolPledge, 70), Cast.Platform).Then(new NotFound());

    [Fact]
    public void A_pledge_to_a_project_goes_to_its_pool() =>
        Scenario.Given([.. Story.Until(WishStatus.Funding), Story.PlaceInPool])
            .When(Story.Pay(Story.PoolPledge, 70), Cast.Platform, Pool)
            .Then(new PledgePaid($"payment-{Story.PoolPledge}"))
            .Moving("Post Pledge 70 clearing > project")
            .Balances(
                "bank D 10000 C 0", "project D 0 C 10070", "clearing D 70+400 C 0", "wish D 0 C 0+400");

    [Fact]
    public void A_gateway_keeps_money_that_fits_no_pledge_at_all() =>
        Scenario.Given()
            .When(Story.PayPledge with { To = Story.Gateway })
            .Then(Suspended(Story.Pledge, 400, SuspenseReason.UnknownPledge))
            .Moving("Direct Suspense 400 clearing > suspense")
            .When(Story.Pay(Story.Pledge, 400), Cast.Finance, Story.Gateway)
            .Then(new NotFound())
            .When(Story.Pay(Story.Pledge, 0), Cast.Platform, Story.Gateway)
            .Then("amount-out-of-range");

    [Fact]
    public void The_hold_of_a_pledge_is_between_its_gateway_and_its_target()
    {
        var pledge = Scenario.Given(Story.Until(WishStatus.Funding)).StateOf<Pledge>(Story.Pledge.Stream);
        Assert.Equal(LedgerAccount.Wish(Story.Wish), pledge.Hold.Credit);
        Assert.Equal(LedgerAccount.Project(Story.Project), (pledge with { Target = Pool }).Hold.Credit);
        Assert.Equal(LedgerAccount.Clearing("sandbox"), pledge.Hold.Debit);
        Assert.Equal(Story.Pledge.Value, pledge.Hold.Id.Value);
    }

    [Theory]
    [InlineData(PledgeStatus.Reserved, true)]
    [InlineData(PledgeStatus.Paid, true)]
    [InlineData(PledgeStatus.Refunding, false)]
    [InlineData(PledgeStatus.Refunded, false)]
    [InlineData(PledgeStatus.Moved, false)]
    [InlineData(PledgeStatus.Lapsed, false)]
    [InlineData(PledgeStatus.Cancelled, false)]
    public void A_pledge_stands_while_it_holds_or_has_brought_money(PledgeStatus status, bool stands) =>
        Assert.Equal(stands, new Pledge(Story.Pledge) { Status = status }.Stands);

    private static PaymentSuspended Suspended(PledgeId pledge, long amountMinor, SuspenseReason reason) =>
        new("sandbox", $"payment-{pledge}", pledge.Value, amountMinor, reason);
}
