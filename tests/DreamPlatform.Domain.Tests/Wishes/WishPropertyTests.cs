using System.Collections.Concurrent;
using CsCheck;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>
/// Random commands, sensible and senseless, by random people to one wish and one project. The world they are sent to
/// also sees to it that a decision comes out the same twice and that a rule reads and moves only what it named.
/// </summary>
public sealed class WishPropertyTests
{
    private static readonly PledgeId[] Pledges =
        [.. Enumerable.Range(0, 12).Select(i => new PledgeId(Cast.Named($"pledge-{i}")))];

    private static readonly Actor[] People =
    [
        Cast.Applicant, Cast.Donor, Cast.Donor2, Cast.Reviewer, Cast.Reviewer2, Cast.Approver, Cast.Approver2,
        Cast.Finance, Cast.OtherFinance, Cast.Platform, Cast.ReviewerInEveryRole,
    ];

    /// <summary>What to try, with numbers to choose by: who, which, how much, and how much later.</summary>
    private sealed record Try(int What, int Who, int Which, long AmountMinor, int MinutesLater);

    private static readonly Gen<Try[]> Tries = Gen.Select(
            Gen.Int[0, 39], Gen.Int[0, People.Length - 1], Gen.Int[0, 59],
            Gen.Frequency((8, Gen.Long[1, 400]), (2, Gen.Const(1_000L)), (1, Gen.Long[-1, 0])),
            Gen.Frequency((9, Gen.Const(0)), (1, Gen.Const(31))))
        .Select((what, who, which, amount, later) => new Try(what, who, which, amount, later))
        .Array[20, 120];

    [Fact]
    public void Whatever_is_tried_no_wish_is_overfunded_and_no_money_is_lost()
    {
        var statuses = new ConcurrentDictionary<WishStatus, bool>();
        var outcomes = new ConcurrentDictionary<string, bool>();
        Tries.Sample(
            tries =>
            {
                var world = new World();
                foreach (var step in Story.Until(WishStatus.None)) world.Send(step.To, step.Command, step.By);
                foreach (var one in tries)
                {
                    world.Now += TimeSpan.FromMinutes(one.MinutesLater);
                    var (command, by) = Choose(one, world);
                    var answer = world.Send(Story.Wish.Stream, command, by);

                    // A rule never proposes what the ledger then refuses.
                    Assert.Equal(LedgerRefusal.None, answer.Ledger);
                    outcomes[answer.Name] = true;
                    statuses[world.StateOf<Wish>(Story.Wish.Stream).Status] = true;
                    Check(world);
                }
            },
            iter: 700,
            print: tries => string.Join('\n', tries.Select(one => one.ToString())));

        // The tries are no good when they do not come everywhere.
        Assert.Equal(Enum.GetValues<WishStatus>(), statuses.Keys.Order());
        string[] outstanding =
        [
            "pledge-paid.v1 wish-funded.v1", "grant-given.v1 wish-funded.v1", "payment-suspended.v1",
            "pledge-cancelled.v1", "pledge-lapsed.v1", "item-cancelled.v1 wish-cancelled.v1",
            "item-cancelled.v1 wish-delivered.v1", "item-confirmed.v1 wish-fulfilled.v1", "amount-exceeds-remaining",
        ];
        Assert.Empty(outstanding.Except(outcomes.Keys));
    }

    private static void Check(World world)
    {
        var wish = world.StateOf<Wish>(Story.Wish.Stream);
        var (account, project) = (world.BalanceOf(wish.Account), world.BalanceOf(LedgerAccount.Project(Story.Project)));

        Assert.True(account.CreditsPendingMinor + account.CreditsPostedMinor - account.ReturnedMinor <= wish.GoalMinor);
        Assert.True(account.DebitsPendingMinor + account.DebitsPostedMinor <= account.CreditsPostedMinor);
        Assert.True(project.DebitsPendingMinor + project.DebitsPostedMinor <= project.CreditsPostedMinor);

        // Funded, and only then, is a wish that has raised its goal.
        var isFunded = wish.Status is WishStatus.Funded or WishStatus.Fulfilling or WishStatus.Delivered
            or WishStatus.Fulfilled or WishStatus.Cancelled;
        Assert.Equal(isFunded, wish.GoalMinor > 0 && account.RaisedMinor == wish.GoalMinor);
        if (wish.GoalMinor > 0) Assert.Equal(wish.GoalMinor, wish.Items.Sum(item => item.AmountMinor));

        // What is ordered is held, what is delivered is paid, and what is left of a settled item is the project's.
        Assert.Equal(Sum(ItemStatus.Ordered, item => item.OrderedMinor), account.DebitsPendingMinor);
        if (isFunded)
            Assert.Equal(
                wish.Items.Where(item => !item.IsOpen).Sum(item => item.AmountMinor), account.DebitsPostedMinor);
        var shop = world.BalanceOf(LedgerAccount.Payee(Story.Shop));
        Assert.Equal(wish.Items.Sum(item => item.ActualMinor), shop.CreditsPostedMinor);

        // Every pledge of the wish is in its account exactly as long as it stands.
        var pledges = Pledges.Select(id => world.StateOf<Pledge>(id.Stream)).ToArray();
        Assert.Equal(
            pledges.Where(pledge => pledge.Status == PledgeStatus.Reserved).Sum(pledge => pledge.AmountMinor),
            account.CreditsPendingMinor);
        var paid = pledges.Where(pledge => pledge.Status == PledgeStatus.Paid).Sum(pledge => pledge.AmountMinor);
        Assert.Equal(paid + project.DebitsPostedMinor, account.CreditsPostedMinor);

        long Sum(ItemStatus status, Func<WishItem, long> figure) =>
            wish.Items.Where(item => item.Status == status).Sum(figure);
    }

