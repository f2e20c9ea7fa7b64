using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using ServiceProvider = SmtpServer.ComponentModel.ServiceProvider;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>A real SMTP server in this process, which can be stopped and started again on its port.</summary>
public sealed class MailServer : IMessageStore, IMailboxFilter, IUserAuthenticator, IAsyncDisposable
{
    private readonly ConcurrentQueue<MimeMessage> received = [];
    private SmtpServer.SmtpServer? server;
    private Task running = Task.CompletedTask;

    /// <summary>The messages it has taken, in order.</summary>
    public IReadOnlyList<MimeMessage> Received => [.. received];

    public int Port { get; } = FreePort();

    /// <summary>How it answers to a recipient; null takes them.</summary>
    public Func<string, SmtpResponse?> AtRecipient { get; set; } = _ => null;

    /// <summary>How it answers to a message; null takes it.</summary>
    public Func<MimeMessage, SmtpResponse?> AtMessage { get; set; } = _ => null;

    public (string User, string Password)? Account { get; init; }

    public X509Certificate2? Certificate { get; init; }

    /// <summary>How often somebody connected.</summary>
    public int Sessions { get; private set; }

    /// <summary>How often a recipient was named.</summary>
    public int Attempts { get; private set; }

    /// <summary>The settings of a platform that sends its mail here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = $"{Port}",
        ["Mail:Security"] = Certificate is null ? "none" : "starttls",
        ["Mail:From"] = "圆梦 <hello@wishes.example>",
        ["Mail:User"] = Account?.User,
        ["Mail:Password"] = Account?.Password,
        ["Site:Url"] = "https://wishes.example.org",
    };

    public static MailServer Started()
    {
        var server = new MailServer();
        server.Start();
        return server;
    }

    public void Start()
    {
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilter)this);
        services.Add((IUserAuthenticator)this);
        server = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("mail.test").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
            endpoint.AllowUnsecureAuthentication(true);
            endpoint.AuthenticationRequired(Account is not null);
            if (Certificate is not null) endpoint.Certificate(Certificate);
        }).Build(), services);
        server.SessionCreated += (_, _) => Sessions++;
        running = server.StartAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        server?.Shutdown();
        await running;
    }

    public Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        var message = MimeMessage.Load(bytes, cancellationToken);
        if (AtMessage(message) is { } refusal) return Task.FromResult(refusal);
        received.Enqueue(message);
        return Task.FromResult(SmtpResponse.Ok);
    }

    public Task<bool> CanAcceptFromAsync(
        ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(
        ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
    {
        Attempts++;
        return AtRecipient(to.AsAddress()) is { } refusal
            ? throw new SmtpResponseException(refusal)
            : Task.FromResult(true);
    }

    public Task<bool> AuthenticateAsync(
        ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
        Task.FromResult(Account == (user, password));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Certificate?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
