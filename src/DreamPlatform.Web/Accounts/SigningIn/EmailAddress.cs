using System.Text.RegularExpressions;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>What an e-mail address looks like, as browsers check it; mail programs take all of these.</summary>
internal static partial class EmailAddress
{
    public const int MaxLength = 254;

    public static bool IsValid(string text) => text.Length <= MaxLength && Form().IsMatch(text);

    [GeneratedRegex(
        """^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"""
        + """(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z""",
        RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
