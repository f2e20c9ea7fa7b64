using System.Data.Common;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Verification;

/// <summary>One invariant, whether it holds, and the figure that shows it.</summary>
/// <param name="Number">As in docs/architecture.md.</param>
public sealed record Finding(int Number, string Invariant, bool Holds, string Figure);

/// <summary>Checks on one snapshot of a live or stopped database what must always hold.</summary>
public static class Verifier
{
    /// <summary>The findings, in the order of their numbers.</summary>
    /// <exception cref="DatabaseRefusedException">Only a newer release reads this database.</exception>
    public static IReadOnlyList<Finding> Run(Database database)
    {
        database.CheckSchema();
        using var snapshot = database.Snapshot();
        var ledger = LedgerFold.Read(database, snapshot.Connection);
        var goals = new Dictionary<string, long>();
        var readModels = ReadModels(database, snapshot.Connection, ledger, goals);
        return
        [
            Balances(ledger),
            Limits(ledger, goals),
            Resolutions(database, snapshot.Connection, ledger),
            readModels,
        ];
    }

    private static Finding Balances(LedgerFold ledger)
    {
        var total = ledger.Stored.Values.Aggregate(default(Balance), LedgerFold.Sum);
        var wrong = ledger.Stored.Keys.Union(ledger.Folded.Keys)
            .Where(name => ledger.Stored.GetValueOrDefault(name) != ledger.Folded.GetValueOrDefault(name)).ToArray();
        var balanced = total.DebitsPendingMinor == total.CreditsPendingMinor
            && total.DebitsPostedMinor == total.CreditsPostedMinor;
        return new Finding(
            1, "Debits equal credits, and every balance is the fold of its transfers.", balanced && wrong.Length == 0,
            $"{ledger.Transfers} transfers, {ledger.Stored.Count} accounts; "
            + $"posted {total.DebitsPostedMinor} = {total.CreditsPostedMinor}, "
            + $"pending {total.DebitsPendingMinor} = {total.CreditsPendingMinor}; {Named(wrong)}");
    }

    private static Finding Limits(LedgerFold ledger, Dictionary<string, long> goals)
    {
        var limited = ledger.Stored.Where(pair => new LedgerAccount(pair.Key).IsLimited).ToArray();
        var broken = limited
            .Where(pair => pair.Value.AvailableMinor < 0
                || (pair.Value with { CreditLimitMinor = ledger.Limits[pair.Key] }).RoomMinor < 0
                || (goals.TryGetValue(pair.Key, out var goal) && ledger.Limits[pair.Key] != goal))
            .Select(pair => pair.Key).ToArray();
        return new Finding(
            2, "No wish is above its goal and no project is overdrawn, pending included.", broken.Length == 0,
            $"{limited.Length} limited accounts; {Named(broken)}");
    }

    private static Finding Resolutions(Database database, DbConnection connection, LedgerFold ledger)
    {
        var twice = Read(database, connection, """
            SELECT resolves FROM transfers WHERE resolves IS NOT NULL GROUP BY resolves HAVING COUNT(*) > 1
            """);
        var misfit = Read(database, connection, """
            SELECT t.id FROM transfers t LEFT JOIN transfers p ON p.id = t.resolves
            WHERE t.kind IN (3, 4) AND (p.id IS NULL OR p.kind <> 2 OR p.debit <> t.debit OR p.credit <> t.credit
              OR t.amount_minor > p.amount_minor)
            """);
        var overRefunded = ledger.Folded.Where(pair => pair.Value.ReturnedMinor > pair.Value.CreditsPostedMinor)
            .Select(pair => pair.Key).ToArray();
        var wrong = twice.Concat(misfit).Select(id => id.ToString()).Concat(overRefunded).ToArray();
        return new Finding(
            3, "A pending transfer is resolved at most once, and no more is refunded than was paid.", wrong.Length == 0,
            $"{ledger.Resolutions} resolutions; {Named(wrong)}");
    }

    private static Finding ReadModels(
        Database database, DbConnection connection, LedgerFold ledger, Dictionary<string, long> goals)
    {
        const string Invariant = "The read models are the fold of the journal and the published texts.";
        try
        {
            var expected = ReadModelDigest.OfJournal(
                Noting(goals, JournalFold.Streams(database, connection)), ledger.Folded, database, connection);
            var actual = ReadModelDigest.OfTables(database, connection);
            var differing = expected.Tables.Where(table => table.Value != actual.Tables[table.Key])
                .Select(table => table.Key).ToArray();
            return new Finding(
                5, Invariant, differing.Length == 0,
                $"{expected.Streams} streams, {actual.Rows} rows; {Named(differing)}");
        }
        catch (Exception exception) when (exception is VerificationException or PoisonEventException
            or Domain.Shared.UnknownEventException)
        {
            return new Finding(5, Invariant, Holds: false, exception.Message);
        }
    }

    /// <summary>Keeps the goal of each wish that is folded, by the name of its account.</summary>
    private static IEnumerable<Loaded> Noting(Dictionary<string, long> goals, IEnumerable<Loaded> streams)
    {
        foreach (var stream in streams)
        {
            if (stream.State is Wish wish) goals[wish.Account.Value] = wish.GoalMinor;
            yield return stream;
        }
    }

    private static List<Guid> Read(Database database, DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        var ids = new List<Guid>();
        while (reader.Read()) ids.Add(database.Uuid(reader, 0));
        return ids;
    }

    private static string Named(string[] wrong) =>
        wrong.Length == 0 ? "0 wrong" : $"{wrong.Length} wrong: {string.Join(", ", wrong.Take(5))}";
}
