using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization.Invocation;

namespace DreamPlatform.Grains.Tests.Hosting;

public sealed class CallAgainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Unanswered_call_is_repeated_whatever_clock_the_platform_has()
    {
        // Given a silo that does not answer at first, and a clock that stands still
        var calls = 0;
        await using var journal = new TestJournal("sqlite");
        await using var cluster = await Cluster.Start(journal, more: silo => silo
            .AddOutgoingGrainCallFilter<CallAgain>()
            .AddIncomingGrainCallFilter(call => call.Grain is IOwnerGrain && Interlocked.Increment(ref calls) <= 2
                ? throw new TimeoutException()
                : call.Invoke()));
        var grains = cluster.Services.GetRequiredService<IGrainFactory>();

        // When somebody asks it
        var owner = grains.GetOwner(new StreamId(StreamKind.Wish, Guid.CreateVersion7()));
        var answer = await owner.Get().WaitAsync(Patience, TestContext.Current.CancellationToken);

        // Then it is asked until it answers
        Assert.NotNull(answer);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Repeat_says_all_that_was_said_first_when_that_is_carried_out_after_all()
    {
        // Given a silo that stalls for longer than is waited for
        var (calls, first) = (0, (IInvokable?)null);
        var isRepeated = new TaskCompletionSource();
        await using var journal = new TestJournal("sqlite");
        await using var cluster = await Cluster.Start(journal, more: silo => silo
            .Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = TimeSpan.FromSeconds(1))
            .AddOutgoingGrainCallFilter<CallAgain>()
            .AddIncomingGrainCallFilter(call => call.MethodName != nameof(IOwnerGrain.Execute)
                ? call.Invoke()
                : Interlocked.Increment(ref calls) == 1 ? Late(call) : Behind(call)));

        // When the call is repeated, and the first is over before the repeat begins
        var owner = cluster.Services.GetRequiredService<IGrainFactory>().GetOwner(
            new StreamId(StreamKind.Donor, World.Donor.Id.Value));
        var envelope = World.Envelope(World.Donor, new ShowDonorName("某人"));
        var outcome = await owner.Execute(envelope).WaitAsync(Patience, TestContext.Current.CancellationToken);

        // Then it is the same command
        Assert.True(Assert.IsType<CommandAccepted>(outcome).IsRepeat);

        async Task Late(IIncomingGrainCallContext call)
        {
            first = call.Request;
            await isRepeated.Task;
            await call.Invoke();
        }

        async Task Behind(IIncomingGrainCallContext call)
        {
            isRepeated.TrySetResult();
            await Eventually.Is(() => first!.GetArgument(0) is null);
            await call.Invoke();
        }
    }
}
