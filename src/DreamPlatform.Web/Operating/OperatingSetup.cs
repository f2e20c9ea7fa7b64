namespace DreamPlatform.Web.Operating;

/// <summary>What whoever runs the platform needs: data folder, settings, health, telemetry.</summary>
public static class OperatingSetup
{
    /// <returns>The data folder, for those who keep something in it.</returns>
    /// <exception cref="StartRefusedException">It cannot be created.</exception>
    public static DataDirectory AddOperating(this WebApplicationBuilder builder, ServeArguments arguments)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        var data = DataDirectory.Create(arguments.Data);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(_ => new DataLock(data));
        builder.AddOperatingSettings();
        builder.Services.AddHealthChecks();
        builder.AddTelemetry();
        return data;
    }

    /// <summary>Takes the data folder for the life of this process.</summary>
    /// <exception cref="StartRefusedException">Another process has it.</exception>
    public static void LockData(this WebApplication app) => app.Services.GetRequiredService<DataLock>();

    public static void MapOperating(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().DisableRateLimiting();
        health.MapHealthChecks("/live", new() { Predicate = _ => false, ResponseWriter = Health.WriteAsync });
        health.MapHealthChecks("/ready", new() { ResponseWriter = Health.WriteAsync });
    }

    /// <summary>Held by the container, so that it is let go when the host is disposed.</summary>
    private sealed class DataLock(DataDirectory data) : IDisposable
    {
        private readonly IDisposable held = data.TryLock() ?? throw new StartRefusedException(
            $"Another process serves the data in {data}. Stop it, or set --data to another folder.");

        public void Dispose() => held.Dispose();
    }
}
