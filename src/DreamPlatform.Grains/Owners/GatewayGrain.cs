using DreamPlatform.Domain.Shared;
using Orleans.Concurrency;

namespace DreamPlatform.Grains.Owners;

/// <inheritdoc cref="IGatewayGrain"/>
[Reentrant]
internal sealed class GatewayGrain(Pumps pumps) : Grain, IGatewayGrain
{
    private Pump Pump => field ??= pumps.For(StreamKind.Gateway, this);

    public Task<Outcome> Execute(Envelope envelope) => Pump.Run(envelope);

    public Task<OwnerSnapshot> Get() => Pump.Get();
}
