using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>Takes mail to the configured SMTP server.</summary>
internal sealed class SmtpSender(IOptions<MailSettings> settings, IOptions<SiteSettings> site, TimeProvider time)
    : IMailSender
{
    private const int TimeoutMs = 30_000;

    public bool IsReady => settings.Value.Host is not null;

    public IMailLine Open() => new Line(this);

    /// <summary>Every text is here in both forms; readers show the one they prefer.</summary>
    private MimeMessage MessageOf(Mail mail)
    {
        if (!MailboxAddress.TryParse(mail.To, out var to) || to.Address != mail.To)
            throw new NotSentException("address-malformed", isPermanent: true);
        var sender = settings.Value.Sender!;
        var domain = site.Value.Url is { } url ? new Uri(url).IdnHost : sender.Domain;
        var body = new BodyBuilder { TextBody = mail.Text.Plain, HtmlBody = mail.Text.Html }.ToMessageBody();
        body.Headers[HeaderId.ContentLanguage] = mail.Text.Language;
        return new MimeMessage([sender], [to], mail.Text.Subject, body)
        {
            MessageId = $"{mail.Id}@{domain}",
            Date = time.GetUtcNow(),
            // So that no holiday notice is sent back to us (RFC 3834).
            Headers = { { "Auto-Submitted", "auto-generated" } },
        };
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken stop)
    {
        var mail = settings.Value;
        var client = new SmtpClient { Timeout = TimeoutMs };
        try
        {
            await client.ConnectAsync(mail.Host!, mail.PortToUse, mail.SocketOptions, stop);
            if (mail.User is not null) await client.AuthenticateAsync(mail.User, mail.Password!, stop);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Why, as a code: what servers write may have addresses in it.</summary>
    private static NotSentException Why(Exception exception) => exception switch
    {
        NotSentException it => it,
        SmtpCommandException it => new(
            $"smtp-{(int)it.StatusCode}",
            (int)it.StatusCode >= 500
                && it.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted),
        AuthenticationException => new("authentication"),
        SslHandshakeException => new("tls"),
        NotSupportedException => new("not-supported"),
        TimeoutException => new("timeout"),
        SocketException or IOException or SmtpProtocolException or ServiceNotConnectedException => new("unreachable"),
        _ => new("failed"),
    };

    private sealed class Line(SmtpSender sender) : IMailLine
    {
        private SmtpClient? client;

        public async Task SendAsync(Mail mail, CancellationToken stop)
        {
            try
            {
                using var message = sender.MessageOf(mail);
                client ??= await sender.ConnectAsync(stop);
                await client.SendAsync(message, stop);
            }
            catch (Exception exception)
            {
                // The next message gets a new connection: nobody knows what state this one is in.
                client?.Dispose();
                client = null;
                if (exception is OperationCanceledException) throw;
                throw Why(exception);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (client is null) return;
            try
            {
                await client.DisconnectAsync(quit: true);
            }
            catch (Exception exception) when (exception is IOException or ProtocolException or SocketException)
            {
                // All that was to be sent has been taken.
            }

            client.Dispose();
        }
    }
}
