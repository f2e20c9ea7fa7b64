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

    /// <summary>What so many wishes have is common; PostgreSQL's search_index tells of no more.</summary>
    internal int Common { get; init; } = 1_000;

    /// <summary>None for a text of nothing but punctuation: nothing is found by it.</summary>
    internal IReadOnlyList<SearchTerm> Terms { get; }

    /// <summary>Reads a text of any content; null when there is none.</summary>
    public static SearchQuery? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : new SearchQuery(SearchTerms.OfQuery(text));

    /// <summary>The same, taken for what is common.</summary>
    internal SearchQuery AsCommon() => new(Terms) { Common = 0 };

    /// <summary>How many wishes have every term, up to <see cref="Common"/>.</summary>
    internal string CountSql => $"SELECT COUNT(*) FROM (SELECT 1 FROM search_index(@words) LIMIT {Common}) found";

    /// <summary>
    /// That a wish on the wall has every term. Where few have, those are looked at; where many have, wishes are looked at
    /// in the order of the list until the page is full, which is soon.
    /// </summary>
    /// <param name="count">How many wishes have every term.</param>
    internal string Where(long count) => count < Common
        ? "wish_id IN (SELECT wish_id FROM search_index(@words))"
        // The offset keeps PostgreSQL from making a join over everything of it.
        : "EXISTS (SELECT 1 FROM search_texts s WHERE s.wish_id = wall.wish_id "
            + $"AND {string.Join(" AND ", Terms.Select((_, i) => $"s.terms LIKE @term{i}"))} LIMIT 1 OFFSET 0)";

    /// <summary>Terms are letters and digits, so none of them means anything to what they are put into.</summary>
    internal IEnumerable<(string Name, object? Value)> Parameters =>
    [
        ("words", string.Join(" AND ", Terms.Select(term => $"\"{term.Text}\"{(term.IsPrefix ? "*" : "")}"))),
        .. Terms.Select((term, i) => ($"term{i}", (object?)$"% {term.Text}{(term.IsPrefix ? "%" : " %")}")),
    ];
}
