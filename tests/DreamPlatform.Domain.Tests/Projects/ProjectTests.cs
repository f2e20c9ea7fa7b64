using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Projects;

public sealed class ProjectTests
{
    [Fact]
    public void A_project_is_created_with_its_texts_and_an_account()
    {
        var scenario = Scenario.Given()
            .When(Story.Create)
            .Then(new ProjectCreated(Cast.Foundation, Story.Rules, Derived.HashOf(Story.ProjectTexts)))
            .Moving()
            .Publishing(Story.ProjectTexts);
        Assert.True(scenario.BalanceOf(Domain.Ledger.LedgerAccount.Project(Story.Project)).IsOpen);
    }

    [Fact]
    public void Changed_rules_hold_for_the_wishes_that_come() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(new ChangeProject(Story.Rules with { PerWishCapMinor = 999 }, []), Cast.Admin)
            .Then("project-changed.v1")
            .When(Story.Submit)
            .Then(new AmountExceedsCap(999));

    [Fact]
    public void A_deposit_posts_from_the_bank() =>
        Scenario.Given(Story.Create)
            .When(Story.Deposit)
            .Then(new DepositReceived(Story.Project, Cast.Finance.Id, 10_000, 1))
            .Moving("Direct Deposit 10000 bank > project")
            .Balances("bank D 10000 C 0", "project D 0 C 10000");

    [Theory]
    [InlineData(0, "amount-out-of-range")]
    [InlineData(-1, "amount-out-of-range")]
    [InlineData(Money.MaxAmountMinor + 1, "amount-out-of-range")]
    [InlineData(Money.MaxAmountMinor, "accepted")]
    [InlineData(1, "accepted")]
    public void A_deposit_is_an_amount(long amountMinor, string outcome) =>
        Scenario.Given(Story.Create)
            .When(new DepositToProject(Cast.Named("deposit"), amountMinor, 1), Cast.Finance)
            .ThenBriefly(outcome);

    [Theory]
    [InlineData(0, "amount-out-of-range")]
    [InlineData(-1, "amount-out-of-range")]
    [InlineData(Money.MaxAmountMinor + 1, "amount-out-of-range")]
    [InlineData(601, "amount-exceeds-remaining")]
    [InlineData(600, "accepted")]
    [InlineData(1, "accepted")]
    public void A_grant_is_no_more_than_the_wish_still_needs(long amountMinor, string outcome) =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(new GrantToWish(Story.GrantId, Story.Project, amountMinor), Cast.Approver)
            .ThenBriefly(outcome);

    [Theory]
    [InlineData(50, "accepted")]
    [InlineData(51, "grant-exceeds-project-balance")]
    public void A_grant_is_no_more_than_the_project_has(long amountMinor, string outcome)
    {
        var smallDeposit = Story.Deposit with { Command = new DepositToProject(Cast.Named("deposit"), 50, 1) };
        var steps = Story.Until(WishStatus.Funding).Select(step => step == Story.Deposit ? smallDeposit : step);
        Scenario.Given([.. steps, Story.PlaceInPool])
            .When(new GrantToWish(Story.GrantId, Story.Project, amountMinor), Cast.Approver)
            .ThenBriefly(outcome);
    }

    [Fact]
    public void A_project_grants_only_to_its_own_wishes() =>
        Scenario.Given(Story.Until(WishStatus.Funding))
            .When(new GrantToWish(Story.GrantId, new ProjectId(Cast.Named("other-project")), 50), Cast.Approver)
            .Then(new WishOfAnotherProject());

    [Fact]
    public void A_pool_takes_pledges_of_any_size_an_amount_may_have() =>
        Scenario.Given(Story.Create, Story.Open)
            .When(Story.Place(Story.PoolPledge, Money.MaxAmountMinor), Cast.Donor, Story.Project.Stream)
            .ThenBriefly("accepted")
            .When(Story.Place(Story.Pledge2, Money.MaxAmountMinor + 1), Cast.Donor, Story.Project.Stream)
            .Then(new AmountOutOfRange(Money.MaxAmountMinor));

