using DreamPlatform.Domain.Shared;
using Orleans.Concurrency;

namespace DreamPlatform.Grains.Owners;

/// <inheritdoc cref="IWishGrain"/>
[Reentrant]
internal sealed class WishGrain(Pumps pumps) : Grain, IWishGrain
{
    private Pump Pump => field ??= pumps.For(StreamKind.Wish, this);

    public Task<Outcome> Execute(Envelope envelope) => Pump.Run(envelope);

    public Task<OwnerSnapshot> Get() => Pump.Get();
}
