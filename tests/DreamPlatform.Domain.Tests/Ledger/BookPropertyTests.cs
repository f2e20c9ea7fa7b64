using System.Collections.Concurrent;
using CsCheck;
using DreamPlatform.Domain.Ledger;
using static DreamPlatform.Domain.Tests.Ledger.Ledgers;

namespace DreamPlatform.Domain.Tests.Ledger;

/// <summary>Random commands against the book and against a slow judge that adds everything up anew each time.</summary>
public sealed class BookPropertyTests
{
    private static readonly LedgerAccount[] Accounts = [Wish, Project, Clearing, Shop, Unopened];

    private static readonly TransferCode[] Codes = [TransferCode.Pledge, TransferCode.Grant, TransferCode.Refund];

    private static readonly Gen<LedgerAccount> Debited = Gen.Frequency(
        (9, Gen.Const(Clearing)), (3, Gen.Const(Wish)), (3, Gen.Const(Project)), (1, OneOf(Accounts)));

    private static readonly Gen<LedgerAccount> Credited = Gen.Frequency(
        (6, Gen.Const(Wish)), (3, Gen.Const(Project)), (3, Gen.Const(Shop)), (1, OneOf(Accounts)));

    private static readonly Gen<Transfer> Unresolving =
        from id in Gen.Int[0, 400]
        from kind in OneOf(TransferKind.Direct, TransferKind.Pending)
        from code in OneOf(Codes)
        from debit in Debited
        from credit in Credited
        from amount in Gen.Frequency((30, Gen.Long[1, 40]), (1, Gen.Long[-1, 0]), (1, Gen.Const(long.MaxValue - 20)))
        select new Transfer(Id($"{id}"), kind, code, debit, credit, amount);

    /// <summary>A post or void; its accounts and amount are those of the hold it names, save for small lies.</summary>
    private static readonly Gen<(int Id, int Hold, bool Posts, long Less, Lie Lie)> Resolution =
        Gen.Select(
            Gen.Int[0, 400], Gen.Int[0, 400], Gen.Bool,
            Gen.Frequency((3, Gen.Const(0L)), (1, Gen.Long[-2, 20])),
            Gen.Frequency((8, Gen.Const(Lie.None)), (1, Gen.Const(Lie.Swapped)), (1, Gen.Const(Lie.OtherCode))));

    private static readonly Gen<Proposal> OneTransfer = Gen.Frequency(
        (6, Unresolving.Select(transfer => new Proposal(transfer, default, null))),
        (5, Resolution.Select(resolution => new Proposal(null, resolution, null))),
        (1, Gen.Int[0, 400].Select(id => new Proposal(null, default, id))));

    private static readonly Gen<Proposal[][]> Commands = OneTransfer.Array[1, 2].Array[1, 40];

    [Fact]
    public void After_any_commands_the_book_is_what_its_accepted_transfers_add_up_to()
    {
        var seen = new ConcurrentDictionary<LedgerRefusal, byte>();
        Commands.Sample(
            commands =>
            {
                var (book, judge) = (Fresh(), new SlowJudge());
                foreach (var command in commands)
                {
                    var transfers = command.Select(judge.Concrete).ToArray();
                    var refusal = book.Try(transfers);
                    seen[refusal] = 1;
                    Assert.Equal(judge.TryAll(transfers), refusal == LedgerRefusal.None);
                    judge.Check(book);
                }
            },
            iter: 1_500);

        // The commands are no good when they do not come upon every refusal; these two they cannot come upon.
        var expected = Enum.GetValues<LedgerRefusal>()
            .Except([LedgerRefusal.AccountAlreadyOpen, LedgerRefusal.PendingTransferRequired]);
        Assert.Equal(expected.Order(), seen.Keys.Order());
    }

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    /// <summary>A new transfer, or a post or void of one, or one of those accepted before once more.</summary>
    private sealed record Proposal(
        Transfer? Fresh, (int Id, int Hold, bool Posts, long Less, Lie Lie) Resolution, int? Repeated);

    private enum Lie
    {
        None,
        Swapped,
        OtherCode,
    }

    /// <summary>Knows only the list of what was accepted.</summary>
    private sealed class SlowJudge
    {
        private List<Transfer> accepted = [];

