using System.Security.Cryptography;

namespace DreamPlatform.Storage.Keys;

/// <summary>Key-encryption keys that this process holds itself.</summary>
public abstract class LocalKeys : IKeyEncryptionKeys
{
    public ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> key, string purpose)
    {
        var current = Current();
        return new(new WrappedKey(current, Seal.Close(key.Span, Find(current)!, Place(current, purpose))));
    }

    public ValueTask<byte[]> Unwrap(WrappedKey wrapped, string purpose)
    {
        var key = Find(wrapped.KeyName) ?? throw new KeyUnavailableException(
            $"The key-encryption key {wrapped.KeyName} is missing. Restore it: without it what it wrapped is lost.");
        try
        {
            return new(Seal.Open(wrapped.Bytes, key, Place(wrapped.KeyName, purpose)));
        }
        catch (CryptographicException exception)
        {
            throw new KeyUnavailableException(
                $"A key wrapped by {wrapped.KeyName} is damaged or does not belong where it is.", exception);
        }
    }

    public abstract ValueTask<IReadOnlyList<string>> Renew();

    public abstract ValueTask Retire(string name);

    protected abstract string Current();

    /// <summary>The key of a name, or null when there is none.</summary>
    protected abstract byte[]? Find(string name);

    private static string Place(string name, string purpose) => $"dreamplatform/key/{name}/{purpose}";
}
