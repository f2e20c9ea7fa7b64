using DreamPlatform.Web.Accounts.Helping;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Authorization;

namespace DreamPlatform.Web.Accounts;

/// <summary>Finds out for whom a token speaks, and whether they may yet be heard.</summary>
internal sealed class FindCaller(RequestDelegate next, Callers callers, SecondFactorRule secondFactor)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            await next(http);
            return;
        }

        // Somebody whose account or session is gone is nobody: 401, not 403.
        var found = await callers.FindAsync(http.User);
        var endpoint = http.GetEndpoint()?.Metadata;
        if (found is not null && secondFactor.Stops(found) && endpoint?.GetMetadata<SecondFactorLater>() is null)
        {
            if (endpoint?.GetMetadata<IAuthorizeData>() is not null)
            {
                await SecondFactorRequired(http);
                return;
            }

            // What everybody may see, they may see as everybody.
            found = null;
        }

        if (found is null)
        {
            http.User = new();
            http.Features.Set<Caller>(null);
            await next(http);
            return;
        }

        var (caller, problem) = ActingFor.Of(http, found);
        http.Features.Set(caller);
        await (problem?.ExecuteAsync(http) ?? next(http));
    }

    private static Task SecondFactorRequired(HttpContext http) => Problems.Of(
        403, "second-factor-required",
        "Whoever holds a role needs a second factor. Ask POST /api/account/manage/2fa for a key, put it into an app "
            + "for one-time codes, and enable it with a code.").ExecuteAsync(http);
}
