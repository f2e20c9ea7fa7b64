using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Tests.Messages;

public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("Mail:From", "Mail:Host=mail.example.org")]
    [InlineData("Mail:From", "Mail:Host=mail.example.org", "Mail:From=nobody")]
    [InlineData("Mail:From", "Mail:Host=mail.example.org", "Mail:From=a@example.org\r\nBcc: b@example.org")]
    [InlineData("Mail:Host", "Mail:From=a@example.org")]
    [InlineData("Mail:Port", "Mail:Host=mail.example.org", "Mail:From=a@example.org", "Mail:Port=65536")]
    [InlineData("Mail:Port", "Mail:Host=mail.example.org", "Mail:From=a@example.org", "Mail:Port=0")]
    [InlineData("Mail:Security", "Mail:Host=mail.example.org", "Mail:From=a@example.org", "Mail:Security=ssl")]
    [InlineData("Mail:Password", "Mail:Host=mail.example.org", "Mail:From=a@example.org", "Mail:User=a")]
    [InlineData("clear", "Mail:Host=mail.example.org", "Mail:From=a@example.org", "Mail:User=a", "Mail:Password=b", "Mail:Security=none")]
    public async Task A_wrong_setting_stops_the_start_with_what_to_set(string named, params string[] settings)
    {
        var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => TestApp.StartAsync(new()
        {
            Settings = settings.Select(setting => setting.Split('=', 2)).ToDictionary(it => it[0], it => (string?)it[1]),
        }));

        Assert.Contains(named, string.Join(' ', refused.Failures), StringComparison.Ordinal);
        Assert.StartsWith("Set ", refused.Failures.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls", null, 465)]
    [InlineData("starttls", null, 587)]
    [InlineData("none", null, 25)]
    [InlineData("tls", 2465, 2465)]
    public void The_port_follows_from_how_the_connection_is_kept_secret(string security, int? port, int expected) =>
        Assert.Equal(expected, new Web.Messages.Sending.MailSettings { Security = security, Port = port }.PortToUse);
}
