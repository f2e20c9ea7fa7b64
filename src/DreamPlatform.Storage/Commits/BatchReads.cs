using System.Data.Common;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// Reads the image a batch decides on. Locks are taken before anything is read, in an order that is the same for
/// everybody: missing heads, heads, limited accounts, each by id.
/// </summary>
internal static class BatchReads
{
    private const string EventColumns = "stream_id, kind, e.version, name, data, at_ms";

    public static Image Load(JournalSession session, IReadOnlyList<Round> rounds)
    {
        var needs = new Needs(rounds);
        var image = new Image();
        session.Run(
        [
            .. Locks(session, needs, image),
            Commands(session, needs, image),
            Streams(session, needs.Streams, image.Fold),
            Transfers(session, needs, image),
        ]);
        LoadKnownStates(session, image);
        return image;
    }

    private static IEnumerable<Read> Locks(JournalSession session, Needs needs, Image image)
    {
        if (session.LocksRows)
        {
            yield return new Read(
                "",
                "INSERT INTO streams (id, kind, version) SELECT id, 0, 0 FROM unnest($1) AS id ORDER BY id "
                + "ON CONFLICT DO NOTHING RETURNING id",
                Column.Uuid, Ids(needs.NewOwners), row => image.CreatedHeads.Add(session.Uuid(row, 0)));
        }

        yield return new Read(
            "SELECT id, kind, version FROM streams WHERE id = $1",
            "SELECT id, kind, version FROM streams WHERE id = ANY($1) ORDER BY id FOR UPDATE",
            Column.Uuid, Ids(needs.Owners.Union(needs.Streams)),
            row => image.Heads[session.Uuid(row, 0)] = ((StreamKind)row.GetInt16(1), row.GetInt64(2)));
        yield return Balances(needs.Accounts, image.Put);
    }

    /// <summary>Locks limited accounts and reads them.</summary>
    public static Read Balances(IEnumerable<LedgerAccount> accounts, Action<LedgerAccount, Balance> put) => new(
        $"SELECT {AccountRow.Columns} FROM accounts WHERE name = $1 AND lane = 0",
        $"SELECT {AccountRow.Columns} FROM accounts WHERE name = ANY($1) AND lane = 0 ORDER BY name FOR UPDATE",
        Column.Text, [.. accounts.Select(account => account.Value)],
        row => put(new LedgerAccount(row.GetString(0)), AccountRow.Balance(row)));

    private static Read Commands(JournalSession session, Needs needs, Image image) => new(
        "SELECT c.id, actor_id, fingerprint, stream_id, kind, c.version "
        + "FROM commands c JOIN streams s ON s.id = stream_id WHERE c.id = $1",
        "SELECT c.id, actor_id, fingerprint, stream_id, kind, c.version "
        + "FROM commands c JOIN streams s ON s.id = stream_id WHERE c.id = ANY($1)",
        Column.Uuid, [.. needs.Commands.Select(key => key.Item1.Value).Distinct().Cast<object>()],
        row =>
        {
            var key = (new CommandId(session.Uuid(row, 0)), new AccountId(session.Uuid(row, 1)));
            if (!needs.Commands.Contains(key)) return;
            var stream = new StreamId((StreamKind)row.GetInt16(4), session.Uuid(row, 3));
            image.Known[key] = new KnownCommand(
                new Fingerprint(session.Uuid(row, 2)), stream, row.GetInt64(5), State: null);
        });

    private static Read Streams(
        JournalSession session, IEnumerable<StreamId> ids,
        Action<StreamId, long, string, string, DateTimeOffset> fold) =>
        new(
            $"SELECT {EventColumns} FROM events e JOIN streams s ON s.id = stream_id "
            + "WHERE stream_id = $1 ORDER BY e.version",
            $"SELECT {EventColumns} FROM events e JOIN streams s ON s.id = stream_id "
            + "WHERE stream_id = ANY($1) ORDER BY stream_id, e.version",
            Column.Uuid, Ids(ids),
            row => fold(
                new StreamId((StreamKind)row.GetInt16(1), session.Uuid(row, 0)), row.GetInt64(2), row.GetString(3),
                row.GetString(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))));

    private static Read Transfers(JournalSession session, Needs needs, Image image) => new(
        $"SELECT {TransferRow.Columns} FROM transfers WHERE id = $1 "
        + $"UNION ALL SELECT {TransferRow.Columns} FROM transfers WHERE resolves = $1",
        $"SELECT {TransferRow.Columns} FROM transfers WHERE id = ANY($1) "
        + $"UNION ALL SELECT {TransferRow.Columns} FROM transfers WHERE resolves = ANY($1)",
        Column.Uuid, [.. needs.Holds.Select(hold => (object)hold.Value)],
        row => image.Book.Load(TransferRow.Transfer(row, session.Uuid)));

    /// <summary>The streams of known commands, folded as far as the command left them.</summary>
    private static void LoadKnownStates(JournalSession session, Image image)
    {
        if (image.Known.Count == 0) return;
        var histories = image.Known.ToLookup(pair => pair.Value.Stream);
        var states = image.Known.ToDictionary(pair => pair.Key, pair => Loaded.Nothing(pair.Value.Stream));
        session.Run(
        [
            Streams(session, histories.Select(history => history.Key), (id, version, name, data, at) =>
            {
                var @event = Journal.JournalJson.Read(id, version, name, data);
                foreach (var (key, known) in histories[id])
                    if (version <= known.Version) states[key] = states[key].Append(@event, at);
            }),
        ]);
        foreach (var (key, loaded) in states) image.Known[key] = image.Known[key] with { State = loaded.State };
    }

    private static object[] Ids(IEnumerable<StreamId> ids) => [.. ids.Select(id => id.Value).Distinct().Cast<object>()];
}

/// <summary>A row of the table of accounts.</summary>
internal static class AccountRow
{
    public const string Columns = "name, debits_pending_minor, debits_posted_minor, credits_pending_minor, "
        + "credits_posted_minor, returned_minor, credit_limit_minor";

    public static Balance Balance(DbDataReader row) => new(
        row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetInt64(6), IsOpen: true);
}

/// <summary>A row of the table of transfers.</summary>
internal static class TransferRow
{
    public const string Columns = "id, kind, code, debit, credit, amount_minor, resolves, at_ms";

    public static Transfer Transfer(DbDataReader row, Func<DbDataReader, int, Guid> uuid) => new(
        new TransferId(uuid(row, 0)), (TransferKind)row.GetInt16(1), (TransferCode)row.GetInt16(2),
        new LedgerAccount(row.GetString(3)), new LedgerAccount(row.GetString(4)), row.GetInt64(5),
        row.IsDBNull(6) ? null : new TransferId(uuid(row, 6)));
}
