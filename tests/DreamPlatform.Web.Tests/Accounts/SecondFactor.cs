using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace DreamPlatform.Web.Tests.Accounts;

/// <summary>An app for one-time codes (RFC 6238): what people have on their phones.</summary>
public sealed class SecondFactor(string sharedKey)
{
    private const int StepSeconds = 30;

    /// <summary>Codes around the present one are good as well; each is used once.</summary>
    private int next = -1;

    /// <summary>Turns it on for whoever is signed in; their session then counts as signed in with it.</summary>
    public static async Task<SecondFactor> EnableAsync(HttpClient client)
    {
        var key = await client.PostAsJsonAsync("/api/account/manage/2fa", new { }).JsonAsync();
        var factor = new SecondFactor(key.GetProperty("sharedKey").GetString()!);
        factor.Enabled = await client.PostAsJsonAsync(
            "/api/account/manage/2fa", new { enable = true, twoFactorCode = factor.NextCode() }).JsonAsync();
        Assert.True(factor.Enabled.GetProperty("isTwoFactorEnabled").GetBoolean());
        return factor;
    }

    /// <summary>What the platform answered when it was turned on.</summary>
    public JsonElement Enabled { get; private set; }

    public string SharedKey => sharedKey;

    /// <summary>A code that was not used before.</summary>
    public string NextCode() => Code(next++);

    private string Code(int step)
    {
        var counter = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / StepSeconds) + step;
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
#pragma warning disable CA5350 // The algorithm of the standard, and of every app.
        var hash = HMACSHA1.HashData(Key(), message);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The key's base 32 (RFC 4648).</summary>
    private byte[] Key()
    {
        var bits = string.Concat(sharedKey.Select(letter =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2)
                .PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
