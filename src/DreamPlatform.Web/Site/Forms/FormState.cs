using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>What the fields of a form know of it: what was sent last, and what was wrong with that.</summary>
public sealed class FormState
{
    private static readonly Dictionary<string, string[]> None = [];
    private readonly OrderedDictionary<string, string> labels = [];

    internal Posted? Posted { get; set; }

    internal ProblemDetails? Problem { get; set; }

    /// <summary>What is wrong, by field.</summary>
    internal IReadOnlyDictionary<string, string[]> Errors =>
        Problem?.Extensions.TryGetValue("errors", out var errors) == true
            ? (IReadOnlyDictionary<string, string[]>)errors!
            : None;

    /// <summary>The same, as the fields stand one under another.</summary>
    internal IEnumerable<KeyValuePair<string, string[]>> ErrorsInOrder =>
        Errors.OrderBy(error => labels.IndexOf(error.Key));

    /// <summary>What a field shows: what was typed, else what it began with.</summary>
    public string? Value(string name, string? first) =>
        Posted is null ? first : Posted.Form[name].ToString();

    /// <summary>Whether one of several is chosen.</summary>
    public bool Has(string name, string value, bool first) =>
        Posted is null ? first : Posted.Form[name].Contains(value);

    /// <summary>Every field says what it is called, for the summary to name it.</summary>
    public void Call(string name, string label) => labels[name] = label;

    internal string? LabelOf(string name) => labels.GetValueOrDefault(name);

    internal IReadOnlyList<string> ErrorsOf(string name) => Errors.GetValueOrDefault(name, []);
}
