using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts;

namespace DreamPlatform.Web.Site;

/// <summary>Who opens the page, and what they may do. Pages inject it; the grains decide all the same.</summary>
internal sealed class Visitor(IHttpContextAccessor accessor)
{
    public HttpContext Http => accessor.HttpContext!;

    /// <summary>Null for somebody not signed in.</summary>
    public Caller? Caller => Caller.Of(Http);

    public bool IsSignedIn => Caller is not null;

    /// <summary>The path with its query: where to come back to.</summary>
    public string Here => Http.Request.Path + Http.Request.QueryString;

    public bool Has(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (Caller?.Actor.Roles.Any(held => held.Role == role) == true) return true;
        }

        return false;
    }

    /// <summary>A way back within the site; anything else leads to the start page.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\')
        && !path.Any(char.IsControl) ? path : "/";
}
