using System.Security.Cryptography;
using System.Text;

namespace DreamPlatform.Storage.Keys;

/// <summary>Key-encryption keys from the environment: the current one and, while it is replaced, the one before.</summary>
public sealed class KeySecrets : LocalKeys
{
    private readonly string current;
    private readonly Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);

    /// <param name="secret">32 bytes as base64.</param>
    /// <param name="previous">The secret before this one, or null.</param>
    /// <exception cref="KeyUnavailableException">One of them is not 32 bytes of base64.</exception>
    public KeySecrets(string secret, string? previous)
    {
        current = Add(secret);
        if (previous is not null) Add(previous);
    }

    /// <summary>The new secret is the current one already; what the one before wrapped is wrapped anew.</summary>
    public override ValueTask<IReadOnlyList<string>> Renew() => keys.Count > 1
        ? new([.. keys.Keys.Where(name => name != current)])
        : throw new KeyUnavailableException(
            "Set Keys:PreviousSecret to the secret until now, Keys:Secret to a new one, restart, and run this again.");

    /// <summary>It is the operator who takes it out of the settings.</summary>
    public override ValueTask Retire(string name) => ValueTask.CompletedTask;

    /// <summary>Whether a text is a secret.</summary>
    public static bool IsSecret(string text)
    {
        Span<byte> bytes = stackalloc byte[Seal.KeyBytes + 3];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Seal.KeyBytes;
    }

    protected override string Current() => current;

    protected override byte[]? Find(string name) => keys.GetValueOrDefault(name);

    private string Add(string secret)
    {
        if (!IsSecret(secret)) throw new KeyUnavailableException("A secret must be 32 bytes as base64.");
        var key = Convert.FromBase64String(secret);
        // A name that tells nothing of the key, and is the same in every process that has it.
        var name = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("dreamplatform/key-name"));
        var text = $"secret-{Convert.ToHexStringLower(name.AsSpan(0, 8))}";
        keys[text] = key;
        return text;
    }
}
