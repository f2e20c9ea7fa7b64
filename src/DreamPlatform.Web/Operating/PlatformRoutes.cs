using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Ledger;
using DreamPlatform.Web.Payments;
using DreamPlatform.Web.People;
using DreamPlatform.Web.Pledges;
using DreamPlatform.Web.Projects;
using DreamPlatform.Web.Wishes;
using Orleans.Dashboard;

namespace DreamPlatform.Web.Operating;

/// <summary>Every route of the platform, by what it is about.</summary>
internal static class PlatformRoutes
{
    private static readonly ContentPolicy DashboardPolicy = new(
        "script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'");

    /// <summary>Where the dashboard shows what grains keep: private data, that no operator may see.</summary>
    private static readonly string[] StateOfGrains = ["/dashboard/GrainState", "/dashboard/GrainTypes"];

    public static void MapPlatform(this WebApplication app)
    {
        app.MapWishEndpoints();
        app.MapReviewEndpoints();
        app.MapFulfilmentEndpoints();
        app.MapPledgeEndpoints();
        app.MapPaymentEndpoints();
        app.MapProjectEndpoints();
        app.MapFileEndpoints();
        app.MapLedgerEndpoints();
        app.MapDisplayNameEndpoint();
        app.MapPersonEndpoints();
        app.MapOrleansDashboard("/dashboard").RequireAuthorization(Policies.Operators).ExcludeFromDescription()
            .WithMetadata(DashboardPolicy);
        foreach (var path in StateOfGrains)
        {
            app.Map(path, () => Answers.NotFound).RequireAuthorization(Policies.Operators).ExcludeFromDescription()
                .WithOrder(-1);
        }
    }
}
