using DreamPlatform.Domain.Ledger;
using static DreamPlatform.Domain.Tests.Ledger.Ledgers;

namespace DreamPlatform.Domain.Tests.Ledger;

/// <summary>A wish takes in no more than its goal (here 100); wish and project give no more than they got.</summary>
public sealed class LimitTests
{
    [Fact]
    public void A_wish_is_filled_to_its_goal_and_not_one_beyond()
    {
        Assert.Equal(LedgerRefusal.None, Fresh().Try(Direct("t", Clearing, Wish, 100)));
        Assert.Equal(LedgerRefusal.ExceedsCreditLimit, Fresh().Try(Direct("t", Clearing, Wish, 101)));
        Assert.Equal(LedgerRefusal.None, Fresh().Try(Pending("t", Clearing, Wish, 100)));
        Assert.Equal(LedgerRefusal.ExceedsCreditLimit, Fresh().Try(Pending("t", Clearing, Wish, 101)));
    }

    [Fact]
    public void What_is_reserved_counts_towards_the_goal()
    {
        var book = With(Pending("hold", Clearing, Wish, 60), Direct("grant", Bank, Wish, 30));
        Assert.Equal(10, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(LedgerRefusal.ExceedsCreditLimit, book.Try(Direct("d", Bank, Wish, 11)));
        Assert.Equal(LedgerRefusal.ExceedsCreditLimit, book.Try(Pending("p", Clearing, Wish, 11)));
        Assert.Equal(LedgerRefusal.None, book.Try(Pending("p", Clearing, Wish, 10)));
        Assert.Equal(LedgerRefusal.ExceedsCreditLimit, book.Try(Direct("last", Bank, Wish, 1)));
    }

    [Fact]
    public void A_post_at_a_full_wish_is_no_new_money()
    {
        var hold = Pending("hold", Clearing, Wish, 60);
        var book = With(hold, Direct("grant", Bank, Wish, 40), hold.Post(Id("post"), 60));
        Assert.Equal(0, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(100, book.BalanceOf(Wish).RaisedMinor);
    }

    [Fact]
    public void What_is_voided_or_not_posted_makes_room_again()
    {
        var (voided, partial) = (Pending("a", Clearing, Wish, 60), Pending("b", Clearing, Wish, 40));
        var book = With(voided, partial, voided.Void(Id("void")), partial.Post(Id("post"), 15));
        Assert.Equal(85, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("d", Bank, Wish, 85)));
    }

    [Theory]
    [InlineData(TransferCode.Refund)]
    [InlineData(TransferCode.Move)]
    public void What_is_returned_makes_room_again(TransferCode code)
    {
        var book = With(Direct("in", Clearing, Wish, 100), Direct("back", Wish, Clearing, 30, code));
        Assert.Equal(30, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(70, book.BalanceOf(Wish).RaisedMinor);
        Assert.Equal(LedgerRefusal.ExceedsCreditLimit, book.Try(Direct("more", Bank, Wish, 31)));
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("more", Bank, Wish, 30)));
        Assert.Equal(100, book.BalanceOf(Wish).AvailableMinor);
    }

    [Theory]
    [InlineData(TransferCode.Disbursement)]
    [InlineData(TransferCode.Leftover)]
    public void What_is_spent_makes_no_room(TransferCode code)
    {
        var book = With(Direct("in", Clearing, Wish, 100), Direct("out", Wish, Shop, 30, code));
        Assert.Equal(0, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(100, book.BalanceOf(Wish).RaisedMinor);
        Assert.Equal(LedgerRefusal.ExceedsCreditLimit, book.Try(Direct("more", Bank, Wish, 1)));
    }

    [Fact]
    public void A_return_makes_room_only_once_it_is_posted()
    {
        var back = Pending("back", Wish, Clearing, 30) with { Code = TransferCode.Refund };
        var book = With(Direct("in", Clearing, Wish, 100), back);
        Assert.Equal(0, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(70, book.BalanceOf(Wish).AvailableMinor);
        Assert.Equal(LedgerRefusal.None, book.Try(back.Post(Id("post"), 20)));
        Assert.Equal(20, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(80, book.BalanceOf(Wish).AvailableMinor);
    }

    [Fact]
    public void Only_posted_money_is_spent_not_reserved_money()
    {
        var hold = Pending("hold", Clearing, Wish, 60);
        var book = With(hold, Direct("grant", Bank, Wish, 40));
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Pending("order", Wish, Shop, 41)));
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Direct("spend", Wish, Shop, 41)));
        Assert.Equal(LedgerRefusal.None, book.Try(hold.Post(Id("post"), 60)));
        Assert.Equal(LedgerRefusal.None, book.Try(Pending("order", Wish, Shop, 100)));
    }

    [Fact]
    public void What_is_ordered_cannot_be_spent_elsewhere()
    {
        var order = Pending("order", Wish, Shop, 70);
        var book = With(Direct("in", Clearing, Wish, 100), order);
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Pending("second", Wish, Shop, 31)));
        Assert.Equal(LedgerRefusal.None, book.Try(order.Post(Id("post"), 50)));
        Assert.Equal(50, book.BalanceOf(Wish).AvailableMinor);
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Direct("rest", Wish, Project, 51)));
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("rest", Wish, Project, 50)));
    }

    [Fact]
    public void A_project_gives_to_the_last_fen_and_not_one_more()
    {
        var book = With(Direct("deposit", Bank, Project, 50), Pending("pool", Clearing, Project, 20));
        Assert.Equal(50, book.BalanceOf(Project).AvailableMinor);
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Direct("grant", Project, Wish, 51)));
        Assert.Equal(LedgerRefusal.None, book.Try(Pending("match", Project, Wish, 20)));
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Direct("grant", Project, Wish, 31)));
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("grant", Project, Wish, 30)));
        Assert.Equal(0, book.BalanceOf(Project).AvailableMinor);
    }

    [Fact]
    public void A_project_takes_in_any_amount()
    {
        Assert.Equal(long.MaxValue, Fresh().BalanceOf(Project).RoomMinor);
        Assert.Equal(LedgerRefusal.None, Fresh().Try(Direct("deposit", Bank, Project, long.MaxValue)));
    }

    [Fact]
    public void An_account_without_a_limit_may_be_overdrawn() =>
        Assert.Equal((0, 70, 0, 0), With(Direct("t", Clearing, Project, 70)).Figures(Clearing));

    [Fact]
    public void When_both_sides_forbid_it_the_debit_speaks_first() =>
        Assert.Equal(LedgerRefusal.ExceedsCredits, Fresh().Try(Direct("t", Project, Wish, 101)));
}
