using DreamPlatform.Storage.Keys;
using DreamPlatform.Web.Accounts.Helping;
using DreamPlatform.Web.Accounts.Inviting;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DreamPlatform.Web.Accounts;

/// <summary>Signing in, roles and foundations.</summary>
public static class AccountSetup
{
    public static void AddAccounts(
        this WebApplicationBuilder builder, ServeArguments arguments, DataDirectory data)
    {
        builder.AddSettings<FirstOperatorSettings>("FirstOperator").Validate(
            first => (first.Email is null) == (first.Password is null),
            "Set both FirstOperator:Email and FirstOperator:Password, or neither.");
        var services = builder.Services;
        services.AddSingleton(_ => AccountsHome.Of(data, builder.Configuration["Database:Postgres"]));
        services.AddDbContext<AccountsDb>((provider, db) => provider.GetRequiredService<AccountsHome>().Use(db));
        services.AddSigningIn();
        services.AddSingleton(new SecondFactorRule(AppliesToStaff: !arguments.Demo));
        services.AddAuthorizationBuilder().AddPolicy(Policies.Operators, policy => policy.RequireAuthenticatedUser()
            .RequireAssertion(it => it.Resource is HttpContext http && Caller.Of(http) is { IsOperator: true }));
        services.AddSingleton<Callers>();
        services.AddSingleton<SecurityLog>();
        services.AddScoped<RoleBook>();
        services.AddScoped<Helpers>();
        services.AddScoped<Invitations>();
        services.AddSingleton<AccountSweeper>();
        if (arguments.IsWeb) services.AddHostedService(provider => provider.GetRequiredService<AccountSweeper>());
        services.AddScoped<FirstOperator>();
        services.AddScoped<DemoAccounts>();
        services.AddHealthChecks().AddCheck<AccountsAnswer>("accounts");
        // The name keeps tokens good when the executable moves to another folder.
        services.AddDataProtection().SetApplicationName("DreamPlatform").PersistKeysToDbContext<AccountsDb>();
        services.AddOptions<KeyManagementOptions>()
            .Configure<PersonKeys>((ring, keys) => ring.XmlEncryptor = new KeyRingSeal(keys));
    }

    /// <summary>Brings the database up to date and fills in who must be there.</summary>
    public static async Task PrepareAccountsAsync(this WebApplication app, ServeArguments arguments)
    {
        app.Services.GetRequiredService<AccountsHome>().Upgrade();
        await using var scope = app.Services.CreateAsyncScope();
        // Of several processes that start at once one fills them in.
        await using var alone = await scope.ServiceProvider.GetRequiredService<AccountsDb>()
            .BeginAsync(AccountsDb.PatienceAtStart);
        if (arguments.Demo) await scope.ServiceProvider.GetRequiredService<DemoAccounts>().EnsureAsync();
        await scope.ServiceProvider.GetRequiredService<FirstOperator>().EnsureAsync();
        await alone.CommitAsync();
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<FindCaller>();
        app.UseRateLimits();
        app.UseAuthorization();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapSigningInEndpoints();
        routes.MapManageEndpoints();
        routes.MapSessionEndpoints();
        routes.MapRoleEndpoints();
        routes.MapFoundationEndpoints();
        routes.MapInvitationEndpoints();
        routes.MapHelperEndpoints();
    }

    private sealed class AccountsAnswer(AccountsDb db) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken stop = default)
        {
            await db.Foundations.AnyAsync(stop);
            return HealthCheckResult.Healthy();
        }
    }
}
