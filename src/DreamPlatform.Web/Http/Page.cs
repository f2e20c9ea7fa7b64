using System.Globalization;
using System.Reflection;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace DreamPlatform.Web.Http;

/// <summary>Which part of a list is asked for: ?limit= and ?after=.</summary>
public sealed record Page(int Limit, string? After) : IEndpointParameterMetadataProvider
{
    private const int MaxLimit = 100;
    private const int DefaultLimit = 20;

    public static ValueTask<Page?> BindAsync(HttpContext http)
    {
        var (limits, after) = (http.Request.Query["limit"], http.Request.Query["after"]);
        var limit = DefaultLimit;
        if (limits.Count > 0 && (limits.Count > 1
            || !int.TryParse(limits[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit)
            || limit is < 1 or > MaxLimit))
            throw new MalformedRequestException(
                Problems.Malformed, "limit", $"Must be a whole number from 1 to {MaxLimit}.");
        return after.Count > 1 ? throw Malformed() : new(new Page(limit, after.Count == 0 ? null : after[0]));
    }

    /// <summary>The row after which the page begins; null for the first page.</summary>
    /// <param name="list">The list that is asked: its own cursors only.</param>
    public Cursor? Cursor(byte list)
    {
        if (After is null) return null;
        return Http.Cursor.TryParse(After, out var cursor) && cursor.List == list ? cursor : throw Malformed();
    }

    /// <param name="rows">The rows found when asked for one more than the limit.</param>
    /// <param name="cursor">The cursor of a row.</param>
    public Listing<T> Of<T>(IReadOnlyList<T> rows, Func<T, Cursor> cursor) => rows.Count <= Limit
        ? new(rows, null)
        : new([.. rows.Take(Limit)], cursor(rows[Limit - 1]).ToString());

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new DocumentedParameter(
            "limit", IsHeader: false, IsRequired: false, "The most items to answer.",
            Range: (1, MaxLimit, DefaultLimit)));
        builder.Metadata.Add(new DocumentedParameter(
            "after", IsHeader: false, IsRequired: false, "The next of the page before; leave out for the first page.")
        {
            Problems = ["cursor-malformed"],
        });
    }

    private static MalformedRequestException Malformed() =>
        new("cursor-malformed", "after", "Must be the next of an earlier answer of this list.");
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The page.</param>
/// <param name="Next">What to send as ?after= for the next page; null at the end.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>The same page of something made from each item.</summary>
    public Listing<TOther> Select<TOther>(Func<T, TOther> view) => new([.. Items.Select(view)], Next);
}
