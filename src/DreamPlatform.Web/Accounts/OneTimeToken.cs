using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DreamPlatform.Web.Accounts;

/// <summary>A token that opens something once. We keep its hash only: our database is no bunch of keys.</summary>
internal sealed record OneTimeToken(string Text)
{
    private const int Bytes = 32;

    public byte[] Hash => HashOf(Text);

    public static OneTimeToken New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>A fast hash will do: nobody can guess through 256 random bits.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
