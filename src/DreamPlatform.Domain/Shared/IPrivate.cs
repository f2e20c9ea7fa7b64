namespace DreamPlatform.Domain.Shared;

/// <summary>
/// A state of the vault: it is sealed with its holder's data key, so that it can be read no more once that key is
/// destroyed.
/// </summary>
public interface IPrivate
{
    /// <summary>The account of the person it is about; for receipts and the like, the foundation that keeps them.</summary>
    Guid Holder { get; }
}
