using System.Text.RegularExpressions;
using DreamPlatform.Web.Site.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>
/// Says to people in their language why something was refused: by the problem's code, and for a field by the sentence
/// that the API says, which is the key of its text. {0} and {1} stand for what changes in it.
/// </summary>
internal sealed class ProblemWords(
    IStringLocalizer<ProblemText> problems, IStringLocalizer<FieldText> fields, Formats formats)
{
    private readonly Lazy<(string Key, Regex Pattern)[]> sentences = new(() =>
        [.. fields.GetAllStrings(includeParentCultures: true).Select(text => (text.Name, PatternOf(text.Name)))]);

    public static string CodeOf(ProblemDetails problem) => problem.Extensions["code"] as string ?? "";

    /// <summary>The whole sentence for a problem; the API's own where a code has no text.</summary>
    public string Of(ProblemDetails problem)
    {
        var text = problems[CodeOf(problem)];
        if (text.ResourceNotFound) return problem.Detail ?? "";
        return Regex.Replace(text.Value, @"\{(\w+)\}", hole => Value(problem, hole.Groups[1].Value));
    }

    /// <summary>What is wrong with a field, to stand beside it and in the summary.</summary>
    public string Of(string field, string sentence)
    {
        foreach (var (key, pattern) in sentences.Value)
        {
            if (pattern.Match(sentence) is not { Success: true } match) continue;
            var values = match.Groups.Values.Skip(1).Select(it => (object)Shown(field, it.Value)).ToArray();
            return fields[key, values];
        }

        return sentence;
    }

    private string Shown(string field, string value) =>
        field.EndsWith("Minor", StringComparison.Ordinal) && long.TryParse(value, out var minor)
            ? formats.Money(minor)
            : value;

    private string Value(ProblemDetails problem, string name)
    {
        problem.Extensions.TryGetValue(name, out var value);
        return Shown(name, value?.ToString() ?? "");
    }

    private static Regex PatternOf(string sentence) => new(
        "^" + Regex.Replace(Regex.Escape(sentence), @"\\\{\d\}", "(.+)") + "$", RegexOptions.CultureInvariant);
}

