using DreamPlatform.Storage.Files;
using DreamPlatform.Web.Site.Forms;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Proofs;

/// <summary>A file that came with a form.</summary>
/// <param name="Field">The path of what it proves, such as evidence.</param>
/// <param name="Name">What its sender calls it.</param>
/// <param name="Content">Null where it was not received.</param>
/// <param name="Problem">Why it was not; null where it was.</param>
internal sealed record SentFile(string Field, string Name, ReceivedFile? Content, ProblemDetails? Problem)
{
    private const string Files = ".files";

    /// <summary>What the input of a field's files is called.</summary>
    public static string InputOf(string field) => field + Files;

    public static string FieldOf(string input) =>
        input.EndsWith(Files, StringComparison.Ordinal) ? input[..^Files.Length] : input;

    public static SentFile Refused(string field, string name, IResult refusal) =>
        new(field, name, null, PageResult.ProblemOf(refusal));
}
