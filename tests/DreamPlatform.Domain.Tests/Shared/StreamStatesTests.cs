using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Shared;

public sealed class StreamStatesTests
{
    private static readonly Dictionary<StreamKind, Type> StartsAs = new()
    {
        [StreamKind.Wish] = typeof(Wish),
        [StreamKind.Project] = typeof(Project),
        [StreamKind.Donor] = typeof(Donor),
        [StreamKind.Gateway] = typeof(Gateway),
        [StreamKind.Pledge] = typeof(Pledge),
        [StreamKind.Grant] = typeof(SingleFact),
        [StreamKind.Deposit] = typeof(SingleFact),
        [StreamKind.Payment] = typeof(SingleFact),
    };

    /// <summary>The one event that such a stream holds.</summary>
    private static readonly Dictionary<StreamKind, Event> OneFact = new()
    {
        [StreamKind.Grant] = new GrantGiven(Story.Project, Story.Wish, Cast.Approver.Id, 5),
        [StreamKind.Deposit] = new DepositReceived(Story.Project, Cast.Finance.Id, 5, 1),
        [StreamKind.Payment] = new PaymentSuspended("sandbox", "p", null, 5, SuspenseReason.UnknownPledge),
    };

    public static TheoryData<StreamKind> Kinds => [.. Enum.GetValues<StreamKind>()];

    public static TheoryData<StreamKind> KindsOfOneFact => [.. OneFact.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_stream_starts_from_an_empty_state_of_its_own(StreamKind kind)
    {
        var id = new StreamId(kind, Cast.Named("some"));
        var state = StreamStates.Empty(id);
        Assert.IsType(StartsAs[kind], state);
        Assert.Equal(id, state.Stream);
        Assert.Null(state.Due);
    }

    [Fact]
    public void There_is_no_other_kind() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamStates.Empty(new StreamId(default, Cast.Named("x"))));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_unknown_event_is_not_folded(StreamKind kind) =>
        Assert.Throws<UnknownEventException>(
            () => StreamStates.Empty(new StreamId(kind, Cast.Named("some"))).Evolve(new Unheard()));

    [Theory]
    [MemberData(nameof(KindsOfOneFact))]
    public void A_single_fact_is_its_own_and_comes_once(StreamKind kind)
    {
        var empty = StreamStates.Empty(new StreamId(kind, Cast.Named("some")));
        var state = Assert.IsType<SingleFact>(empty.Evolve(OneFact[kind]));
        Assert.Equal(OneFact[kind], state.Fact);
        Assert.Throws<UnknownEventException>(() => state.Evolve(OneFact[kind]));
        foreach (var other in OneFact.Keys.Where(other => other != kind))
            Assert.Throws<UnknownEventException>(() => empty.Evolve(OneFact[other]));
    }

    [Fact]
    public void Where_an_id_is_taken_by_another_kind_nothing_is_found_and_nothing_created()
    {
        var taken = new TakenId(Story.Wish.Stream);
        Scenario.Given().And(taken)
            .When(Story.Draft).Then(new IdTaken())
            .When(Story.Submit).Then(new NotFound())
            .When(Story.Create with { To = Story.Wish.Stream }).Then(new IdTaken());
        Assert.Throws<UnknownEventException>(() => taken.Evolve(new WishSubmitted("", "", [], default)));
    }

    /// <summary>Ledger accounts are stored under these names.</summary>
    [Fact]
    public void The_names_of_streams_never_change()
    {
        var id = new Guid("0198d0f2-0000-7000-8000-000000000001");
        string[] names =
        [
            $"wish-{id}", $"project-{id}", $"donor-{id}", $"gateway-{id}", $"pledge-{id}", $"grant-{id}",
            $"deposit-{id}", $"payment-{id}",
        ];
        Assert.Equal(names, Enumerable.Range(1, 8).Select(kind => new StreamId((StreamKind)kind, id).ToString()));
        Assert.Equal(8, Enum.GetValues<StreamKind>().Length);
    }

    private sealed record Unheard : Event;
}
