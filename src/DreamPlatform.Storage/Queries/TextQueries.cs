using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>Reads published texts.</summary>
public sealed class TextQueries(JournalReader reader)
{
    /// <summary>All published texts of some subjects; at most a few hundred subjects.</summary>
    public async Task<IReadOnlyDictionary<(Guid Subject, TextField Field), string>> Of(
        params IReadOnlyCollection<Guid> subjects)
    {
        if (subjects.Count == 0) return new Dictionary<(Guid, TextField), string>();
        var parameters = subjects.Select((subject, i) => ($"s{i}", (object?)subject)).ToArray();
        var rows = await reader.Query(
            "SELECT subject_id, field, text FROM texts "
            + $"WHERE subject_id IN ({string.Join(", ", parameters.Select(p => "@" + p.Item1))})",
            row => (Key: (row.Uuid(0), (TextField)row.Code(1)), Text: row.Text(2)), parameters);
        return rows.ToDictionary(row => row.Key, row => row.Text);
    }
}
