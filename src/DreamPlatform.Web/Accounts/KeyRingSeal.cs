using System.Text;
using System.Xml.Linq;
using DreamPlatform.Storage.Keys;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// Seals the keys that protect tokens and mail where they are kept: with a data key that is wrapped by the platform's
/// key-encryption key like those of people, and so is wrapped anew with theirs.
/// </summary>
internal sealed class KeyRingSeal(PersonKeys keys) : IXmlEncryptor
{
    /// <summary>In whose name the data key is kept: no person's, so nobody's erasure destroys it.</summary>
    public static readonly Guid Holder = new("00000000-0000-8000-8000-6b657972696e");

    private const string Place = "dreamplatform/key-ring", Name = "sealed";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        // The interface knows no waiting; it is asked once in three months.
        var key = keys.ForSealing(Holder).AsTask().GetAwaiter().GetResult();
        var sealedText = Seal.Close(Encoding.UTF8.GetBytes(plaintextElement.ToString()), key, Place);
        return new EncryptedXmlInfo(new XElement(Name, Convert.ToBase64String(sealedText)), typeof(Opener));
    }

    /// <summary>Opens what was sealed; its name is kept beside it, so it cannot be changed.</summary>
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            var key = services.GetRequiredService<PersonKeys>().Find(Holder).AsTask().GetAwaiter().GetResult()
                ?? throw new KeyUnavailableException("The data key of accounts.db is missing. Restore the key folder.");
            var text = Seal.Open(Convert.FromBase64String(encryptedElement.Value), key, Place);
            return XElement.Parse(Encoding.UTF8.GetString(text));
        }
    }
}
