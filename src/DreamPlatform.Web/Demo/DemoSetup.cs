using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.Demo;

internal static class DemoSetup
{
    /// <summary>Fills an empty journal when the command line asks for it.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, ServeArguments arguments)
    {
        if (!arguments.Demo || !arguments.IsWeb) return;
        builder.Services.AddSingleton<DemoStage>();
        builder.Services.AddHostedService<DemoData>();
    }
}
