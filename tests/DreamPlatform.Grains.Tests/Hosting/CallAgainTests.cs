using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;

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
}
