using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Operating;

/// <summary>The host: how it is configured, bounded, started and refused.</summary>
public static class Server
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Serves until told to stop.</summary>
    public static Task<int> RunAsync(ServeArguments arguments) => RefuseOrAsync(async () =>
    {
        await using var app = await Program.BuildAsync(arguments);
        await app.RunAsync();
        return 0;
    });

    /// <summary>Turns what an operator can mend into one line and exit code 1.</summary>
    public static async Task<int> RefuseOrAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (WhatToMend(e) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return 1;
        }
    }

    /// <summary>Finds its settings beside the executable, from whatever folder that is started.</summary>
    public static WebApplicationBuilder CreateBuilder(ServeArguments arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Server).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            // A file watcher below the content root would watch the data folder too, file by file.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseUrls(Readable(arguments.Urls ?? builder.Configuration["urls"] ?? DefaultUrls));
        builder.WebHost.ConfigureKestrel(Bound);
        // Outside Development too: before it is published, what pages load lies where it was built.
        builder.WebHost.UseStaticWebAssets();
        // They do not change while it runs, wherever they lie: browsers may keep them.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }

    /// <summary>Reads every setting once, so that a wrong one is known before anything is opened.</summary>
    public static void CheckSettings(this WebApplication app) =>
        app.Services.GetRequiredService<IStartupValidator>().Validate();

    private static string Readable(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                throw new StartRefusedException($"{url} is no address. Set --urls to one such as {DefaultUrls}.");
            }
        }

        return urls;
    }

    private static void Bound(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestLimits.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Phones on bad connections are our people: slow is fine, silent is not.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 64, TimeSpan.FromSeconds(15));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 64, TimeSpan.FromSeconds(15));
    }

    internal static string? WhatToMend(Exception e) => e switch
    {
        StartRefusedException or DatabaseRefusedException => e.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        AggregateException several when several.InnerExceptions.All(it => WhatToMend(it) is not null) =>
            string.Join(" ", several.InnerExceptions.Select(WhatToMend)),
        IOException { InnerException: AddressInUseException } => $"{e.Message} Set --urls to another address.",
        // The configuration binder has no type of its own for what it cannot read.
        InvalidOperationException when e.Message.Contains("ErrorOnUnknownConfiguration", StringComparison.Ordinal) =>
            $"There is no such setting: {e.Message[(e.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}.",
        InvalidOperationException when e.Message.Contains("configuration value", StringComparison.Ordinal) => e.Message,
        _ => null,
    };
}
