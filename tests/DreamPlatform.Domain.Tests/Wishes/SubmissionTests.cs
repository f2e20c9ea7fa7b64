using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>What may be drafted and submitted.</summary>
public sealed class SubmissionTests
{
    [Fact]
    public void A_wish_of_a_project_that_does_not_exist_is_not_drafted() =>
        Scenario.Given().When(Story.Draft).Then(new ProjectNotOpen());

    [Fact]
    public void A_wish_of_a_closed_project_is_not_drafted() =>
        Scenario.Given(Story.Create, Story.Open, Story.Close).When(Story.Draft).Then(new ProjectNotOpen());

    [Fact]
    public void A_draft_can_move_to_another_project_and_its_foundation()
    {
        var other = new ProjectId(Cast.Named("other-project"));
        var create = new CreateProject(Cast.OtherFoundation, Story.Rules, []);
        var scenario = Scenario.Given(Story.Until(WishStatus.Draft))
            .And(new Step(create, Cast.OtherAdmin, other.Stream))
            .And(new Step(new OpenProject(), Cast.OtherAdmin, other.Stream))
            .When(new EditDraft(other, 2), Cast.Applicant)
            .Then(new WishDraftEdited(other, Cast.OtherFoundation, 2))
            .When(Story.Submit with { Command = SubmitOf(2, Story.Items) })
            .ThenBriefly("accepted")
            .When(Story.Claim)
            .Then(new NotFound())
            .When(new ClaimWish(), Cast.OtherReviewer)
            .ThenBriefly("accepted");
        Assert.Equal(other, scenario.StateOf<Wish>(Story.Wish.Stream).Project);
    }

    [Fact]
    public void An_incomplete_wish_is_not_submitted() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(new SubmitWish(1, ["title", "items"], "home", "CN-44", []), Cast.Applicant)
            .Then(new WishIncomplete(["title", "items"]));

    [Fact]
    public void A_wish_that_changed_meanwhile_is_not_submitted() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .And(Story.EditAgain)
            .When(Story.Submit)
            .Then("wish-incomplete");

    [Theory]
    [InlineData(1, "draft-superseded")]
    [InlineData(2, "draft-superseded")]
    [InlineData(3, "accepted")]
    public void An_older_version_of_a_draft_never_replaces_a_newer_one(int version, string outcome) =>
        Scenario.Given([.. Story.Until(WishStatus.Draft), Story.EditAgain])
            .When(new EditDraft(Story.Project, version), Cast.Applicant)
            .ThenBriefly(outcome);

    [Fact]
    public void A_category_or_region_that_the_project_does_not_support_is_refused() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(new SubmitWish(1, [], "school", "CN-44", Story.Items), Cast.Applicant)
            .Then(new CategoryNotEligible(Story.Rules.Categories))
            .When(new SubmitWish(1, [], "home", "CN-11", Story.Items), Cast.Applicant)
            .Then(new RegionNotEligible(Story.Rules.Regions));

    [Fact]
    public void A_project_without_categories_and_regions_supports_all()
    {
        var rules = Story.Rules with { Categories = [], Regions = [] };
        Scenario.Given(Story.Create with { Command = new CreateProject(Cast.Foundation, rules, []) })
            .And(Story.Open, Story.Draft, Story.Edit)
            .When(new SubmitWish(1, [], "anything", "anywhere", Story.Items), Cast.Applicant)
            .ThenBriefly("accepted");
    }

    [Theory]
    [InlineData(5_000, "accepted")]
    [InlineData(5_001, "amount-exceeds-cap")]
    public void A_wish_asks_for_no_more_than_the_projects_cap(long askedMinor, string outcome)
    {
        WishItem[] items = [Story.Stove with { AmountMinor = askedMinor - 1 }, Story.Bed with { AmountMinor = 1 }];
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(SubmitOf(1, items), Cast.Applicant)
            .ThenBriefly(outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Money.MaxAmountMinor + 1)]
    [InlineData(long.MaxValue)]
    public void Every_item_asks_for_an_amount(long amountMinor) =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(SubmitOf(1, Story.Stove, Story.Bed with { AmountMinor = amountMinor }), Cast.Applicant)
            .Then(new AmountOutOfRange(Money.MaxAmountMinor));

    [Fact]
    public void A_wish_has_one_item_or_more_up_to_the_most_and_each_once()
    {
        WishItem[] most =
            [.. Enumerable.Range(0, Wish.MaxItems).Select(i => new WishItem(new(Cast.Named($"{i}")), 1, 1))];
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(SubmitOf(1), Cast.Applicant).Then(new WishIncomplete(["items"]))
            .When(SubmitOf(1, Story.Stove, Story.Bed, Story.Stove), Cast.Applicant).Then(new WishIncomplete(["items"]))
            .When(SubmitOf(1, [.. most, Story.Stove]), Cast.Applicant).Then(new WishIncomplete(["items"]))
            .When(SubmitOf(1, most), Cast.Applicant).ThenBriefly("accepted");
    }

    private static SubmitWish SubmitOf(int version, params WishItem[] items) =>
        new(version, [], "home", "CN-44", items);
}