        public Transfer Concrete(Proposal proposal)
        {
            if (proposal.Fresh is { } fresh) return fresh;
            if (proposal.Repeated is { } name) return Find(name);
            var (id, holdId, posts, less, lie) = proposal.Resolution;
            var hold = Find(holdId);
            if (lie == Lie.Swapped) hold = hold with { Debit = hold.Credit, Credit = hold.Debit };
            if (lie == Lie.OtherCode) hold = hold with { Code = TransferCode.Move };
            return posts
                ? hold.Post(Id($"{id}"), hold.AmountMinor - less)
                : hold.Void(Id($"{id}")) with { AmountMinor = hold.AmountMinor - Math.Min(less, 1) };
        }

        public bool TryAll(Transfer[] transfers)
        {
            var before = accepted;
            accepted = [.. accepted];
            foreach (var transfer in transfers)
            {
                if (!IsSound(transfer))
                {
                    accepted = before;
                    return false;
                }

                accepted.Add(transfer);
                if (Accounts.All(IsWithinLimits)) continue;
                accepted = before;
                return false;
            }

            return true;
        }

        public void Check(Book book)
        {
            Assert.All(Accounts, account => Assert.Equal(Figures(account), Widen(book.Figures(account))));
            Assert.Equal(Total(f => f.DebitsPending), Total(f => f.CreditsPending));
            Assert.Equal(Total(f => f.DebitsPosted), Total(f => f.CreditsPosted));
            Assert.All(Accounts, account => Assert.True(IsWithinLimits(account)));
            var resolved = accepted.Select(t => t.Resolves).Where(id => id is not null).ToArray();
            Assert.Equal(resolved.Distinct(), resolved);

            Int128 Total(Func<Sums, Int128> figure) =>
                Accounts.Aggregate((Int128)0, (sum, account) => sum + figure(Widen(book.Figures(account))));
        }

        /// <summary>One of the accepted transfers, most often a pending one; or one that nobody knows.</summary>
        private Transfer Find(int number)
        {
            var candidates = number % 5 == 0 ? accepted : accepted.FindAll(t => t.Kind == TransferKind.Pending);
            return number % 20 == 19 || candidates.Count == 0
                ? Pending($"{number}", Clearing, Wish, 5)
                : candidates[number % candidates.Count];
        }

        private bool IsSound(Transfer t)
        {
            if (accepted.Exists(other => other.Id == t.Id)) return false;
            if (t.AmountMinor < 1 || t.Debit == t.Credit || t.Debit == Unopened || t.Credit == Unopened) return false;
            if (t.Kind is TransferKind.Direct or TransferKind.Pending) return true;
            return !accepted.Exists(other => other.Resolves == t.Resolves)
                && accepted.Find(other => other.Id == t.Resolves) is { Kind: TransferKind.Pending } hold
                && (hold.Debit, hold.Credit, hold.Code) == (t.Debit, t.Credit, t.Code)
                && (t.AmountMinor == hold.AmountMinor
                    || (t.Kind == TransferKind.Post && t.AmountMinor < hold.AmountMinor));
        }

        private bool IsWithinLimits(LedgerAccount account)
        {
            var sums = Figures(account);
            if (sums.DebitsPending + sums.DebitsPosted > long.MaxValue) return false;
            if (sums.CreditsPending + sums.CreditsPosted > long.MaxValue) return false;
            var returned = Sum(t => t.Debit == account && IsPosted(t) && t.Code == TransferCode.Refund);
            if (account == Wish && sums.CreditsPending + sums.CreditsPosted - returned > 100) return false;
            return (account != Wish && account != Project)
                || sums.DebitsPending + sums.DebitsPosted <= sums.CreditsPosted;
        }

        private Sums Figures(LedgerAccount account) => new(
            Sum(t => t.Debit == account && IsWaiting(t)),
            Sum(t => t.Debit == account && IsPosted(t)),
            Sum(t => t.Credit == account && IsWaiting(t)),
            Sum(t => t.Credit == account && IsPosted(t)));

        private bool IsWaiting(Transfer t) =>
            t.Kind == TransferKind.Pending && !accepted.Exists(other => other.Resolves == t.Id);

        private static bool IsPosted(Transfer t) => t.Kind is TransferKind.Direct or TransferKind.Post;

        private Int128 Sum(Func<Transfer, bool> which) =>
            accepted.Where(which).Aggregate((Int128)0, (sum, t) => sum + t.AmountMinor);

        private static Sums Widen((long, long, long, long) f) => new(f.Item1, f.Item2, f.Item3, f.Item4);
    }

    private sealed record Sums(Int128 DebitsPending, Int128 DebitsPosted, Int128 CreditsPending, Int128 CreditsPosted);
}
