using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Files;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Operating;
using DreamPlatform.Web.Site.Forms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Site.Proofs;

/// <summary>
/// The files of a form. They are kept at once, so that a form which is refused for another reason need not bring them
/// again: it carries their ids. Who does not finish leaves files that are gone after a day.
/// </summary>
internal sealed class FormFiles(
    FileCabinet cabinet, UploadGate gate, DataDirectory data, ProblemWords words, Visitor me)
{
    private const string Ids = ".fileIds", Files = ".files";

    private readonly Dictionary<string, List<Guid>> kept = new(StringComparer.Ordinal);

    /// <summary>Keeps what has come; says beside each field what could not be kept.</summary>
    public async Task<ProblemHttpResult?> TakeAsync(Posted posted)
    {
        var check = new Check();
        foreach (var (field, values) in posted.Form.Where(it => it.Key.EndsWith(Ids, StringComparison.Ordinal)))
            ListOf(field[..^Ids.Length]).AddRange(values.Select(it => Guid.TryParse(it, out var id) ? id : Guid.Empty));
        foreach (var file in posted.Form.Files.Where(it => it.Length > 0))
        {
            var field = file.Name[..^Files.Length];
            var result = await FileEndpoints.Keep(file, me.Caller!, cabinet, gate, data, me.Http.RequestAborted);
            if (PageResult.ProblemOf(result) is { } problem) check.That(false, field, words.Of(problem));
            else ListOf(field).Add(((FileBody)PageResult.ValueOf(result)!).Id);
        }

        return check.Problem;
    }

    /// <summary>The files of a field: those that have come, else those it began with.</summary>
    public IReadOnlyList<Guid> Of(string field, FormState state, Evidence? first) =>
        state.Posted is null ? first?.FileIds ?? [] : kept.GetValueOrDefault(field) ?? [];

    /// <summary>What a field brought in words and files.</summary>
    public Evidence Read(Posted posted, string field) =>
        new(kept.GetValueOrDefault(field) ?? [], posted.Text($"{field}.statement"));

    private List<Guid> ListOf(string field)
    {
        if (!kept.TryGetValue(field, out var list)) kept[field] = list = [];
        return list;
    }
}
