using DreamPlatform.Domain.Shared;
using Orleans.Concurrency;

namespace DreamPlatform.Grains.Owners;

/// <inheritdoc cref="IProjectGrain"/>
[Reentrant]
internal sealed class ProjectGrain(Pumps pumps) : Grain, IProjectGrain
{
    private Pump Pump => field ??= pumps.For(StreamKind.Project, this);

    public Task<Outcome> Execute(Envelope envelope) => Pump.Run(envelope);

    public Task<OwnerSnapshot> Get() => Pump.Get();
}
