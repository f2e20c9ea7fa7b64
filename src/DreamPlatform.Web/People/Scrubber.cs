using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.People;

/// <summary>
/// Has what was deleted leave the files of the embedded databases too, where it would stay in a log until that is written
/// over. Pages are overwritten when a row is deleted (secure_delete). A database server has its own ways.
/// </summary>
internal sealed class Scrubber(Database journal, VaultOptions vault, DataDirectory data)
{
    /// <exception cref="NotForgottenException">A database was too busy.</exception>
    public void Scrub()
    {
        if (!journal.Scrub()) throw new NotForgottenException("the log of the journal");
        if (vault.SqlitePath is { } path && !new SqliteFile(path).Scrub())
            throw new NotForgottenException("the log of the vault");
        if (!new SqliteFile(data.File("accounts.db")).Scrub())
            throw new NotForgottenException("the log of the accounts");
    }
}
