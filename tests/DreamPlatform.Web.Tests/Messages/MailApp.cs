using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Grains.People;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Messages.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>A platform that sends its mail to a test's server, when the test says so.</summary>
public sealed class MailApp : IAsyncDisposable
{
    private MailApp(TestApp app, StillClock time) => (App, Time) = (app, time);

    public TestApp App { get; }

    public StillClock Time { get; }

    internal Courier Courier => App.Services.GetRequiredService<Courier>();

    public IGrainFactory Grains => App.Services.GetRequiredService<IGrainFactory>();

    /// <param name="goesByItself">Whether the courier goes every second, and not only when the test sends it.</param>
    public static async Task<MailApp> StartAsync(
        MailServer server, string? data = null, bool isDemo = false, bool goesByItself = false,
        Action<WebApplicationBuilder>? adjust = null, params (string, string?)[] settings)
    {
        var time = new StillClock();
        var all = server.Settings;
        foreach (var (name, value) in settings) all[name] = value;
        return new MailApp(
            await TestApp.StartAsync(new()
            {
                Data = data,
                Time = time,
                Demo = isDemo,
                Settings = all,
                SendsMail = goesByItself,
                Adjust = adjust,
            }),
            time);
    }

    /// <summary>An account; nobody has to sign in to be written to.</summary>
    public async Task<AccountId> PersonAsync(string email)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var account = new Account
        {
            Email = email,
            UserName = email,
            NormalizedEmail = email.ToUpperInvariant(),
            NormalizedUserName = email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = "stamp",
        };
        db.Users.Add(account);
        await db.SaveChangesAsync();
        return new AccountId(account.Id);
    }

    /// <summary>Has the courier send what is due until nothing is.</summary>
    public async Task DeliverAsync()
    {
        while (await Courier.DeliverAsync() > 0)
        {
        }
    }

    /// <summary>Writes a letter as accounts do.</summary>
    public async Task LetterAsync(
        Guid? account, string address, string topic, params (string Name, string Value)[] values)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Letters>().Add(account, address, topic, values);
        await scope.ServiceProvider.GetRequiredService<AccountsDb>().SaveChangesAsync();
    }

    internal async Task<IReadOnlyList<MessageRow>> OwedAsync(bool isStuck = false)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MessageDesk>().ListAsync(isStuck, null, 100);
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<Row, T> map) =>
        App.Services.GetRequiredService<JournalReader>().Query(sql, map);

    public IProfileGrain Profile(AccountId account) => Grains.GetProfile(account);

    /// <summary>Has an owner do something, and expects it to.</summary>
    public async Task<CommandAccepted> DoAsync(StreamId owner, Actor actor, Command command)
    {
        var id = Guid.CreateVersion7();
        return Assert.IsType<CommandAccepted>(await Grains.GetOwner(owner).Execute(
            new Envelope(new CommandId(id), actor, new Fingerprint(id), command)));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
