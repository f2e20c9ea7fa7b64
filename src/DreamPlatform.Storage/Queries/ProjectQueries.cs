using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>A project as the read models have it.</summary>
public sealed record ProjectRow(
    Project Project, long Version, Balance Balance, string? Name, string? Description, string? SponsorName);

/// <summary>Reads projects from the read models.</summary>
public sealed class ProjectQueries(JournalReader reader)
{
    private const string Select = """
        SELECT p.state, p.version, n.text, d.text, s.text,
          COALESCE(a.debits_pending_minor, 0), COALESCE(a.debits_posted_minor, 0), COALESCE(a.credits_pending_minor, 0),
          COALESCE(a.credits_posted_minor, 0), COALESCE(a.returned_minor, 0)
        FROM projects p
        LEFT JOIN accounts a ON a.name = p.account AND a.lane = 0
        LEFT JOIN texts n ON n.subject_id = p.id AND n.field = 1
        LEFT JOIN texts d ON d.subject_id = p.id AND d.field = 2
        LEFT JOIN texts s ON s.subject_id = p.id AND s.field = 6

        """;

    private const string IsOpen = "CASE p.status WHEN 'Open' THEN 1 ELSE 0 END";

    public Task<ProjectRow?> Find(Guid id) => reader.QueryFirst(Select + "WHERE p.id = @id", Map, ("id", id));

    /// <summary>Projects that have been opened: those that are open first, and of each the newest.</summary>
    /// <param name="after">Whether the last one of the page before was open, as 1 or 0, and its id.</param>
    public Task<IReadOnlyList<ProjectRow>> Public((long At, Guid Id)? after, int limit) => reader.Query(
        Select + "WHERE p.status <> 'Draft'" + (after is null ? "" : $" AND ({IsOpen}, p.id) < (@at, @after)")
        + $" ORDER BY {IsOpen} DESC, p.id DESC LIMIT @limit",
        Map, ("at", after?.At), ("after", after?.Id), ("limit", limit));

    /// <summary>Projects of some foundations, newest first.</summary>
    /// <param name="hasDrafts">Whether those that were never opened are among them.</param>
    public async Task<IReadOnlyList<ProjectRow>> OfFoundations(
        IReadOnlyCollection<FoundationId> foundations, Guid? after, int limit, bool hasDrafts = false)
    {
        if (foundations.Count == 0) return [];
        var parameters = foundations.Select((foundation, i) => ($"f{i}", (object?)foundation.Value)).ToArray();
        return await reader.Query(
            Select + $"WHERE p.foundation_id IN ({string.Join(", ", parameters.Select(it => "@" + it.Item1))})"
            + (hasDrafts ? "" : " AND p.status <> 'Draft'") + (after is null ? "" : " AND p.id < @after")
            + " ORDER BY p.id DESC LIMIT @limit",
            Map, [.. parameters, ("after", after), ("limit", limit)]);
    }

    private static ProjectRow Map(Row row) => new(
        JournalJson.Read<Project>(row.Text(0)), row.Number(1),
        new Balance(row.Number(5), row.Number(6), row.Number(7), row.Number(8), row.Number(9), null, true),
        row.TextOrNull(2), row.TextOrNull(3), row.TextOrNull(4));
}
