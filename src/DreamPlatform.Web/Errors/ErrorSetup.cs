using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Errors;

/// <summary>Puts the making of problems around everything else.</summary>
public static class ErrorSetup
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options => JsonConventions.Apply(options.SerializerOptions));
        // Before AddProblemDetails: the first writer that can is used.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<RequestErrors>();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(RequestLimits.GatherAsync);
        app.Use(RequestLimits.ScreenAsync);
    }
}
