using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Names and addresses as they are looked up; one with something in it that is no character is nobody's.</summary>
internal sealed class LookupNames : ILookupNormalizer
{
    private static readonly UpperInvariantLookupNormalizer Upper = new();

    public string? NormalizeName(string? name)
    {
        try
        {
            return Upper.NormalizeName(name);
        }
        catch (ArgumentException)
        {
            return name?.ToUpperInvariant();
        }
    }

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
