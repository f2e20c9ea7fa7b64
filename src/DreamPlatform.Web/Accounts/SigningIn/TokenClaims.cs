using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>What a token says: whose it is and of which session. All else is looked up, and so never old.</summary>
/// <param name="Generation">How often the session had been refreshed when the token was made.</param>
internal readonly record struct TokenClaims(Guid Account, Guid Session, int Generation)
{
    public const string AccountClaim = "sub";

    private const string SessionClaim = "sid", GenerationClaim = "gen";

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new(AccountClaim, Account.ToString()), new(SessionClaim, Session.ToString()),
            new(GenerationClaim, Generation.ToString(CultureInfo.InvariantCulture)),
        ],
        IdentityConstants.BearerScheme));

    public static TokenClaims? Of(ClaimsPrincipal token) =>
        Guid.TryParse(token.FindFirstValue(AccountClaim), out var account)
        && Guid.TryParse(token.FindFirstValue(SessionClaim), out var session)
        && int.TryParse(
            token.FindFirstValue(GenerationClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? new TokenClaims(account, session, generation)
            : null;
}