    [Fact]
    public void A_pledge_to_the_pool_is_paid_even_after_the_project_closed() =>
        Scenario.Given([.. Story.Until(ProjectStatus.Closed)])
            .When(Story.Pay(Story.PoolPledge, 70), Cast.Platform, Story.Project.Stream)
            .Then(new PledgePaid($"payment-{Story.PoolPledge}"))
            .Moving("Post Pledge 70 clearing > project");

    [Theory]
    [InlineData(ProjectStatus.Draft, false)]
    [InlineData(ProjectStatus.Open, true)]
    [InlineData(ProjectStatus.Closed, true)]
    public void A_draft_is_seen_by_its_foundation_only(ProjectStatus status, bool isPublic)
    {
        var project = Scenario.Given(Story.Until(status)).StateOf<Project>(Story.Project.Stream);
        Assert.True(project.MayBeSeenBy(Cast.Admin));
        Assert.True(project.MayBeSeenBy(Cast.Finance));
        Assert.Equal(isPublic, project.MayBeSeenBy(Cast.OtherAdmin));
        Assert.Equal(isPublic, project.MayBeSeenBy(Cast.Donor));
        Assert.Equal(isPublic, project.MayBeSeenBy(null));
    }

    public static TheoryData<string, string> Contradictions => new()
    {
        { "ends before it starts", "endsOn" },
        { "no cap", "perWishCapMinor" },
        { "cap too high", "perWishCapMinor" },
        { "threshold below nothing", "approvalThresholdMinor" },
        { "threshold too high", "approvalThresholdMinor" },
        { "matches nothing", "matchRule.percent" },
        { "matches more than tenfold", "matchRule.percent" },
        { "match cap per pledge", "matchRule.perPledgeCapMinor" },
        { "match cap per wish", "matchRule.perWishCapMinor" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Rules_that_contradict_themselves_are_refused(string contradiction, string field)
    {
        var rules = contradiction switch
        {
            "ends before it starts" => Story.Rules with { EndsOn = Story.Rules.StartsOn.AddDays(-1) },
            "no cap" => Story.Rules with { PerWishCapMinor = 0 },
            "cap too high" => Story.Rules with { PerWishCapMinor = Money.MaxAmountMinor + 1 },
            "threshold below nothing" => Story.Rules with { ApprovalThresholdMinor = -1 },
            "threshold too high" => Story.Rules with { ApprovalThresholdMinor = Money.MaxAmountMinor + 1 },
            "matches nothing" => Story.Rules with { Match = new MatchRule(0, 1, 1) },
            "matches more than tenfold" => Story.Rules with { Match = new MatchRule(1_001, 1, 1) },
            "match cap per pledge" => Story.Rules with { Match = new MatchRule(100, 0, 1) },
            _ => Story.Rules with { Match = new MatchRule(100, 1, 0) },
        };
        Scenario.Given()
            .When(new CreateProject(Cast.Foundation, rules, []), Cast.Admin)
            .Then(new ProjectRulesInvalid(field))
            .And(Story.Create)
            .When(new ChangeProject(rules, []), Cast.Admin)
            .Then(new ProjectRulesInvalid(field));
    }

    [Fact]
    public void The_widest_rules_and_those_of_a_single_day_are_accepted()
    {
        var widest = Story.Rules with
        {
            PerWishCapMinor = Money.MaxAmountMinor,
            ApprovalThresholdMinor = Money.MaxAmountMinor,
            Match = new MatchRule(1_000, Money.MaxAmountMinor, Money.MaxAmountMinor),
        };
        var narrowest = Story.Rules with
        {
            EndsOn = Story.Rules.StartsOn,
            PerWishCapMinor = 1,
            ApprovalThresholdMinor = 0,
            Match = new MatchRule(1, 1, 1),
        };
        Scenario.Given(Story.Create)
            .When(new ChangeProject(widest, []), Cast.Admin).ThenBriefly("accepted")
            .When(new ChangeProject(narrowest, []), Cast.Admin).ThenBriefly("accepted");
    }
}
