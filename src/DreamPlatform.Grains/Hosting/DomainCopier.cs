using DreamPlatform.Domain.Shared;
using Orleans.Serialization.Cloning;

namespace DreamPlatform.Grains.Hosting;

/// <summary>The domain's types are immutable, so within a silo they are passed as they are.</summary>
internal sealed class DomainCopier : IGeneralizedCopier, IDeepCopier
{
    public bool IsSupportedType(Type type) =>
        type.Assembly == typeof(Event).Assembly || type.Assembly == typeof(DomainCopier).Assembly;

    public object? DeepCopy(object? input, CopyContext context) => input;
}
