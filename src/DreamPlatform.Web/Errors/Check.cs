using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Errors;

/// <summary>Collects what is wrong with a request's body, so that a caller hears all of it at once.</summary>
public sealed class Check
{
    private readonly SortedDictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <summary>The answer to give, or null if everything holds.</summary>
    public ProblemHttpResult? Problem => ProblemAs(Problems.Malformed);

    /// <summary>The same under a code of its own.</summary>
    public ProblemHttpResult? ProblemAs(string code) => errors.Count == 0 ? null : Problems.Invalid(errors, code);

    /// <param name="holds">Whether the field is right.</param>
    /// <param name="field">The field's path in JSON, such as items[0].name.</param>
    /// <param name="message">What it must be, as a sentence.</param>
    public Check That(bool holds, string field, string message)
    {
        if (!holds) errors[field] = [.. errors.GetValueOrDefault(field, []), message];
        return this;
    }

    /// <summary>Text that says something, of at most so many characters; null passes, for members left out.</summary>
    public Check Text(string field, string? value, int maxLength) => That(
        value is null || (!string.IsNullOrWhiteSpace(value) && value.Length <= maxLength),
        field, $"Must have 1 to {maxLength} characters, not all of them blank.");

    /// <summary>A number within bounds, both included; null passes, for members left out.</summary>
    public Check Range(string field, long? value, long min, long max) =>
        That(value is null || (value >= min && value <= max), field, $"Must be from {min} to {max}.");
}
