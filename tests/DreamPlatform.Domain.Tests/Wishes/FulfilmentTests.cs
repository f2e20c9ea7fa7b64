using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>Orders, deliveries, leftovers, cancelled items and confirmations.</summary>
public sealed class FulfilmentTests
{
    [Theory]
    [InlineData(0, "amount-out-of-range")]
    [InlineData(-1, "amount-out-of-range")]
    [InlineData(601, "order-exceeds-item")]
    [InlineData(600, "accepted")]
    [InlineData(1, "accepted")]
    public void An_order_is_no_more_than_the_item_has(long amountMinor, string outcome) =>
        Scenario.Given(Story.Until(WishStatus.Funded))
            .When(Story.Order(Story.Stove, amountMinor))
            .ThenBriefly(outcome);

    [Theory]
    [InlineData(0, "amount-out-of-range")]
    [InlineData(-1, "amount-out-of-range")]
    [InlineData(501, "delivery-exceeds-order")]
    [InlineData(500, "accepted")]
    [InlineData(1, "accepted")]
    public void A_delivery_costs_no_more_than_was_ordered(long amountMinor, string outcome) =>
        Scenario.Given([.. Story.Until(WishStatus.Funded), Story.Order(Story.Stove, 500)])
            .When(Story.Deliver(Story.Stove, amountMinor))
            .ThenBriefly(outcome);

    [Fact]
    public void What_an_order_did_not_take_and_a_delivery_did_not_cost_both_go_back_to_the_project() =>
        Scenario.Given([.. Story.Until(WishStatus.Funded), Story.Order(Story.Stove, 500)])
            .When(Story.Deliver(Story.Stove, 470))
            .Then(new ItemDelivered(Story.Stove.Id, 470, 5))
            .Moving("Post Disbursement 470 wish > shop", "Direct Leftover 130 wish > project")
            .Balances(
                "bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 10130", "wish D 600 C 1000",
                "shop D 0 C 470");

    [Fact]
    public void A_leftover_makes_no_room_for_new_pledges()
    {
        var wish = Scenario.Given(Story.Until(WishStatus.Fulfilling))
            .BalanceOf(Domain.Ledger.LedgerAccount.Wish(Story.Wish));
        Assert.Equal(0, wish.RoomMinor);
        Assert.Equal(1_000, wish.RaisedMinor);
    }

    [Fact]
    public void An_item_is_ordered_and_delivered_only_once() =>
        Scenario.Given([.. Story.Until(WishStatus.Funded), Story.OrderStove])
            .When(Story.OrderStove)
            .Then(new ItemNotPlanned(ItemStatus.Ordered))
            .And(Story.DeliverStove)
            .When(Story.DeliverStove)
            .Then(new ItemNotOrdered(ItemStatus.Delivered))
            .When(Story.OrderStove)
            .Then(new ItemNotPlanned(ItemStatus.Delivered));

    [Fact]
    public void Only_a_delivered_item_is_confirmed_and_only_once() =>
        Scenario.Given(Story.Until(WishStatus.Fulfilling))
            .When(Story.Confirm(Story.Bed))
            .Then(new ItemNotDelivered(ItemStatus.Ordered))
            .When(Story.Confirm(Story.Blanket))
            .Then(new ItemNotDelivered(ItemStatus.Planned))
            .And(Story.Confirm(Story.Stove))
            .When(Story.Confirm(Story.Stove))
            .Then(new ItemNotDelivered(ItemStatus.Confirmed));

    [Fact]
    public void An_item_of_another_wish_is_not_found()
    {
        var foreign = new WishItem(new ItemId(Cast.Named("foreign")), 1, 1);
        Scenario.Given(Story.Until(WishStatus.Fulfilling))
            .When(Story.Order(foreign, 1)).Then(new NotFound())
            .When(Story.Deliver(foreign, 1)).Then(new NotFound())
            .When(Story.Cancel(foreign)).Then(new NotFound())
            .When(Story.Confirm(foreign)).Then(new NotFound());
    }

    [Fact]
    public void A_cancelled_planned_item_gives_its_money_back_to_the_project() =>
        Scenario.Given(Story.Until(WishStatus.Fulfilling))
            .When(Story.Cancel(Story.Blanket))
            .Then(new ItemCancelled(Story.Blanket.Id))
            .Moving("Direct Leftover 100 wish > project");

