using DreamPlatform.Domain.Ledger;
using static DreamPlatform.Domain.Tests.Ledger.Ledgers;

namespace DreamPlatform.Domain.Tests.Ledger;

/// <summary>What a single transfer may be, and what happens when it comes twice.</summary>
public sealed class TransferTests
{
    [Fact]
    public void A_direct_transfer_posts_at_once_on_both_sides()
    {
        var book = With(Direct("t", Bank, Project, 40));
        Assert.Equal((0, 40, 0, 0), book.Figures(Bank));
        Assert.Equal((0, 0, 0, 40), book.Figures(Project));
    }

    [Fact]
    public void A_pending_transfer_only_reserves_on_both_sides()
    {
        var book = With(Pending("t", Clearing, Wish, 40));
        Assert.Equal((40, 0, 0, 0), book.Figures(Clearing));
        Assert.Equal((0, 0, 40, 0), book.Figures(Wish));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void An_amount_of_nothing_or_less_is_refused(long amountMinor)
    {
        var book = Fresh();
        Assert.Equal(LedgerRefusal.AmountMustBePositive, book.Try(Direct("d", Bank, Project, amountMinor)));
        Assert.Equal(LedgerRefusal.AmountMustBePositive, book.Try(Pending("p", Clearing, Wish, amountMinor)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_post_or_void_of_nothing_or_less_is_refused(long amountMinor)
    {
        var hold = Pending("hold", Clearing, Wish, 40);
        var book = With(hold);
        Assert.Equal(LedgerRefusal.AmountMustBePositive, book.Try(hold.Post(Id("post"), amountMinor)));
        Assert.Equal(
            LedgerRefusal.AmountMustBePositive, book.Try(hold.Void(Id("void")) with { AmountMinor = amountMinor }));
    }

    [Fact]
    public void The_smallest_amount_is_one() =>
        Assert.Equal(LedgerRefusal.None, Fresh().Try(Direct("t", Bank, Project, 1)));

    [Fact]
    public void Both_sides_must_differ()
    {
        var book = Fresh();
        Assert.Equal(LedgerRefusal.AccountsMustDiffer, book.Try(Direct("d", Bank, Bank, 1)));
        Assert.Equal(LedgerRefusal.AccountsMustDiffer, book.Try(Pending("p", Wish, Wish, 1)));
    }

    [Fact]
    public void A_limited_account_that_was_never_opened_is_not_found_on_either_side()
    {
        var book = Fresh();
        Assert.Equal(LedgerRefusal.AccountNotFound, book.Try(Direct("credit", Bank, Unopened, 1)));
        Assert.Equal(LedgerRefusal.AccountNotFound, book.Try(Direct("debit", Unopened, Bank, 1)));
        Assert.Equal(LedgerRefusal.AccountNotFound, book.Try(Pending("pending", Clearing, Unopened, 1)));
    }

    [Fact]
    public void Accounts_without_a_limit_are_open_by_nature()
    {
        LedgerAccount[] open = [Bank, Clearing, Shop, LedgerAccount.Suspense, LedgerAccount.Loss];
        Assert.All(open, account => Assert.True(new Book().BalanceOf(account).IsOpen));
        Assert.All([Wish, Project], account => Assert.False(new Book().BalanceOf(account).IsOpen));
    }

    [Fact]
    public void An_account_opens_only_once()
    {
        var book = Fresh();
        Assert.Equal(LedgerRefusal.AccountAlreadyOpen, book.Apply([new(Wish, 500)], []));
        Assert.Equal(100, book.BalanceOf(Wish).RoomMinor);
        Assert.Equal(LedgerRefusal.AccountAlreadyOpen, book.Apply([new(Unopened, 5), new(Unopened, 6)], []));
        Assert.False(book.BalanceOf(Unopened).IsOpen);
        Assert.Equal(LedgerRefusal.AccountAlreadyOpen, book.Apply([new(Bank, null)], []));
    }

    [Fact]
    public void An_account_may_be_used_in_the_command_that_opens_it()
    {
        var book = Fresh();
        Assert.Equal(LedgerRefusal.None, book.Apply([new(Unopened, 5)], [Pending("p", Clearing, Unopened, 5)]));
        Assert.Equal(0, book.BalanceOf(Unopened).RoomMinor);
    }

    [Fact]
    public void The_same_transfer_again_exists_and_changes_nothing()
    {
        var direct = Direct("d", Bank, Project, 40);
        var hold = Pending("p", Clearing, Wish, 40);
        var book = With(direct, hold, hold.Post(Id("post"), 30));
        Assert.Equal(LedgerRefusal.Exists, book.Try(direct));
        Assert.Equal(LedgerRefusal.Exists, book.Try(hold));
        Assert.Equal(LedgerRefusal.Exists, book.Try(hold.Post(Id("post"), 30)));
        Assert.Equal((0, 0, 0, 40), book.Figures(Project));
        Assert.Equal((0, 0, 0, 30), book.Figures(Wish));
    }

    public static TheoryData<string> DifferentContents => ["amount", "debit", "credit", "kind", "code", "resolves"];

    [Theory]
    [MemberData(nameof(DifferentContents))]
    public void The_same_id_with_another_content_is_told_apart(string what)
    {
        var first = Pending("t", Clearing, Wish, 40);
        var other = what switch
        {
            "amount" => first with { AmountMinor = 41 },
            "debit" => first with { Debit = Bank },
            "credit" => first with { Credit = Project },
            "kind" => first with { Kind = TransferKind.Direct },
            "code" => first with { Code = TransferCode.Match },
            _ => first with { Resolves = Id("another") },
        };
        var book = With(first);
        Assert.Equal(LedgerRefusal.ExistsWithDifferentContent, book.Try(other));
        Assert.Equal((0, 0, 40, 0), book.Figures(Wish));
    }

    [Fact]
    public void The_same_id_twice_in_one_command_is_refused_and_so_is_the_first_of_them()
    {
        var book = Fresh();
        var transfer = Direct("t", Bank, Project, 40);
        Assert.Equal(LedgerRefusal.Exists, book.Try(transfer, transfer));
        Assert.Equal(
            LedgerRefusal.ExistsWithDifferentContent, book.Try(transfer, transfer with { AmountMinor = 41 }));
        Assert.Equal((0, 0, 0, 0), book.Figures(Project));
        Assert.Equal(LedgerRefusal.None, book.Try(transfer));
    }

    [Fact]
    public void A_refused_transfer_leaves_its_id_free()
    {
        var book = Fresh();
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Direct("t", Project, Wish, 1)));
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("t", Bank, Project, 1)));
    }

