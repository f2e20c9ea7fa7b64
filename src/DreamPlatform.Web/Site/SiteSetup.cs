using System.Text.Encodings.Web;
using System.Text.Unicode;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Site.Account;
using DreamPlatform.Web.Site.Applying;
using DreamPlatform.Web.Site.Compression;
using DreamPlatform.Web.Site.Forms;
using DreamPlatform.Web.Site.Giving;
using DreamPlatform.Web.Site.Proofs;
using DreamPlatform.Web.Site.Sharing;
using DreamPlatform.Web.Site.SigningIn;
using DreamPlatform.Web.Site.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace DreamPlatform.Web.Site;

/// <summary>
/// The website: Razor components rendered on the server, without a circuit, over the same handlers, queries and grains
/// as the API. A page is a folder's *.razor file with @page; a form is a <see cref="PageForm"/>.
/// </summary>
internal static class SiteSetup
{
    /// <summary>Before the problems of the API: the first writer that can is used.</summary>
    public static void AddPageProblems(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IProblemDetailsWriter, PageProblems>();

    public static void AddSite(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        // Chinese as it is, not as numbers: a third of the bytes.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddLocalization();
        services.AddScoped<Visitor>();
        services.AddScoped<GiveTargets>();
        services.AddCompression();
        services.AddSingleton<Formats>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<Once>();
        services.AddSingleton<SentTo>();
        services.AddScoped<Holdings>();
        services.AddSingleton<ProblemWords>();
        services.AddSingleton<Steps>();
        services.AddScoped<OnBehalf>();
        services.AddScoped<Drafts>();
        services.AddScoped<FormFiles>();
        services.AddSingleton<WaitingFiles>();
    }

    /// <summary>Before anything is refused: in which language, and with which cookies.</summary>
    public static void UseVisitors(this WebApplication app)
    {
        app.UseMiddleware<HostCookies>();
        app.Use(SiteLanguage.ChooseAsync);
        app.Use(SentForm.PrepareAsync);
    }

    /// <summary>After it is known who sends a form: that it is from a page of ours.</summary>
    public static void UseForms(this WebApplication app)
    {
        app.Use(ShowWhatIsThere);
        app.Use(SentForm.ReceiveAsync);
        // Files take their time: by now its sender's role or session may have ended.
        app.UseWhen(http => SentForm.Of(http) is not null, late =>
        {
            late.UseMiddleware<FindCaller>();
            late.UseAuthorization();
        });
        app.UseAntiforgery();
        app.Use(KeptForms.RefuseForgedAsync);
        app.Use(KeepNothing);
        app.UseResponseCompression();
    }

    public static void MapSite(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        // HEAD as well, which the framework leaves out: programs that check links ask so, and get no body.
        app.MapRazorComponents<App>().WithMetadata(
            SitePage.Instance, SitePage.Policy, new ExcludeFromDescriptionAttribute(),
            new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head, HttpMethods.Post]));
        var pages = app.MapGroup("").WithMetadata(SitePage.Instance, SitePage.Policy).ExcludeFromDescription();
        pages.MapGet("/language/{tag}", SiteLanguage.Switch);
        pages.MapGet("/wishes/{id:guid}/qr.svg", QrCodes.OfWish);
        pages.MapGet("/files/{id:guid}", FileEndpoints.Fetch).RequireAuthorization()
            .WithMetadata(new ContentPolicy("sandbox"));
        pages.MapOwnFiles();
        pages.MapPost(KeptForms.Path, KeptForms.Show).RequireAuthorization().WithMetadata(
            new TakesKeptFormAttribute(), SecondFactorLater.Instance);
        pages.MapPost(KeptForms.AgainPath, KeptForms.AskAgain).WithMetadata(
            new RequireAntiforgeryTokenAttribute(), SecondFactorLater.Instance);
        pages.MapGet("/me/data/download", DataDownload.Get).RequireAuthorization();
        pages.MapPost("/sign-out", SignOut.Post).WithMetadata(
            new RequireAntiforgeryTokenAttribute(), SecondFactorLater.Instance);
    }

    /// <summary>
    /// A form that its page has no more, because it was sent before and did what it was for: the framework answers 400 and
    /// nothing else. Its sender is shown the page as it is now.
    /// </summary>
    private static async Task ShowWhatIsThere(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (HttpMethods.IsPost(http.Request.Method) && !http.Response.HasStarted
            && http.Response.StatusCode == StatusCodes.Status400BadRequest
            && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            http.Response.Redirect(http.Request.Path + http.Request.QueryString);
    }

    /// <summary>What somebody sees who is signed in stays with them; everybody else gets a fresh page too.</summary>
    private static Task KeepNothing(HttpContext http, RequestDelegate next)
    {
        if (SitePage.IsAskedFor(http))
        {
            var isOwn = http.Features.Get<Accounts.Caller>() is not null || HttpMethods.IsPost(http.Request.Method);
            http.Response.Headers.CacheControl = isOwn ? "no-store" : "no-cache";
            http.Response.Headers.Vary = "Accept-Language, Cookie";
        }

        return next(http);
    }
}
