using System.Collections.Concurrent;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Grains.Owners;

/// <summary>
/// The owner of a stream: everything that happens to it is decided here, in order, and committed in rounds.
/// </summary>
public interface IOwnerGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Has a command decided and committed. Never throws for a reason of business; a call that times out has an
    /// unknown outcome, which the same command finds out.
    /// </summary>
    Task<Outcome> Execute([Immutable] Envelope envelope);

    /// <summary>The owner as this silo knows it; may be a moment old.</summary>
    Task<OwnerSnapshot> Get();
}

/// <summary>Decides everything that happens to one wish, and all that moves money into, within or out of it.</summary>
public interface IWishGrain : IOwnerGrain;

/// <summary>Owns a project's rules and period, its deposits, and the pledges to its pool.</summary>
public interface IProjectGrain : IOwnerGrain;

/// <summary>Owns what a donor shows of themselves; its key is the donor's account.</summary>
public interface IDonorGrain : IOwnerGrain;

/// <summary>Owns what a payment provider sends that fits no pledge.</summary>
public interface IGatewayGrain : IOwnerGrain;

/// <summary>Finds the grain that owns a stream.</summary>
public static class OwnerGrains
{
    /// <summary>Orleans finds these by reflection at every call, so they are kept.</summary>
    private static readonly ConcurrentDictionary<StreamKind, (GrainType Grain, GrainInterfaceType Interface)> Types =
        [];

    public static IOwnerGrain GetOwner(this IGrainFactory grains, StreamId stream)
    {
        if (!Types.TryGetValue(stream.Kind, out var types))
        {
            var found = Find(grains, stream);
            Types[stream.Kind] = (found.GrainId.Type, found.InterfaceType);
            return (IOwnerGrain)found;
        }

        var id = GrainId.Create(types.Grain, GrainIdKeyExtensions.CreateGuidKey(stream.Value));
        return (IOwnerGrain)grains.GetGrain(id, types.Interface);
    }

    private static GrainReference Find(IGrainFactory grains, StreamId stream) => (GrainReference)(stream.Kind switch
    {
        StreamKind.Wish => grains.GetGrain<IWishGrain>(stream.Value),
        StreamKind.Project => grains.GetGrain<IProjectGrain>(stream.Value),
        StreamKind.Donor => grains.GetGrain<IDonorGrain>(stream.Value),
        StreamKind.Gateway => (IOwnerGrain)grains.GetGrain<IGatewayGrain>(stream.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "This stream has no grain of its own."),
    });
}
