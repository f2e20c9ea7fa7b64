using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Faults.Parts;

/// <summary>Asks the database itself what is in it of what was sent.</summary>
internal static class Ledger
{
    /// <summary>
    /// Every acknowledged command is in the journal exactly once, no other more than once; nothing is there that nobody
    /// sent; each wish is promised what those commands add up to; and the server's own check passes.
    /// </summary>
    /// <returns>The figures.</returns>
    public static async Task<string> CheckAsync(PostgresServer postgres, Cluster cluster, Load load)
    {
        load.MustHaveHeardNothingWrong();
        var (acknowledged, unknown) = (load.Acknowledged.Select(known => known.Sent).ToArray(), load.Unknown);
        Sent[] all = [.. acknowledged, .. unknown];
        var found = await Found(postgres, all);
        (long Commands, long Events) Of(Sent sent) => found.GetValueOrDefault((sent.Key, sent.Event));
        var lost = acknowledged.Count(sent => Of(sent) is (0, _) or (_, 0));
        var doubled = all.Count(sent => Of(sent) is ( > 1, _) or (_, > 1));
        var halves = unknown.Count(sent => Of(sent) is (0, > 0) or ( > 0, 0));
        var strangers = await Strangers(postgres, load.World, all);
        var wrong = await WrongSums(postgres, load.World, all.Where(sent => Of(sent).Commands > 0));
        BrokenException.Unless(
            (lost, doubled, halves, strangers, wrong) == default,
            $"Of {acknowledged.Length} acknowledged {lost} are lost; {doubled} are doubled, {halves} half done, "
            + $"{strangers} nobody sent, {wrong} wishes have another sum.");
        await cluster.MustVerifyAsync();
        return $"{acknowledged.Length} acknowledged, {load.Repeats} repeats, 0 lost, 0 doubled, verify passes";
    }

    private static async Task<Dictionary<(Guid Key, string Event), (long Commands, long Events)>> Found(
        PostgresServer postgres, Sent[] sent)
    {
        var rows = await postgres.QueryAsync(
            """
            SELECT k.id, k.event, COALESCE(c.n, 0), COALESCE(e.n, 0)
            FROM unnest($1::uuid[], $2::text[]) AS k(id, event)
            LEFT JOIN (SELECT id, COUNT(*) AS n FROM commands GROUP BY id) AS c ON c.id = k.id
            LEFT JOIN (SELECT command_id, name, COUNT(*) AS n FROM events GROUP BY command_id, name) AS e
              ON e.command_id = k.id AND e.name = k.event
            """,
            sent.Select(it => it.Key).ToArray(), sent.Select(it => it.Event).ToArray());
        return rows.ToDictionary(row => ((Guid)row[0], (string)row[1]), row => ((long)row[2], (long)row[3]));
    }

    /// <summary>Pledges to the world's wishes that nobody sent.</summary>
    private static async Task<long> Strangers(PostgresServer postgres, World world, Sent[] sent) =>
        (long)(await postgres.QueryAsync(
            """
            SELECT COUNT(*) FROM events e
            WHERE e.name = 'pledge-placed.v1' AND e.command_id <> ALL($1::uuid[])
              AND EXISTS (SELECT 1 FROM unnest($2::text[]) AS w WHERE e.data LIKE '%' || w || '%')
            """,
            sent.Select(it => it.Key).ToArray(), world.Wishes.Select(wish => wish.ToString()).ToArray()))[0][0];

    private static async Task<int> WrongSums(PostgresServer postgres, World world, IEnumerable<Sent> done)
    {
        var sums = done.ToLookup(sent => sent.Wish);
        var rows = await postgres.QueryAsync(
            "SELECT name, credits_pending_minor + credits_posted_minor FROM accounts WHERE name = ANY($1::text[])",
            (object)world.Wishes.Select(Account).ToArray());
        var promised = rows.ToDictionary(row => (string)row[0], row => (long)row[1]);
        return world.Wishes.Count(
            wish => promised.GetValueOrDefault(Account(wish)) != sums[wish].Sum(sent => sent.AmountMinor));
    }

    private static string Account(Guid wish) => LedgerAccount.Wish(new WishId(wish)).Value;
}
