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

    /// <summary>A term that so many wishes have is common.</summary>
    internal int Common { get; init; } = 500;

    /// <summary>None for a text of nothing but punctuation: nothing is found by it.</summary>
    internal IReadOnlyList<SearchTerm> Terms { get; }

    /// <summary>Reads a text of any content; null when there is none.</summary>
    public static SearchQuery? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : new SearchQuery(SearchTerms.OfQuery(text));

    /// <summary>The same, with every term taken for a common one.</summary>
    internal SearchQuery AsCommon() => new(Terms) { Common = 0 };

    /// <summary>How many wishes have each term, up to <see cref="Common"/>.</summary>
    internal string CountsSql => "SELECT " + string.Join(", ", Terms.Select((_, i) =>
        $"(SELECT COUNT(*) FROM (SELECT 1 FROM search_terms WHERE {Is(i)} LIMIT {Common}) c{i})"));

    /// <summary>
    /// That wish w has every term. With a rare one, the few wishes that have it are looked at; without, wishes are looked
    /// at in the order of the list until the page is full, which is soon.
    /// </summary>
    /// <param name="counts">How many wishes have each term.</param>
    internal string Where(IReadOnlyList<long> counts)
    {
        var rarest = counts.Min() < Common ? counts.Index().MinBy(count => count.Item).Index : -1;
        return string.Join(" AND ", Terms.Select((_, i) => i == rarest
            ? $"w.id IN (SELECT wish_id FROM search_terms WHERE {Is(i)})"
            // The offset keeps PostgreSQL from making a join over everything of it.
            : $"EXISTS (SELECT 1 FROM search_terms WHERE wish_id = w.id AND {Is(i)} LIMIT 1 OFFSET 0)"));
    }

    internal IEnumerable<(string Name, object? Value)> Parameters => Terms.SelectMany((term, i) => term.IsPrefix
        ? new (string, object?)[] { ($"term{i}", term.Text), ($"end{i}", term.End) }
        : [($"term{i}", term.Text)]);

    private string Is(int i) =>
        Terms[i].IsPrefix ? $"term >= @term{i} AND term < @end{i}" : $"term = @term{i}";
}
