using DreamPlatform.Domain.Shared;
using Orleans.Concurrency;

namespace DreamPlatform.Grains.Owners;

/// <inheritdoc cref="IDonorGrain"/>
[Reentrant]
internal sealed class DonorGrain(Pumps pumps) : Grain, IDonorGrain
{
    private Pump Pump => field ??= pumps.For(StreamKind.Donor, this);

    public Task<Outcome> Execute(Envelope envelope) => Pump.Run(envelope);

    public Task<OwnerSnapshot> Get() => Pump.Get();
}
