using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Shared;

/// <summary>Who is told of what.</summary>
public sealed class TellingTests
{
    [Fact]
    public void The_applicant_is_told_of_every_step_that_matters_to_them() =>
        Scenario.Given(Story.Until(WishStatus.Draft))
            .When(Story.Submit).Telling(Applicant(Topic.WishSubmitted))
            .When(Story.Claim).Telling()
            .When(Story.Recommend).Telling()
            .When(Story.Approve).Telling(Applicant(Topic.WishApproved))
            .When(Story.AcceptOffer).Telling(Applicant(Topic.WishPublished))
            .And(Story.PlacePledge, Story.PayPledge)
            .When(Story.GrantTheRest).Telling(Applicant(Topic.WishFunded))
            .When(Story.OrderStove).Telling()
            .When(Story.DeliverStove).Telling(Applicant(Topic.ItemDelivered));

    [Fact]
    public void The_applicant_is_told_once_that_all_is_delivered_and_once_that_it_is_confirmed() =>
        Scenario.Given([.. Story.Until(WishStatus.Fulfilling), Story.DeliverBed, Story.OrderBlanket])
            .When(Story.DeliverBlanket).Telling(Applicant(Topic.ItemDelivered))
            .And(Story.Confirm(Story.Stove), Story.Confirm(Story.Bed))
            .When(Story.Confirm(Story.Blanket)).Telling(Applicant(Topic.WishFulfilled));

    [Fact]
    public void The_applicant_is_told_when_a_wish_is_rejected_or_comes_to_nothing()
    {
        Scenario.Given(Story.Until(WishStatus.InReview)).When(Story.Reject).Telling(Applicant(Topic.WishRejected));
        Scenario.Given([.. Story.Until(WishStatus.Funded), Story.Cancel(Story.Stove), Story.Cancel(Story.Bed)])
            .When(Story.Cancel(Story.Blanket)).Telling(Applicant(Topic.WishCancelled));
    }

    [Fact]
    public void A_donor_is_told_of_what_became_of_a_pledge_but_not_that_it_was_placed()
    {
        Scenario.Given(Story.Collecting)
            .When(Story.PlacePledge).Telling()
            .When(Story.PayPledge).Telling(Donor(Topic.PledgePaid));
        Scenario.Given([.. Story.Collecting, Story.PlacePledge]).After(Story.PayWithin)
            .When(Story.LapsePledge).Telling(Donor(Topic.PledgeLapsed));
        Scenario.Given([.. Story.Collecting, Story.PlacePledge]).When(Story.CancelPledge).Telling();
    }

    [Fact]
    public void A_message_is_named_by_the_event_it_tells_of_its_reader_and_its_topic()
    {
        var (wish, now) = (Story.Wish.Stream, Story.Start);
        var message = Applicant(Topic.WishFunded).Of(wish, 7, now);

        Assert.Equal(message, Applicant(Topic.WishFunded).Of(wish, 7, now));
        Assert.Equal((DueKind.Message, now, wish, 7L), (message.Kind, message.At, message.Owner, message.Version));
        Assert.Distinct(
        [
            message.Subject, Applicant(Topic.WishFunded).Of(wish, 8, now).Subject,
            Applicant(Topic.WishPublished).Of(wish, 7, now).Subject, Donor(Topic.WishFunded).Of(wish, 7, now).Subject,
            Applicant(Topic.WishFunded).Of(Story.Pledge.Stream, 7, now).Subject,
        ]);
    }

    private static Telling Applicant(Topic topic) => new(Cast.Applicant.Id, topic);

    private static Telling Donor(Topic topic) => new(Cast.Donor.Id, topic);
}
