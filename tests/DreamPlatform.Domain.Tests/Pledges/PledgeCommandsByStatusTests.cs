using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Pledges;

/// <summary>
/// Every command about a pledge in every status that a pledge can have, while its wish collects and its time to pay is
/// over. No command of this release leads to the statuses from refunding to moved, but their rules are there.
/// </summary>
public sealed class PledgeCommandsByStatusTests
{
    private static readonly Grid Table = new("""
                        Reserved  Paid  Refunding  Refunded  Moved  Lapsed  Cancelled
        place-pledge        t       t       t          t       t       t        t      t taken
        record-payment      +       s       s          s       s       s        s
                            + pledge-paid.v1 s payment-suspended.v1
        cancel-pledge       +       -       -          -       -       -        -
                            + pledge-cancelled.v1 - pledge-not-reserved
        withdraw-message    +       +       +          +       +       +        +
                            + pledge-message-withdrawn.v1
        lapse-pledge        +       -       -          -       -       -        -
                            + pledge-lapsed.v1 - pledge-not-reserved
        """);

    private static readonly Dictionary<string, Step> Commands =
        new[] { Story.PlacePledge, Story.PayPledge, Story.CancelPledge, Story.WithdrawMessage, Story.LapsePledge }
            .ToDictionary(step => StoredNames.Of(step.Command));

    public static TheoryData<string, string, string> Cells => Table.Cells;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_status_gives(string command, string status, string outcome) =>
        In(Enum.Parse<PledgeStatus>(status)).When(Commands[command]).Then(outcome);

    [Fact]
    public void The_table_has_every_status_and_every_command()
    {
        var known = StoredNames.DerivedFrom(typeof(Command))
            .Where(pair => pair.Key.Namespace == typeof(PlacePledge).Namespace)
            .Select(pair => pair.Value);
        Assert.Equal(known.Order(), Table.Rows.Order());
        Assert.Equal(Enum.GetNames<PledgeStatus>(), Table.Columns);
    }

    private static Scenario In(PledgeStatus status)
    {
        var placed = Scenario.Given(Story.Until(WishStatus.Funding)).After(Story.PayWithin);
        return status switch
        {
            PledgeStatus.Reserved => placed,
            PledgeStatus.Paid => placed.And(Story.PayPledge),
            PledgeStatus.Lapsed => placed.And(Story.LapsePledge),
            PledgeStatus.Cancelled => placed.And(Story.CancelPledge),
            _ => placed.And(Story.PayPledge)
                .And(placed.StateOf<Pledge>(Story.Pledge.Stream) with { Status = status }),
        };
    }
}
