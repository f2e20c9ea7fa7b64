using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>
/// Every command that a wish takes in every status that a wish can have, sent by who is entitled to it. Pledges and
/// items are as the story has them by then: the pledge is placed and unpaid while the wish collects and paid
/// afterwards; while the wish is fulfilled, the stove is delivered, the bed ordered and the blanket planned.
/// </summary>
public sealed class WishCommandsByStatusTests
{
    private static readonly Dictionary<string, WishStatus> Statuses = new()
    {
        ["Non"] = WishStatus.None,
        ["Dra"] = WishStatus.Draft,
        ["Sub"] = WishStatus.Submitted,
        ["Rev"] = WishStatus.InReview,
        ["App"] = WishStatus.Approved,
        ["Fng"] = WishStatus.Funding,
        ["Fnd"] = WishStatus.Funded,
        ["Flg"] = WishStatus.Fulfilling,
        ["Del"] = WishStatus.Delivered,
        ["Fld"] = WishStatus.Fulfilled,
        ["Rej"] = WishStatus.Rejected,
        ["Wdn"] = WishStatus.Withdrawn,
        ["Can"] = WishStatus.Cancelled,
    };

    private static readonly Grid Table = new("""
                        Non | Dra Sub Rev App | Fng Fnd Flg Del Fld | Rej Wdn Can
        draft-wish       +  |  -   -   -   -  |  -   -   -   -   -  |  -   -   -   + wish-drafted.v1 - id-taken
        edit-draft       0  |  +   -   -   -  |  -   -   -   -   -  |  -   -   -
                          + wish-draft-edited.v1 - wish-not-draft
        submit-wish      0  |  +   -   -   -  |  -   -   -   -   -  |  -   -   -
                          + wish-submitted.v1 - wish-not-draft
        withdraw-wish    0  |  +   +   +   +  |  -   -   -   -   -  |  -   -   -
                          + wish-withdrawn.v1 - wish-not-withdrawable
        claim-wish       0  |  0   +   c   -  |  -   -   -   -   -  |  -   -   -
                          + wish-claimed.v1 - wish-not-submitted c case-claimed-by-another
        release-wish     0  |  0   -   +   -  |  -   -   -   -   -  |  -   -   -
                          + wish-released.v1 - wish-not-in-review
        recommend-wish   0  |  0   -   +   -  |  -   -   -   -   -  |  -   -   -
                          + wish-recommended.v1 - wish-not-in-review
        reject-wish      0  |  0   -   +   -  |  -   -   -   -   -  |  -   -   -
                          + wish-rejected.v1 - wish-not-in-review
        approve-wish     0  |  0   -   +   -  |  -   -   -   -   -  |  -   -   -
                          + wish-approval-given.v1&wish-approved.v1 - wish-not-in-review
        accept-wish      0  |  -   -   -   +  |  -   -   -   -   -  |  -   -   -
                          + wish-accepted.v1 - wish-not-approved
        revoke-consent   0  |  -   -   -   -  |  +   +   +   +   +  |  -   -   +
                          + wish-consent-revoked.v1 - wish-not-published
        erase-applicant  0  |  w   w   w   w  |  +   +   +   +   +  |  +   +   +
                          + wish-applicant-erased.v1 w wish-withdrawn.v1&wish-applicant-erased.v1
        place-pledge     0  |  0   0   0   0  |  +   -   -   -   -  |  0   0   -
                          + pledge-placed.v1 - wish-not-open-for-pledges
        record-payment   0  |  0   0   0   0  |  +   s   s   s   s  |  0   0   s
                          + pledge-paid.v1 s payment-suspended.v1
        cancel-pledge    0  |  0   0   0   0  |  +   -   -   -   -  |  0   0   -
                          + pledge-cancelled.v1 - pledge-not-reserved
        withdraw-message 0  |  0   0   0   0  |  +   +   +   +   +  |  0   0   +
                          + pledge-message-withdrawn.v1
        lapse-pledge     0  |  0   0   0   0  |  +   -   -   -   -  |  0   0   -
                          + pledge-lapsed.v1 - pledge-not-reserved
        grant-to-wish    0  |  0   -   -   -  |  +   -   -   -   -  |  -   -   -
                          + grant-given.v1 - wish-not-open-for-pledges
        order-item       0  |  0   -   -   -  |  -   +   +   -   -  |  -   -   -
                          + item-ordered.v1 - wish-not-in-fulfilment
        deliver-item     0  |  0   -   -   -  |  -   i   +   -   -  |  -   -   -
                          + item-delivered.v1 - wish-not-in-fulfilment i item-not-ordered
        confirm-receipt  0  |  0   -   -   -  |  -   -   +   +   -  |  -   -   -
                          + item-confirmed.v1 - wish-not-in-fulfilment
        cancel-item      0  |  0   -   -   -  |  -   +   +   -   -  |  -   -   -
                          + item-cancelled.v1 - wish-not-in-fulfilment
        """);

    private static readonly Dictionary<string, Step> Commands = new[]
    {
        Story.Draft, Story.EditAgain, Story.Submit, Story.Withdraw, Story.Claim, Story.Release, Story.Recommend,
        Story.Reject, Story.Approve, Story.AcceptOffer,
        Story.PlacePledge with { Command = Story.Place(Story.Pledge2, 50) },
        Story.RevokeConsent, Story.EraseApplicant,
        Story.PayPledge, Story.CancelPledge, Story.WithdrawMessage, Story.LapsePledge,
        Story.GrantTheRest with { Command = new GrantToWish(Cast.Named("another-grant"), Story.Project, 50) },
        Story.OrderBlanket, Story.DeliverBed, Story.Confirm(Story.Stove), Story.Cancel(Story.Blanket),
    }.ToDictionary(step => StoredNames.Of(step.Command));

    public static TheoryData<string, string, string> Cells => Table.Cells;

    public static TheoryData<WishStatus> EveryStatus => [.. Enum.GetValues<WishStatus>()];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_status_gives(string command, string status, string outcome) =>
        Scenario.Given(Story.Until(Statuses[status]))
            .After(Story.PayWithin)
            .When(Commands[command])
            .Then(outcome);

    [Theory]
    [MemberData(nameof(EveryStatus))]
    public void The_story_leads_to_every_status(WishStatus status) =>
        Scenario.Given(Story.Until(status)).WishIs(status);

    [Fact]
    public void The_table_has_every_status() =>
        Assert.Equal(Enum.GetValues<WishStatus>(), Table.Columns.Select(column => Statuses[column]));

    [Fact]
    public void The_table_has_every_command_of_wishes_and_pledges()
    {
        var known = StoredNames.DerivedFrom(typeof(Command))
            .Where(pair => !pair.Key.Namespace!.EndsWith("Projects", StringComparison.Ordinal))
            .Where(pair => !pair.Key.Namespace!.EndsWith("Donors", StringComparison.Ordinal))
            .Select(pair => pair.Value);
        Assert.Equal(known.Order(), Table.Rows.Order());
        Assert.Equal(Table.Rows.Order(), Commands.Keys.Order());
    }
}
