using DreamPlatform.Domain.Ledger;
using static DreamPlatform.Domain.Tests.Ledger.Ledgers;

namespace DreamPlatform.Domain.Tests.Ledger;

/// <summary>A pending transfer is posted, in part or whole, or voided: once, by its own accounts.</summary>
public sealed class TwoPhaseTests
{
    private static readonly Transfer Hold = Pending("hold", Clearing, Wish, 40);

    [Fact]
    public void A_post_turns_what_was_reserved_into_what_is_posted()
    {
        var book = With(Hold, Hold.Post(Id("post"), 40));
        Assert.Equal((0, 0, 0, 40), book.Figures(Wish));
        Assert.Equal((0, 40, 0, 0), book.Figures(Clearing));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(39)]
    public void A_partial_post_releases_the_rest(long amountMinor)
    {
        var book = With(Hold, Hold.Post(Id("post"), amountMinor));
        Assert.Equal((0, 0, 0, amountMinor), book.Figures(Wish));
        Assert.Equal((0, amountMinor, 0, 0), book.Figures(Clearing));
        Assert.Equal(100 - amountMinor, book.BalanceOf(Wish).RoomMinor);
    }

    [Fact]
    public void The_rest_of_a_partial_post_cannot_be_posted_later()
    {
        var book = With(Hold, Hold.Post(Id("post"), 30));
        Assert.Equal(LedgerRefusal.PendingTransferAlreadyPosted, book.Try(Hold.Post(Id("rest"), 10)));
    }

    [Fact]
    public void A_void_releases_everything()
    {
        var book = With(Hold, Hold.Void(Id("void")));
        Assert.Equal((0, 0, 0, 0), book.Figures(Wish));
        Assert.Equal((0, 0, 0, 0), book.Figures(Clearing));
    }

    [Fact]
    public void More_than_pending_is_not_posted()
    {
        var book = With(Hold);
        Assert.Equal(LedgerRefusal.ExceedsPendingAmount, book.Try(Hold.Post(Id("post"), 41)));
        Assert.Equal(LedgerRefusal.ExceedsPendingAmount, book.Try(Hold.Post(Id("post"), long.MaxValue)));
        Assert.Equal((0, 0, 40, 0), book.Figures(Wish));
    }

    [Theory]
    [InlineData(39)]
    [InlineData(41)]
    public void A_void_names_the_whole_amount(long amountMinor) =>
        Assert.Equal(
            LedgerRefusal.ExceedsPendingAmount,
            With(Hold).Try(Hold.Void(Id("void")) with { AmountMinor = amountMinor }));

    [Fact]
    public void What_is_posted_is_not_posted_again() =>
        Assert.Equal(
            LedgerRefusal.PendingTransferAlreadyPosted,
            With(Hold, Hold.Post(Id("post"), 40)).Try(Hold.Post(Id("again"), 40)));

    [Fact]
    public void What_is_posted_is_not_voided() =>
        Assert.Equal(
            LedgerRefusal.PendingTransferAlreadyPosted,
            With(Hold, Hold.Post(Id("post"), 40)).Try(Hold.Void(Id("void"))));

    [Fact]
    public void What_is_voided_is_not_voided_again() =>
        Assert.Equal(
            LedgerRefusal.PendingTransferAlreadyVoided,
            With(Hold, Hold.Void(Id("void"))).Try(Hold.Void(Id("again"))));

    [Fact]
    public void What_is_voided_is_not_posted() =>
        Assert.Equal(
            LedgerRefusal.PendingTransferAlreadyVoided,
            With(Hold, Hold.Void(Id("void"))).Try(Hold.Post(Id("post"), 40)));

    [Fact]
    public void A_command_does_not_resolve_a_hold_twice()
    {
        var book = With(Hold);
        Assert.Equal(
            LedgerRefusal.PendingTransferAlreadyVoided, book.Try(Hold.Void(Id("void")), Hold.Post(Id("post"), 40)));
        Assert.Equal(
            LedgerRefusal.PendingTransferAlreadyPosted, book.Try(Hold.Post(Id("a"), 1), Hold.Post(Id("b"), 1)));
        Assert.Equal((0, 0, 40, 0), book.Figures(Wish));
        Assert.Equal(LedgerRefusal.None, book.Try(Hold.Post(Id("post"), 40)));
    }

