using DreamPlatform.Web.Http;
using DreamPlatform.Web.Site;
using DreamPlatform.Web.Site.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>How people prove who they are: by token to the API, by cookie to pages.</summary>
internal static class Authentication
{
    /// <summary>What the cookies are called on plain http; <see cref="HostCookies"/> says how over https.</summary>
    public const string Cookie = "dreamplatform", AntiforgeryCookie = "dreamplatform-antiforgery";

    /// <summary>Reads a cookie for pages, and a token for everything else.</summary>
    private const string ByRoute = "by-route";

    /// <summary>What OWASP recommends for PBKDF2 with SHA-512; older hashes are renewed at the next sign-in.</summary>
    private const int HashIterations = 210_000;

    public static void AddSigningIn(this IServiceCollection services)
    {
        services.AddScoped<ILookupNormalizer, LookupNames>();
        services.AddIdentityCore<Account>(Configure).AddUserStore<AccountStore>()
            .AddTokenProvider<DataProtectorTokenProvider<Account>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<ResetTokens>(ResetTokens.Name)
            .AddTokenProvider<OnceOnlyCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<PasswordRules>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        // Cookies are for pages with antiforgery; the API takes tokens only.
        services.AddAuthentication(ByRoute)
            .AddPolicyScheme(ByRoute, null, route => route.ForwardDefaultSelector = http =>
                SitePage.IsAskedFor(http) ? IdentityConstants.ApplicationScheme : IdentityConstants.BearerScheme)
            .AddBearerToken(IdentityConstants.BearerScheme, bearer => bearer.RefreshTokenExpiration = Sessions.MaxIdle)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure);
        services.PostConfigure<BearerTokenOptions>(
            IdentityConstants.BearerScheme,
            bearer => bearer.BearerTokenProtector = new KnownTokens(bearer.BearerTokenProtector));
        services.AddAntiforgery(Configure);
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<Devices>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignIns>();
        services.AddScoped<Registration>();
        services.AddScoped<LetterLimit>();
        services.AddScoped<Passwords>();
        services.AddScoped<AccountChanges>();
        services.AddScoped<SecondFactors>();
    }

    private static void Configure(IdentityOptions identity)
    {
        identity.User.RequireUniqueEmail = true;
        // EmailAddress says what an address may look like.
        identity.User.AllowedUserNameCharacters = "";
        identity.ClaimsIdentity.UserIdClaimType = TokenClaims.AccountClaim;
        identity.Tokens.PasswordResetTokenProvider = ResetTokens.Name;
        identity.Password = new PasswordOptions
        {
            RequiredLength = PasswordRules.MinLength,
            RequiredUniqueChars = 1,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        // Locking an account locks its owner out; SignInGuard makes whoever guesses wait instead.
        identity.Lockout.AllowedForNewUsers = false;
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = Cookie;
        cookie.Cookie.Path = "/";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Sessions.MaxIdle;
        cookie.Events.OnRedirectToLogin = KeptForms.AskToSignInAsync;
        cookie.Events.OnRedirectToAccessDenied = denied =>
        {
            denied.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        // The session lives on as long as its cookie does.
        cookie.Events.OnCheckSlidingExpiration = async sliding =>
        {
            if (sliding.ShouldRenew && TokenClaims.Of(sliding.Principal!) is { } claims)
                await sliding.HttpContext.RequestServices.GetRequiredService<Sessions>().ProlongAsync(claims);
        };
    }

    private static void Configure(AntiforgeryOptions antiforgery)
    {
        antiforgery.Cookie.Name = AntiforgeryCookie;
        antiforgery.Cookie.Path = "/";
        antiforgery.Cookie.HttpOnly = true;
        antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // SecurityHeaders does it.
        antiforgery.SuppressXFrameOptionsHeader = true;
    }
}
