using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// What makes a password good enough: its length, and that it is none of those that are tried first. Which characters
/// it has is nobody's business.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int MinLength = 8, MaxLength = 128;

    private static readonly HashSet<string> Common = Read();

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p",
        "qazwsxedcrfvtgbyhnujmikolp",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(WhatIsWrong(password, user.Email) is { } why
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordNotAccepted", Description = why })
            : IdentityResult.Success);

    /// <summary>What has to change, or null if the password will do.</summary>
    public static string? WhatIsWrong(string? password, string? email)
    {
        if (password is not { Length: >= MinLength and <= MaxLength })
            return $"Must have {MinLength} to {MaxLength} characters.";
        var plain = password.ToLowerInvariant();
        var name = email?.Split('@')[0].ToLowerInvariant();
        return IsCommon(plain) || IsSimple(plain) || (name is { Length: >= 4 } && Core(plain) == Core(name))
            ? "Is one of the passwords that are tried first. Choose another, best several words."
            : null;
    }

    /// <summary>A well-known password, or one dressed up with digits and signs around it.</summary>
    private static bool IsCommon(string plain)
    {
        var core = Core(plain);
        return Common.Contains(plain) || Common.Contains(core) || Common.Contains(Unleet(core));
    }

    /// <summary>One or two characters over and over, or a run along the alphabet, the digits or the keyboard.</summary>
    private static bool IsSimple(string plain)
    {
        if (plain.Distinct().Count() <= 2) return true;
        for (var period = 1; period <= plain.Length / 2; period++)
        {
            var repeats = Enumerable.Range(0, plain.Length).All(at => plain[at] == plain[at % period]);
            if (repeats && (period < MinLength / 2 || IsCommon(plain[..period]) || IsRun(plain[..period]))) return true;
        }

        return IsRun(plain);
    }

    private static bool IsRun(string plain) => Rows.Any(row => row.Contains(plain, StringComparison.Ordinal)
        || new string([.. row.Reverse()]).Contains(plain, StringComparison.Ordinal));

    private static string Core(string plain)
    {
        var letters = plain.Trim([.. "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"]);
        return letters.Length == 0 ? plain : letters;
    }

    private static string Unleet(string plain) => plain.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e')
        .Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's');

    private static HashSet<string> Read()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream(
            "DreamPlatform.Web.Accounts.SigningIn.CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[])['\n', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);
    }
}
