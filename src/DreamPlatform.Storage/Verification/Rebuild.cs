using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Search;

namespace DreamPlatform.Storage.Verification;

/// <summary>
/// Makes the read models anew from the journal and the published texts. Only while no process serves.
/// </summary>
public static class Rebuild
{
    private const int PageStreams = 1_000;

    /// <summary>
    /// Folds every stream and writes what follows from it, in one transaction; how many streams that were.
    /// </summary>
    /// <exception cref="DatabaseRefusedException">
    /// Another process serves it, or only a newer release reads it.
    /// </exception>
    public static long Run(Database database)
    {
        database.CheckSchema();
        if (database.IsServed())
            throw new DatabaseRefusedException("A server uses this database. Stop it, then rebuild.");
        using var connection = database.Open();
        using var session = database.Connect();
        session.BeginLong();
        session.Run([.. BatchWrites.DerivedTables.Select(derived =>
            new Write(Statement.DeleteAll(derived.Statement.Table, derived.Which), [[]]))]);
        var streams = 0L;
        foreach (var page in JournalFold.Streams(database, connection).Chunk(PageStreams))
        {
            var writes = new Writes();
            var balances = new Dictionary<LedgerAccount, Balance>();
            session.Run([BatchReads.Balances(
                page.Select(stream => stream.State).OfType<Wish>().Select(wish => wish.Account), balances.Add)]);
            foreach (var stream in page) writes.Folded(stream, account => balances.GetValueOrDefault(account));
            session.Run(BatchWrites.Derived(writes));
            SearchIndex.Write(session, [.. page.Select(stream => Searched.Of(stream.State)).OfType<Searched>()]);
            streams += page.Length;
        }

        session.Commit();
        return streams;
    }
}
