using DreamPlatform.Storage.Files.Sanitizing;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Demo;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Operating;
using DreamPlatform.Web.Payments;
using DreamPlatform.Web.People;
using DreamPlatform.Web.Site;

namespace DreamPlatform.Web;

/// <summary>The one executable: what it is put together from, in order.</summary>
public static class Program
{
    public static Task<int> Main(string[] arguments) => SanitizerChild.IsMeant(arguments)
        ? Task.FromResult(SanitizerChild.Run(arguments))
        : CommandLine.RunAsync(arguments);

    /// <summary>The server, ready to run: data locked, settings checked, databases up to date.</summary>
    /// <param name="settings">Settings that go before those of files and the environment.</param>
    /// <param name="adjust">Changes services before the server is built.</param>
    public static async Task<WebApplication> BuildAsync(
        ServeArguments arguments, IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = Server.CreateBuilder(arguments);
        builder.Configuration.AddInMemoryCollection(settings);
        var data = builder.AddOperating(arguments);
        builder.AddKeys(data);
        builder.AddPageProblems();
        builder.AddErrors();
        builder.AddProxies();
        builder.AddRateLimits();
        builder.AddAccounts(arguments, data);
        builder.AddPayments(arguments);
        builder.AddPlatform(arguments, data);
        builder.AddFiles(arguments, data);
        builder.AddMessages(arguments);
        builder.AddPeople();
        builder.AddDemo(arguments);
        builder.AddApiDocument();
        builder.AddSite();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.CheckSettings();
        app.LockData();
        app.PreparePlatform(arguments);
        await app.PrepareFilesAsync();
        await app.PrepareAccountsAsync(arguments);

        app.MapOperating();
        if (!arguments.IsWeb) return app;

        app.UseProxies();
        app.UseSecurityHeaders();
        app.UseVisitors();
        app.UseErrors();
        app.UseAccounts();
        app.UseForms();
        app.MapAccounts();
        app.MapPlatform();
        app.MapMessages(arguments);
        app.MapApiDocument();
        app.MapSite();
        return app;
    }
}
