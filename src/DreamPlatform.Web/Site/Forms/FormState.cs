using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>What the fields of a form know of it: what was sent last, and what was wrong with that.</summary>
public sealed class FormState
{
    private static readonly Dictionary<string, string[]> None = [];

    internal Posted? Posted { get; set; }

    internal ProblemDetails? Problem { get; set; }

    /// <summary>What is wrong, by field.</summary>
    internal IReadOnlyDictionary<string, string[]> Errors =>
        Problem?.Extensions.TryGetValue("errors", out var errors) == true
            ? (IReadOnlyDictionary<string, string[]>)errors!
            : None;

    /// <summary>What a field shows: what was typed, else what it began with.</summary>
    public string? Value(string name, string? first) =>
        Posted is null ? first : Posted.Form[name].ToString();

    /// <summary>Whether one of several is chosen.</summary>
    public bool Has(string name, string value, bool first) =>
        Posted is null ? first : Posted.Form[name].Contains(value);

    internal IReadOnlyList<string> ErrorsOf(string name) => Errors.GetValueOrDefault(name, []);
}
