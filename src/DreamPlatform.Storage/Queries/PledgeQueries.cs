using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>Reads pledges, each from its own short stream.</summary>
public sealed class PledgeQueries(JournalReader reader)
{
    public async Task<Pledge?> Find(Guid id) =>
        await reader.Load(new PledgeId(id).Stream) is { Version: > 0, State: Pledge pledge } ? pledge : null;

    public async Task<long> CountOfDonor(AccountId donor) => (await reader.Query(
        "SELECT COUNT(*) FROM pledges_by_donor WHERE donor_id = @donor", row => row.Number(0),
        ("donor", donor.Value)))[0];

    /// <summary>A donor's pledges, newest first.</summary>
    public async Task<IReadOnlyList<Pledge>> OfDonor(AccountId donor, Guid? after, int limit)
    {
        var rows = await reader.Query(
            $"""
            SELECT e.stream_id, e.version, e.name, e.data
            FROM (SELECT pledge_id FROM pledges_by_donor
                  WHERE donor_id = @donor {(after is null ? "" : "AND pledge_id < @after")}
                  ORDER BY pledge_id DESC LIMIT @limit) p
            JOIN events e ON e.stream_id = p.pledge_id
            ORDER BY e.stream_id DESC, e.version
            """,
            row => (Id: new PledgeId(row.Uuid(0)), Version: row.Number(1), Name: row.Text(2), Data: row.Text(3)),
            ("donor", donor.Value), ("after", after), ("limit", limit));
        return [.. rows.GroupBy(row => row.Id).Select(events => (Pledge)events.Aggregate(
            StreamStates.Empty(events.Key.Stream),
            (state, row) => state.Evolve(JournalJson.Read(row.Id.Stream, row.Version, row.Name, row.Data))))];
    }
}
