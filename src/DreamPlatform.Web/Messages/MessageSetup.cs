using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.Messages;

/// <summary>Mail to people.</summary>
internal static class MessageSetup
{
    public static void AddMessages(this WebApplicationBuilder builder)
    {
        builder.AddSettings<SiteSettings>("Site").Validate(
            site => site.Url is null || (Uri.TryCreate(site.Url, UriKind.Absolute, out var url)
                && url is { Scheme: "https" or "http", Query: "", Fragment: "" }),
            "Set Site:Url to the address of the platform, such as https://wishes.example.org.");
        builder.Services.AddScoped<Letters>();
        builder.Services.AddSingleton<Links>();
    }
}
