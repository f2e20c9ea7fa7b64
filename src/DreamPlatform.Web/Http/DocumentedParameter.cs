namespace DreamPlatform.Web.Http;

/// <summary>A query parameter or header that a type binds by itself, for the API's document to tell of.</summary>
/// <param name="Name">As callers send it.</param>
/// <param name="IsHeader">A header, or else a query parameter.</param>
/// <param name="IsRequired">Whether a request without it is refused.</param>
/// <param name="Description">What it does.</param>
/// <param name="Format">A JSON schema format such as uuid, or null.</param>
/// <param name="Pattern">What a value looks like, as a regular expression, or null.</param>
/// <param name="Range">The bounds of a whole number, or null for text.</param>
public sealed record DocumentedParameter(
    string Name, bool IsHeader, bool IsRequired, string Description,
    string? Format = null, string? Pattern = null, (int Min, int Max, int Default)? Range = null)
{
    /// <summary>The codes with which a wrong value is refused, besides the common one.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
