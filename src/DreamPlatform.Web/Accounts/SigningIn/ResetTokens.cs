using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>How long a link to a new password is good.</summary>
internal sealed class ResetTokenOptions : DataProtectionTokenProviderOptions
{
    public ResetTokenOptions() => (Name, TokenLifespan) = (ResetTokens.Name, TimeSpan.FromHours(1));
}

/// <summary>Links to a new password: as good as the password, so not good for long.</summary>
internal sealed class ResetTokens(
    IDataProtectionProvider protection, IOptions<ResetTokenOptions> options, ILogger<ResetTokens> log)
    : DataProtectorTokenProvider<Account>(protection, options, log)
{
    public new const string Name = "reset";
}
