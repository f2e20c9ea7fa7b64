using System.Globalization;
using System.Security.Cryptography;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.People;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages.Texts;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>Letters about accounts, which wait beside the accounts.</summary>
internal sealed class LetterSource(
    IServiceScopeFactory scopes, IGrainFactory grains, Languages languages, MessageWriter writer, TimeProvider time)
    : IMessageSource
{
    public async Task<IReadOnlyList<OwedMessage>> ClaimAsync(int most, TimeSpan claimedFor)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var (now, claimed) = (time.GetUtcNow(), new List<OwedMessage>());
        var until = now + claimedFor;
        foreach (var letter in await db.Letters.AsNoTracking().Where(it => it.NextAt <= now)
            .OrderBy(it => it.NextAt).Take(most).ToListAsync())
        {
            // Whoever moves its time first has it.
            var isOurs = await db.Letters.Where(it => it.Id == letter.Id && it.NextAt == letter.NextAt)
                .ExecuteUpdateAsync(set => set.SetProperty(it => it.NextAt, until));
            if (isOurs == 1) claimed.Add(new OwedLetter(this, letter));
        }

        return claimed;
    }

    private async Task<Written> WriteAsync(Letter letter)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (address, values) = Open(scope.ServiceProvider.GetRequiredService<Letters>(), letter);
        var chosen = letter.AccountId is { } account ? await ChosenAsync(account) : null;
        var language = chosen ?? Letters.LanguageOf(values) ?? languages.Default;
        var text = writer.Write(letter.Topic, language, ValuesOf(values), TextBook.BelowLetters);
        return new Written(new Mail(letter.Id, letter.AccountId, letter.Topic, address, text), Sms: null);
    }

    /// <summary>The language that somebody chose. A profile that cannot be read keeps no letter back.</summary>
    private async Task<Language?> ChosenAsync(Guid account)
    {
        try
        {
            return (await grains.GetProfile(new AccountId(account)).Get()).Language;
        }
        catch (Exception exception) when (exception.Unreadable() is not null)
        {
            return null;
        }
    }

    private static (string, IReadOnlyDictionary<string, string>) Open(Letters letters, Letter letter)
    {
        try
        {
            return letters.Open(letter);
        }
        catch (CryptographicException)
        {
            throw new NotSentException("unreadable", isPermanent: true);
        }
    }

    private static TextValues ValuesOf(IReadOnlyDictionary<string, string> letter)
    {
        var values = new TextValues();
        foreach (var (name, value) in letter)
        {
            values[name] = name is "at" or "expiresAt" && DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant
                : value;
        }

        return values;
    }

    private async Task ChangeAsync(Guid letter, Func<IQueryable<Letter>, Task> change)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        await change(db.Letters.Where(it => it.Id == letter));
    }

    private sealed record OwedLetter(LetterSource Source, Letter Letter)
        : OwedMessage(Letter.Id, Letter.AccountId ?? Letter.Id, Letter.Topic, Letter.Attempts)
    {
        public override Task<Written> WriteAsync() => Source.WriteAsync(Letter);

        public override Task DoneAsync() => Source.ChangeAsync(Id, letter => letter.ExecuteDeleteAsync());

        public override Task FailedAsync(DateTimeOffset nextAt, string error) => Source.ChangeAsync(
            Id, letter => letter.ExecuteUpdateAsync(set => set
                .SetProperty(it => it.NextAt, nextAt).SetProperty(it => it.LastError, error)
                .SetProperty(it => it.Attempts, it => it.Attempts + 1)));
    }
}
