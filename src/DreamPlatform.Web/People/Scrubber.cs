using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Web.Accounts;

namespace DreamPlatform.Web.People;

/// <summary>
/// Has what was deleted leave the files of the embedded databases too, where it would stay in a log until that is written
/// over. Pages are overwritten when a row is deleted (secure_delete). A database server has its own ways.
/// </summary>
internal sealed class Scrubber(Database journal, VaultOptions vault, PersonKeys keys, AccountsHome accounts)
{
    /// <summary>Others read and write for a moment; whoever does so for longer is waited for by asking again.</summary>
    private const int MaxTries = 20;

    /// <summary>In real time, whatever clock the platform has: it is other readers that are waited for.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    /// <exception cref="NotForgottenException">Somebody stood in the way.</exception>
    public async Task Scrub()
    {
        await Scrub("keys", () => Task.FromResult(keys.Scrub()));
        await Scrub("journal", journal.Scrub);
        if (vault.SqlitePath is { } path) await Scrub("vault", () => Task.FromResult(new SqliteFile(path).Scrub()));
        await Scrub("accounts", accounts.Scrub);
    }

    private static async Task Scrub(string what, Func<Task<bool>> scrub)
    {
        for (var tries = 1; !await scrub(); tries++)
        {
            if (tries == MaxTries) throw new NotForgottenException($"the log of the {what}");
            await Task.Delay(Moment, TimeProvider.System);
        }
    }
}
