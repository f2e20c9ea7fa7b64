namespace DreamPlatform.Storage.Search;

/// <summary>What somebody searches for: a wish is found if it has every term.</summary>
public sealed class SearchQuery
{
    /// <summary>The longest text that may be asked for.</summary>
    public const int MaxCharacters = 200;

    /// <summary>The most terms; Chinese has about as many as characters.</summary>
    public const int MaxTerms = 40;

    private SearchQuery(IReadOnlyList<SearchTerm> terms) => Terms = terms;

    /// <summary>Whether more is asked for at once than may be.</summary>
    public bool HasTooManyTerms => Terms.Count > MaxTerms;

    /// <summary>None for a text of nothing but punctuation: nothing is found by it.</summary>
    internal IReadOnlyList<SearchTerm> Terms { get; }

    /// <summary>Reads a text of any content; null when there is none.</summary>
    public static SearchQuery? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : new SearchQuery(SearchTerms.OfQuery(text));

    /// <summary>A query for the ids of wishes that have every term.</summary>
    internal string Sql => string.Join(" INTERSECT ", Terms.Select((term, i) =>
        "SELECT wish_id FROM search_terms WHERE "
        + (term.IsPrefix ? $"term >= @term{i} AND term < @end{i}" : $"term = @term{i}")));

    internal IEnumerable<(string Name, object? Value)> Parameters => Terms.SelectMany((term, i) => term.IsPrefix
        ? new (string, object?)[] { ($"term{i}", term.Text), ($"end{i}", term.End) }
        : [($"term{i}", term.Text)]);
}