    private static (Command Command, Actor By) Choose(Try one, World world)
    {
        var wish = world.StateOf<Wish>(Story.Wish.Stream);
        var item = wish.Items.IsEmpty ? Story.Stove : wish.Items[one.Which % wish.Items.Length];
        var pledge = Pledges[one.Which % 4];
        var by = People[one.Who];
        return one.What switch
        {
            // Every other time the next step on the straight way, whatever it is.
            < 20 => Next(one, world, wish, item),
            20 => (Story.Withdraw.Command, one.Which == 0 ? Cast.Applicant : by),
            21 => (Story.Reject.Command, one.Which == 0 ? Cast.Reviewer : by),
            22 => (Story.Release.Command, Cast.Reviewer),
            23 => (Story.Claim.Command, by),
            24 => (Recommend(one, wish), by),
            25 => (new ApproveWish(one.AmountMinor), by),
            26 => (Story.AcceptOffer.Command, by),
            27 => (Story.Place(pledge, one.AmountMinor), by),
            28 or 29 => (Story.Pay(pledge, one.AmountMinor), one.Which == 0 ? by : Cast.Platform),
            30 => (new CancelPledge(pledge), one.Which < 50 ? Cast.Donor : by),
            31 => (new LapsePledge(pledge), Cast.Platform),
            32 => (new GrantToWish(Cast.Named($"grant-{one.Which}"), Story.Project, one.AmountMinor), by),
            33 => (Story.Order(item, one.AmountMinor).Command, by),
            34 => (Story.Deliver(item, one.AmountMinor).Command, by),
            35 or 36 => (Story.Cancel(item).Command, by),
            37 => (Story.Confirm(item).Command, by),
            38 => (Story.Submit.Command, by),
            _ => (Story.Draft.Command, by),
        };
    }

    private static (Command Command, Actor By) Next(Try one, World world, Wish wish, WishItem item) =>
        wish.Status switch
        {
            WishStatus.None => (Story.Draft.Command, Cast.Applicant),
            WishStatus.Draft when wish.DraftVersion == 0 => (Story.Edit.Command, Cast.Applicant),
            WishStatus.Draft => (Story.Submit.Command, Cast.Applicant),
            WishStatus.Submitted => (Story.Claim.Command, Cast.Reviewer),
            WishStatus.InReview when wish.RecommendedMinor is null => (Recommend(one, wish), Cast.Reviewer),
            WishStatus.InReview => (
                new ApproveWish(wish.RecommendedMinor!.Value), one.Which % 2 == 0 ? Cast.Approver : Cast.Approver2),
            WishStatus.Approved => (Story.AcceptOffer.Command, Cast.Applicant),
            WishStatus.Funding => Fund(one, world, wish),
            _ => item.Status switch
            {
                ItemStatus.Planned when one.Who < 4 => (Story.Cancel(item).Command, Cast.Finance),
                ItemStatus.Planned => (
                    Story.Order(item, Math.Min(one.AmountMinor, item.AmountMinor)).Command, Cast.Finance),
                ItemStatus.Ordered => (
                    Story.Deliver(item, Math.Min(one.AmountMinor, item.OrderedMinor)).Command, Cast.Finance),
                _ => (Story.Confirm(item).Command, Cast.Applicant),
            },
        };

    /// <summary>A new pledge, the payment of one that waits, or a grant; sometimes for all that remains.</summary>
    private static (Command Command, Actor By) Fund(Try one, World world, Wish wish)
    {
        var states = Pledges.Select(id => world.StateOf<Pledge>(id.Stream)).ToArray();
        var waiting = states.Where(pledge => pledge.Status == PledgeStatus.Reserved).ToArray();
        var unused = Array.Find(states, pledge => pledge.Status == 0)?.Id ?? Pledges[0];
        var amount = one.Who % 5 == 0 ? Math.Max(1, world.BalanceOf(wish.Account).RoomMinor) : one.AmountMinor;
        return (one.Which % 3) switch
        {
            0 => (Story.Place(unused, amount), Cast.Donor),
            1 when waiting.Length > 0 => (Story.Pay(waiting[0].Id, waiting[0].AmountMinor), Cast.Platform),
            _ => (new GrantToWish(Cast.Named($"grant-{one.Which}"), wish.Project, amount), Cast.Approver),
        };
    }

    /// <summary>Sometimes below and sometimes above the threshold for a second approver.</summary>
    private static RecommendWish Recommend(Try one, Wish wish)
    {
        var total = one.Which % 3 == 0 ? 1_200 : 900 + one.AmountMinor;
        var scaled = Money.Rescale([.. wish.Items.Select(item => item.AmountMinor).DefaultIfEmpty(1)], total);
        return new(total, [.. wish.Items.Zip(scaled, (item, amount) => new ItemAmount(item.Id, amount))], true, 2);
    }
}
