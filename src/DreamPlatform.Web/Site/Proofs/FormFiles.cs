using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Files;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Site.Forms;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace DreamPlatform.Web.Site.Proofs;

/// <summary>
/// The files of a form. They are kept at once, so that a form which is refused for another reason need not bring them
/// again: it carries their ids. Who does not finish leaves files that are gone after a day.
/// </summary>
internal sealed class FormFiles(
    FileCabinet cabinet, UploadGate gate, ProblemWords words, IStringLocalizer<EvidenceText> text, Visitor me)
{
    /// <summary>After a field's name: the ids of its files that are kept, and the names of those that are lost.</summary>
    public const string Ids = ".fileIds", Lost = ".lost";

    private readonly Dictionary<string, List<Guid>> kept = new(StringComparer.Ordinal);

    /// <summary>Keeps what has come; says beside each field what could not be kept.</summary>
    public async Task<ProblemHttpResult?> TakeAsync(Posted posted)
    {
        var check = new Check();
        foreach (var (name, values) in posted.Form)
        {
            foreach (var value in values)
            {
                if (name.EndsWith(Ids, StringComparison.Ordinal))
                    ListOf(name[..^Ids.Length]).Add(Guid.TryParse(value, out var id) ? id : Guid.Empty);
                else if (name.EndsWith(Lost, StringComparison.Ordinal))
                    check.That(false, name[..^Lost.Length], text["lost", value ?? ""]);
            }
        }

        if (SentForm.Of(me.Http) is not { } sent) return check.Problem;
        foreach (var (file, result) in await KeepAsync(sent.Files, sent.Pass))
        {
            if (PageResult.ProblemOf(result) is { } problem)
                check.That(false, file.Field, text["not-kept", file.Name, words.Of(problem)]);
            else ListOf(file.Field).Add(IdOf(result));
        }

        return check.Problem;
    }

    /// <summary>Keeps files that have waited for their sender to sign in; what became of each, as fields of their form.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> KeepAsync(IReadOnlyList<SentFile> files)
    {
        using var pass = gate.Enter(me.Caller!.Id);
        return
        [
            .. (await KeepAsync(files, pass)).Select(it => PageResult.ProblemOf(it.Result) is null
                ? KeyValuePair.Create(it.File.Field + Ids, IdOf(it.Result).ToString())
                : KeyValuePair.Create(it.File.Field + Lost, it.File.Name)),
        ];
    }

    /// <summary>The files of a field: those that have come, else those it began with.</summary>
    public IReadOnlyList<Guid> Of(string field, FormState state, Evidence? first) =>
        state.Posted is null ? first?.FileIds ?? [] : Kept(field);

    /// <summary>Those that have come.</summary>
    public IReadOnlyList<Guid> Kept(string field) => kept.GetValueOrDefault(field) ?? [];

    /// <summary>They are where they belong.</summary>
    public void Forget(string field) => kept.Remove(field);

    /// <summary>What the form brought of files: the same only for the same files.</summary>
    public string Brought(Posted posted) => string.Join('\n',
    [
        .. posted.Form.Where(it => it.Key.EndsWith(Ids, StringComparison.Ordinal)).Select(it => it.Value.ToString()),
        .. (SentForm.Of(me.Http)?.Files ?? []).Select(it => $"{it.Name}, {it.Content?.Length}"),
    ]);

    /// <summary>What a field brought in words and files.</summary>
    public Evidence Read(Posted posted, string field) => new(Kept(field), posted.Text($"{field}.statement"));

    private async Task<List<(SentFile File, IResult Result)>> KeepAsync(
        IReadOnlyList<SentFile> files, UploadGate.Pass? pass)
    {
        var results = new List<(SentFile, IResult)>();
        if (pass is not null && files.Count > 0) await pass.TakeTurn(me.Http.RequestAborted);
        foreach (var file in files)
        {
            results.Add((file, file.Problem is { } problem ? TypedResults.Problem(problem)
                : pass is null || file.Content is null ? FileEndpoints.Busy
                : await FileEndpoints.Keep(file.Content, me.Caller!, cabinet, me.Http.RequestAborted)));
        }

        return results;
    }

    private static Guid IdOf(IResult kept) => ((FileBody)PageResult.ValueOf(kept)!).Id;

    private List<Guid> ListOf(string field)
    {
        if (!kept.TryGetValue(field, out var list)) kept[field] = list = [];
        return list;
    }
}
