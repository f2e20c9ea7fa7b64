using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DreamPlatform.Web.Accounts;

/// <summary>Signing in, roles and foundations.</summary>
public static class AccountSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.AddSettings<FirstOperatorSettings>("FirstOperator").Validate(
            first => (first.Email is null) == (first.Password is null),
            "Set both FirstOperator:Email and FirstOperator:Password, or neither.");
        var services = builder.Services;
        services.AddDbContext<AccountsDb>(db =>
            db.UseSqlite(ConnectionString(data)).AddInterceptors(SecureDelete.Instance));
        services.AddIdentityApiEndpoints<Account>(identity => identity.User.RequireUniqueEmail = true)
            .AddEntityFrameworkStores<AccountsDb>();
        services.PostConfigure<BearerTokenOptions>(
            IdentityConstants.BearerScheme,
            bearer => bearer.BearerTokenProtector = new KnownTokens(bearer.BearerTokenProtector));
        // Cookies are for pages with antiforgery; the API takes tokens only.
        services.Configure<AuthenticationOptions>(options => options.DefaultScheme = IdentityConstants.BearerScheme);
        services.AddAuthorizationBuilder().AddPolicy(Policies.Operators, policy => policy.RequireAuthenticatedUser()
            .RequireAssertion(it => it.Resource is HttpContext http && Caller.Of(http) is { IsOperator: true }));
        services.AddSingleton<Callers>();
        services.AddScoped<RoleBook>();
        services.AddScoped<FirstOperator>();
        services.AddScoped<DemoAccounts>();
        services.AddHealthChecks().AddCheck<AccountsAnswer>("accounts");
        // The name keeps tokens good when the executable moves to another folder.
        services.AddDataProtection().SetApplicationName("DreamPlatform").PersistKeysToDbContext<AccountsDb>();
    }

    /// <summary>Brings the database up to date and fills in who must be there.</summary>
    public static async Task PrepareAccountsAsync(this WebApplication app, ServeArguments arguments)
    {
        AccountsSchema.Upgrade(ConnectionString(app.Services.GetRequiredService<DataDirectory>()));
        await using var scope = app.Services.CreateAsyncScope();
        if (arguments.Demo) await scope.ServiceProvider.GetRequiredService<DemoAccounts>().EnsureAsync();
        await scope.ServiceProvider.GetRequiredService<FirstOperator>().EnsureAsync();
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(FindCallerAsync);
        app.UseAuthorization();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/api/account").WithTags("Signing in").AddEndpointFilter<IdentityProblems>()
            .MapIdentityApi<Account>().WithIdentityProblems();
        routes.MapRoleEndpoints();
        routes.MapFoundationEndpoints();
    }

    private static string ConnectionString(DataDirectory data) => new SqliteConnectionStringBuilder
    {
        DataSource = data.File("accounts.db"),
        DefaultTimeout = 5,
    }.ToString();

    private static async Task FindCallerAsync(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity is { IsAuthenticated: true })
        {
            var caller = await http.RequestServices.GetRequiredService<Callers>().FindAsync(http.User);
            // Somebody whose account is gone is nobody: 401, not 403.
            if (caller is null) http.User = new();
            else http.Features.Set(caller);
        }

        await next(http);
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