    [Fact]
    public void A_refusal_in_a_command_leaves_no_trace_of_its_openings_and_other_transfers()
    {
        var book = With(Direct("before", Bank, Project, 40));
        Transfer[] command =
        [
            Direct("good", Project, Wish, 30), Direct("bad", Project, Wish, 30), Direct("fine", Bank, Project, 5),
        ];
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Apply([new(Unopened, 5)], command));
        Assert.Equal((0, 0, 0, 40), book.Figures(Project));
        Assert.Equal((0, 0, 0, 0), book.Figures(Wish));
        Assert.Equal((0, 40, 0, 0), book.Figures(Bank));
        Assert.False(book.BalanceOf(Unopened).IsOpen);
    }

    [Fact]
    public void A_refusal_between_two_acceptances_touches_neither()
    {
        var book = With(Direct("deposit", Bank, Project, 40));
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("first", Project, Wish, 30)));
        Assert.Equal(LedgerRefusal.ExceedsCredits, book.Try(Direct("second", Project, Wish, 11)));
        Assert.Equal(LedgerRefusal.None, book.Try(Direct("third", Project, Wish, 10)));
        Assert.Equal((0, 40, 0, 40), book.Figures(Project));
        Assert.Equal((0, 0, 0, 40), book.Figures(Wish));
    }

    [Fact]
    public void Transfers_of_a_command_see_each_other_in_order()
    {
        var hold = Pending("hold", Clearing, Wish, 40);
        var book = Fresh();
        Transfer[] inOrder = [hold, hold.Post(Id("post"), 40), Direct("spent", Wish, Shop, 40)];
        Assert.Equal(LedgerRefusal.PendingTransferNotFound, book.Try(inOrder[1], inOrder[0]));
        Assert.Equal(LedgerRefusal.None, book.Try(inOrder));
        Assert.Equal(0, book.BalanceOf(Wish).AvailableMinor);
    }

    [Fact]
    public void Nothing_at_all_is_accepted() => Assert.Equal(LedgerRefusal.None, Fresh().Try());

    [Theory]
    [InlineData(TransferKind.Direct)]
    [InlineData(TransferKind.Pending)]
    public void An_amount_that_would_overflow_either_side_is_refused(TransferKind kind)
    {
        var book = Fresh();
        var first = Direct("first", Bank, Clearing, long.MaxValue - 5);
        Assert.Equal(LedgerRefusal.None, book.Try(first));

        var onDebit = Direct("debit", Bank, Shop, 6) with { Kind = kind };
        var onCredit = Direct("credit", Shop, Clearing, 6) with { Kind = kind };
        Assert.Equal(LedgerRefusal.AmountOverflows, book.Try(onDebit));
        Assert.Equal(LedgerRefusal.AmountOverflows, book.Try(onCredit));
        Assert.Equal(LedgerRefusal.None, book.Try(onDebit with { AmountMinor = 5 }));
        Assert.Equal(LedgerRefusal.None, book.Try(onCredit with { AmountMinor = 5 }));
    }

    [Fact]
    public void A_reserved_amount_counts_towards_an_overflow()
    {
        var book = With(Pending("hold", Clearing, Shop, long.MaxValue));
        Assert.Equal(LedgerRefusal.AmountOverflows, book.Try(Direct("more", Clearing, Bank, 1)));
        Assert.Equal(
            LedgerRefusal.None,
            book.Try(Pending("hold", Clearing, Shop, long.MaxValue).Post(Id("post"), long.MaxValue)));
    }
}
