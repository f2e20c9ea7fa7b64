using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.People;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages.Texts;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>Messages about wishes and pledges, which wait beside the journal.</summary>
internal sealed class DueSource(
    DueRows rows, News news, IServiceScopeFactory scopes, IGrainFactory grains, Languages languages,
    MessageWriter writer, IEnumerable<ISmsSender> phones, TimeProvider time) : IMessageSource
{
    public async Task<IReadOnlyList<OwedMessage>> ClaimAsync(int most, TimeSpan claimedFor) =>
    [
        .. (await rows.Claim(DueKind.Message, time.GetUtcNow(), most, claimedFor))
            .Select(due => new OwedTelling(this, rows, due)),
    ];

    private async Task<Written> WriteAsync(Due due)
    {
        var (recipient, topic) = due.Telling!;
        var address = await AddressOf(recipient);
        var profile = await grains.GetProfile(recipient).Get();
        if (address is null || !profile.Wants(topic) || await news.About(due) is not { } values)
            return Written.Nothing;

        var (name, language) = (Names.Of(topic), profile.Language ?? languages.Default);
        var mail = profile.ByMail
            ? new Mail(
                due.Subject, recipient.Value, name, address,
                writer.Write(name, language, values, TextBook.BelowNews))
            : null;
        return new Written(mail, SmsOf(due, profile, language, values));
    }

    private Sms? SmsOf(Due due, Profile profile, Language language, TextValues values)
    {
        var (recipient, topic) = due.Telling!;
        return phones.Any() && profile is { BySms: true, Phone: { } phone } && TextBook.OnPhones.Contains(topic)
            ? new Sms(
                due.Subject, recipient.Value, Names.Of(topic), phone, writer.WriteShort(topic, language, values),
                values.Link)
            : null;
    }

    /// <summary>Null when there is no such account any more.</summary>
    private async Task<string?> AddressOf(AccountId account)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users
            .Where(it => it.Id == account.Value).Select(it => it.Email).SingleOrDefaultAsync();
    }

    private sealed record OwedTelling(DueSource Source, DueRows Rows, Due Due)
        : OwedMessage(
            Due.Subject, Due.Telling?.Recipient.Value ?? Due.Subject,
            Due.Telling is { } telling ? Names.Of(telling.Topic) : "unknown", Due.Attempts)
    {
        public override Task<Written> WriteAsync() => Due.Telling is null
            ? throw new NotSentException("topic-unknown", isPermanent: true)
            : Source.WriteAsync(Due);

        public override Task DoneAsync() => Rows.Remove(Due);

        public override Task FailedAsync(DateTimeOffset nextAt, string error) => Rows.Postpone(Due, nextAt, error);
    }
}
