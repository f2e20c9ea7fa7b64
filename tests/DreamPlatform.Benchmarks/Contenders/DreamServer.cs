using DreamPlatform.Benchmarks.Runs;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Operating;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>The real application; U1 is the same with nothing kept.</summary>
internal static class DreamServer
{
    public static async Task<WebApplication> BuildAsync(ServeOptions options)
    {
        Environment.SetEnvironmentVariable("Payments__Sandbox__Enabled", "true");
        Environment.SetEnvironmentVariable("Payments__Sandbox__Secret", "a secret for benchmarks only");
        Environment.SetEnvironmentVariable("Database__Postgres", options.Postgres);
        // They are asked at every request as ever, but a few accounts pledge here for many.
        Environment.SetEnvironmentVariable("RateLimits__AccountBurst", "100000000");
        Environment.SetEnvironmentVariable("RateLimits__AccountPerMinute", "100000000");
        var app = await Web.Program.BuildAsync(
            new ServeArguments(Demo: false, options.Data, ServeOptions.AnyPort),
            adjust: builder => { if (options.Contender == Contender.Memory) KeepNothing(builder.Services); });
        if (!options.IsSeeding) return app;
        await Seed.FillAsync(app.Services.GetRequiredService<CommitLog>(), TimeProvider.System.GetUtcNow());
        await Donors.CreateAsync(app.Services);
        return app;
    }

    private static void KeepNothing(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(provider =>
    {
        // Held open: readers of a SQLite file need a writer beside them.
        var file = provider.GetRequiredService<Database>().OpenToWrite();
        var tables = new MemoryTables(file);
        return new CommitLog(
            () => new MemorySession(tables), provider.GetRequiredService<Storage.JournalOptions>().CommitLog,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Failpoints>(),
            provider.GetRequiredService<ILogger<CommitLog>>());
    }));
}
