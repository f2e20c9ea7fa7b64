using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DreamPlatform.Web.Operating;

/// <summary>Metrics and traces for whoever set OTEL_EXPORTER_OTLP_ENDPOINT; nothing is measured for nobody.</summary>
internal static class Telemetry
{
    /// <summary>Meters and activity sources of the platform begin with this.</summary>
    private const string Ours = "DreamPlatform.*";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("DreamPlatform"))
            .WithMetrics(metrics => metrics
                .AddMeter(Ours, "Microsoft.Orleans").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing.AddSource(Ours)
                .AddAspNetCoreInstrumentation(web => web.EnrichWithHttpResponse = HidePath))
            .UseOtlpExporter();
    }

    /// <summary>Paths have e-mail addresses in them; the route tells enough.</summary>
    private static void HidePath(Activity activity, HttpResponse response)
    {
        activity.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        activity.SetTag("url.query", null);
    }
}
