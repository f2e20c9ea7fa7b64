namespace DreamPlatform.Storage.Keys;

/// <summary>
/// The keys that wrap all other keys of the platform. They are kept apart from the data: in a folder of their own, in a
/// secret of the environment, or in a key vault of a cloud, which never hands them out.
/// </summary>
public interface IKeyEncryptionKeys
{
    /// <summary>Wraps a key with the current key-encryption key.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="purpose">What the key is for; it unwraps for nothing else.</param>
    ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> key, string purpose);

    /// <exception cref="KeyUnavailableException">
    /// The key-encryption key is not there, or the wrapped key is damaged or was wrapped for another purpose.
    /// </exception>
    ValueTask<byte[]> Unwrap(WrappedKey wrapped, string purpose);

    /// <summary>Makes a new current key. What older keys wrapped still unwraps.</summary>
    /// <returns>The names of the keys that were there before.</returns>
    /// <exception cref="KeyUnavailableException">These keys are not made here; the message says where.</exception>
    ValueTask<IReadOnlyList<string>> Renew();

    /// <summary>Drops a key that wraps nothing any more.</summary>
    ValueTask Retire(string name);
}

/// <summary>A wrapped key and the name of the key-encryption key that unwraps it.</summary>
public sealed record WrappedKey(string KeyName, byte[] Bytes);

/// <summary>A key cannot be had or does not fit; the message names it and says what to do, never what it is.</summary>
public sealed class KeyUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
