using DreamPlatform.Web.Messages.Sending;
using DreamPlatform.Web.Messages.Texts;
using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.Messages;

/// <summary>Messages to people.</summary>
internal static class MessageSetup
{
    /// <summary>After the silo, so that messages are no longer sent when it stops.</summary>
    public static void AddMessages(this WebApplicationBuilder builder, ServeArguments arguments)
    {
        builder.AddSettings<SiteSettings>("Site").Validate(
            site => site.Url is null || (Uri.TryCreate(site.Url, UriKind.Absolute, out var url)
                && url is { Scheme: "https" or "http", Query: "", Fragment: "" }),
            "Set Site:Url to the address of the platform, such as https://wishes.example.org.");
        MailSettings.Add(builder);
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddScoped<Letters>();
        services.AddScoped<MessageDesk>();
        services.AddSingleton<Links>();
        services.AddSingleton<Languages>();
        services.AddSingleton<Currencies>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<News>();
        services.AddSingleton<DemoOutbox>();
        services.AddSingleton<IMessageSource, LetterSource>();
        services.AddSingleton<IMessageSource, DueSource>();
        AddSenders(services, arguments.Demo);
        services.AddSingleton<Courier>();
        if (arguments.IsWeb) services.AddHostedService<CourierRounds>();
    }

    public static void MapMessages(this WebApplication app, ServeArguments arguments)
    {
        app.MapMessageEndpoints();
        app.MapChoiceEndpoints();
        app.MapProfileEndpoints();
        if (arguments.Demo) app.MapOutboxEndpoint();
    }

    /// <summary>A demo sends nothing, whatever is configured.</summary>
    private static void AddSenders(IServiceCollection services, bool isDemo)
    {
        if (isDemo)
        {
            services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<DemoOutbox>());
            services.AddSingleton<ISmsSender>(provider => provider.GetRequiredService<DemoOutbox>());
        }
        else
        {
            services.AddSingleton<IMailSender, SmtpSender>();
        }
    }
}
