using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Site.SigningIn;

/// <summary>Ends the session that a cookie belongs to, and the cookie.</summary>
internal static class SignOut
{
    public static async Task<IResult> Post(HttpContext http, Sessions sessions)
    {
        if (Caller.Of(http) is { } caller) await sessions.EndAsync(caller.Id, caller.Session);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect("/");
    }
}