    [Fact]
    public void A_cancelled_order_is_released_first() =>
        Scenario.Given([.. Story.Until(WishStatus.Funded), Story.Order(Story.Stove, 500)])
            .When(Story.Cancel(Story.Stove))
            .Then(new ItemCancelled(Story.Stove.Id))
            .Moving("Void Disbursement 500 wish > shop", "Direct Leftover 600 wish > project")
            .Balances(
                "bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 10600", "wish D 600 C 1000",
                "shop D 0 C 0");

    [Fact]
    public void A_cancelled_or_delivered_item_is_not_cancelled() =>
        Scenario.Given([.. Story.Until(WishStatus.Fulfilling), Story.Cancel(Story.Blanket)])
            .When(Story.Cancel(Story.Blanket))
            .Then(new ItemNotOpen(ItemStatus.Cancelled))
            .When(Story.Cancel(Story.Stove))
            .Then(new ItemNotOpen(ItemStatus.Delivered));

    [Fact]
    public void Some_items_cancelled_the_wish_is_delivered_with_the_others() =>
        Scenario.Given([.. Story.Until(WishStatus.Fulfilling), Story.Cancel(Story.Blanket)])
            .When(Story.DeliverBed)
            .Then(new ItemDelivered(Story.Bed.Id, 300, 5), new WishDelivered())
            .And(Story.Confirm(Story.Stove))
            .When(Story.Confirm(Story.Bed))
            .Then(new ItemConfirmed(Story.Bed.Id), new WishFulfilled());

    [Fact]
    public void The_last_open_item_cancelled_the_wish_is_delivered() =>
        Scenario.Given([.. Story.Until(WishStatus.Fulfilling), Story.DeliverBed])
            .When(Story.Cancel(Story.Blanket))
            .Then(new ItemCancelled(Story.Blanket.Id), new WishDelivered())
            .WishIs(WishStatus.Delivered);

    [Fact]
    public void The_last_open_item_cancelled_and_the_others_confirmed_the_wish_is_fulfilled() =>
        Scenario.Given(Story.Until(WishStatus.Fulfilling))
            .And(Story.Confirm(Story.Stove), Story.DeliverBed, Story.Confirm(Story.Bed))
            .WishIs(WishStatus.Fulfilling)
            .When(Story.Cancel(Story.Blanket))
            .Then(new ItemCancelled(Story.Blanket.Id), new WishDelivered(), new WishFulfilled())
            .WishIs(WishStatus.Fulfilled);

    [Fact]
    public void All_items_cancelled_so_is_the_wish_and_all_its_money_is_the_projects() =>
        Scenario.Given([.. Story.Until(WishStatus.Funded), Story.OrderStove, Story.Cancel(Story.Bed)])
            .And(Story.Cancel(Story.Stove))
            .When(Story.Cancel(Story.Blanket))
            .Then(new ItemCancelled(Story.Blanket.Id), new WishCancelled())
            .WishIs(WishStatus.Cancelled)
            .Balances(
                "bank D 10000 C 0", "clearing D 400 C 0", "project D 600 C 11000", "wish D 1000 C 1000",
                "shop D 0 C 0");

    [Fact]
    public void Confirmed_before_the_others_are_delivered_the_wish_waits_for_them() =>
        Scenario.Given(Story.Until(WishStatus.Fulfilling))
            .When(Story.Confirm(Story.Stove))
            .Then(new ItemConfirmed(Story.Stove.Id))
            .WishIs(WishStatus.Fulfilling)
            .And(Story.DeliverBed, Story.Confirm(Story.Bed), Story.OrderBlanket)
            .When(Story.DeliverBlanket)
            .Then(new ItemDelivered(Story.Blanket.Id, 100, 5), new WishDelivered())
            .When(Story.Confirm(Story.Blanket))
            .Then(new ItemConfirmed(Story.Blanket.Id), new WishFulfilled());

    [Fact]
    public void An_order_keeps_what_it_holds_and_for_whom()
    {
        var scenario = Scenario.Given([.. Story.Until(WishStatus.Funded), Story.Order(Story.Stove, 500)]);
        var stove = scenario.StateOf<Wish>(Story.Wish.Stream).Items[0];
        Assert.Equal((ItemStatus.Ordered, 500, Story.Shop), (stove.Status, stove.OrderedMinor, stove.Payee));
        scenario.And(Story.Deliver(Story.Stove, 470));
        stove = scenario.StateOf<Wish>(Story.Wish.Stream).Items[0];
        Assert.Equal((ItemStatus.Delivered, 470, 600), (stove.Status, stove.ActualMinor, stove.AmountMinor));
    }
}