    [Fact]
    public void A_resolution_that_was_read_counts_as_one_that_was_applied()
    {
        var book = Fresh();
        book.Load(Hold);
        book.Load(Hold.Void(Id("void")));
        Assert.Equal(LedgerRefusal.PendingTransferAlreadyVoided, book.Try(Hold.Post(Id("post"), 40)));
    }

    [Fact]
    public void Accounts_without_a_limit_need_not_be_read_and_then_show_only_what_is_gained()
    {
        var book = Fresh();
        book.Load(Hold);
        book.Load(Wish, new Balance { CreditsPendingMinor = 40, CreditLimitMinor = 100, IsOpen = true });
        Assert.Equal(LedgerRefusal.None, book.Try(Hold.Post(Id("post"), 40)));
        Assert.Equal((-40, 40, 0, 0), book.Figures(Clearing));
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("more", Clearing, Shop, long.MaxValue - 40)));
    }

    [Fact]
    public void A_hold_that_nobody_knows_is_not_resolved()
    {
        Assert.Equal(LedgerRefusal.PendingTransferNotFound, Fresh().Try(Hold.Post(Id("post"), 40)));
        Assert.Equal(LedgerRefusal.PendingTransferNotFound, Fresh().Try(Hold.Void(Id("void"))));
    }

    [Fact]
    public void A_post_or_void_has_to_name_its_hold()
    {
        Assert.Equal(
            LedgerRefusal.PendingTransferRequired,
            With(Hold).Try(Hold with { Id = Id("post"), Kind = TransferKind.Post }));
        Assert.Equal(
            LedgerRefusal.PendingTransferRequired,
            With(Hold).Try(Hold with { Id = Id("void"), Kind = TransferKind.Void }));
    }

    [Fact]
    public void Only_a_pending_transfer_is_resolved()
    {
        var direct = Direct("direct", Clearing, Wish, 40);
        var book = With(direct, Hold, Hold.Post(Id("post"), 40));
        Assert.Equal(LedgerRefusal.PendingTransferNotPending, book.Try(direct.Post(Id("x"), 40)));
        Assert.Equal(LedgerRefusal.PendingTransferNotPending, book.Try(direct.Void(Id("x"))));
        var thePost = Hold.Post(Id("post"), 40);
        Assert.Equal(LedgerRefusal.PendingTransferNotPending, book.Try(thePost.Void(Id("x"))));
    }

    [Fact]
    public void Only_a_post_or_void_resolves()
    {
        var book = With(Hold);
        var (direct, pending) = (Direct("d", Clearing, Wish, 1), Pending("p", Clearing, Wish, 1));
        Assert.Equal(LedgerRefusal.PendingTransferNotPending, book.Try(direct with { Resolves = Hold.Id }));
        Assert.Equal(LedgerRefusal.PendingTransferNotPending, book.Try(pending with { Resolves = Hold.Id }));
        Assert.Equal((0, 0, 40, 0), book.Figures(Wish));
    }

    [Fact]
    public void A_hold_is_resolved_only_for_what_it_was_made_for()
    {
        var book = With(Hold);
        var (post, @void) = (Hold.Post(Id("x"), 40), Hold.Void(Id("x")));
        Assert.Equal(
            LedgerRefusal.PendingTransferHasDifferentCode, book.Try(post with { Code = TransferCode.Refund }));
        Assert.Equal(
            LedgerRefusal.PendingTransferHasDifferentCode, book.Try(@void with { Code = TransferCode.Refund }));
        Assert.Equal(LedgerRefusal.None, book.Try(post));
    }

    [Fact]
    public void A_hold_is_resolved_only_between_its_own_accounts()
    {
        var book = With(Hold);
        Transfer[] wrong =
        [
            Hold.Post(Id("x"), 40) with { Credit = Project },
            Hold.Post(Id("x"), 40) with { Debit = Bank },
            Hold.Post(Id("x"), 40) with { Debit = Wish, Credit = Clearing },
            Hold.Void(Id("x")) with { Credit = Project },
            Hold.Void(Id("x")) with { Debit = Bank },
        ];
        Assert.All(wrong, transfer =>
            Assert.Equal(LedgerRefusal.PendingTransferHasDifferentAccounts, book.Try(transfer)));
        Assert.Equal((0, 0, 40, 0), book.Figures(Wish));
    }
}
