using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>
/// One browser and one demo app for all page tests. The environment names the browser; without one these tests are
/// skipped, as those for PostgreSQL are without a server. tests/run.sh always names one.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Variable = "DREAMPLATFORM_BROWSER";

    public const string Skip = $"Needs a browser: set {Variable}, as tests/run.sh does.";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public static bool IsGiven => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Skips a test where there is no browser.</summary>
    public static void Require() => Assert.SkipUnless(IsGiven, Skip);

    public TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!IsGiven) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable(Variable),
            Args = ["--no-sandbox"],
        });
        // Everybody of these tests comes from one address.
        App = await TestApp.StartAsync(new()
        {
            Demo = true,
            Settings = { ["RateLimits:CredentialsPerMinute"] = "10000" },
        });
    }

    /// <summary>A visitor with a browser profile of their own.</summary>
    public async Task<Guest> VisitAsync(GuestOptions? options = null)
    {
        options ??= new();
        var site = options.At ?? App.Address;
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            Locale = options.Language,
            ColorScheme = options.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = options.HasScript,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = options.Width, Height = 800 },
        });
        context.SetDefaultTimeout(15_000);
        var guest = new Guest(await context.NewPageAsync());
        if (options.As is not { } name) return guest;
        // By the form as people do, but without a browser, in which it would take most of the time of a test.
        var cookies = await Cookies.OfAsync(site, name);
        await context.AddCookiesAsync(cookies.Select(it => new Cookie
        {
            Name = it.Name,
            Value = it.Value,
            Url = site.ToString(),
            HttpOnly = it.HttpOnly,
        }));
        return guest;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (IsGiven) await App.DisposeAsync();
    }
}

/// <summary>How somebody comes.</summary>
public sealed record GuestOptions
{
    /// <summary>The server that they come to; the demo app of all page tests when null.</summary>
    public Uri? At { get; init; }

    /// <summary>The first part of a demo address to sign in as; nobody when null.</summary>
    public string? As { get; init; }

    public string Language { get; init; } = "zh-CN";

    public bool IsDark { get; init; }

    public bool HasScript { get; init; } = true;

    public int Width { get; init; } = 1280;
}
