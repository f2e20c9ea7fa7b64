using System.Net;
using DreamPlatform.Web.Operating;
using MailKit.Security;
using MimeKit;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>"Mail": the SMTP server that takes our mail.</summary>
public sealed class MailSettings
{
    /// <summary>The server's name; without one, messages wait.</summary>
    public string? Host { get; set; }

    /// <summary>465 with tls, 587 with starttls and 25 with none, unless set.</summary>
    public int? Port { get; set; }

    /// <summary>How the connection is kept secret: tls, starttls or none.</summary>
    public string Security { get; set; } = "starttls";

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Who it comes from, such as "DreamPlatform &lt;hello@wishes.example.org&gt;".</summary>
    public string? From { get; set; }

    internal int PortToUse => Port ?? Security switch { "tls" => 465, "starttls" => 587, _ => 25 };

    internal SecureSocketOptions SocketOptions => Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "starttls" => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    internal MailboxAddress? Sender =>
        From is not null && MailboxAddress.TryParse(From, out var address) && address.Domain.Length > 0
            ? address
            : null;

    internal static void Add(WebApplicationBuilder builder) => builder.AddSettings<MailSettings>("Mail")
        .Validate(
            mail => mail.Host is null || mail.Sender is not null,
            "Set Mail:From to the address that mail comes from, such as Wishes <hello@wishes.example.org>.")
        .Validate(
            mail => mail.Host is not null || mail is { From: null, User: null, Password: null },
            "Set Mail:Host to the SMTP server, or leave out all of Mail.")
        .Validate(mail => mail.Port is null or (> 0 and <= 65_535), "Set Mail:Port to a number from 1 to 65535.")
        .Validate(
            mail => mail.Security is "none" or "starttls" or "tls", "Set Mail:Security to none, starttls or tls.")
        .Validate(
            mail => mail.User is null == mail.Password is null, "Set both Mail:User and Mail:Password, or neither.")
        .Validate(
            mail => mail.Password is null || mail.Security != "none" || IsLocal(mail.Host),
            "Set Mail:Security to starttls or tls: a password is not sent in the clear.");

    private static bool IsLocal(string? host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
