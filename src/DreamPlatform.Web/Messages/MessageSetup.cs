using System.Text.RegularExpressions;
using DreamPlatform.Web.Messages.Sending;
using DreamPlatform.Web.Messages.Texts;
using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.Messages;

/// <summary>Messages to people.</summary>
internal static partial class MessageSetup
{
    [GeneratedRegex(@"^\+?[0-9][0-9 -]{2,18}$")]
    private static partial Regex HelpPhone();

    /// <summary>After the silo, so that messages are no longer sent when it stops.</summary>
    public static void AddMessages(this WebApplicationBuilder builder, ServeArguments arguments)
    {
        builder.AddSettings<SiteSettings>("Site").Validate(
            site => site.Url is null || (Uri.TryCreate(site.Url, UriKind.Absolute, out var url)
                && url is { Scheme: "https" or "http", Query: "", Fragment: "" }),
            "Set Site:Url to the address of the platform, such as https://wishes.example.org.")
            .Validate(
                site => site.HelpPhone is null || HelpPhone().IsMatch(site.HelpPhone),
                "Set Site:HelpPhone to a telephone number, such as +86 400 000 0000.")
            .PostConfigure(site => site.HelpPhone ??= arguments.Demo ? "400-000-0000" : null);
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
