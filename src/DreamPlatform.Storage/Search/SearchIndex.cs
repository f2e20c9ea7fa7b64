using System.Data.Common;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Search;

/// <summary>Of a published wish, what its terms are made of.</summary>
internal sealed record Searched(Guid Wish, IReadOnlyList<Guid> Items, string Category, string Region)
{
    /// <summary>Null for what is not published.</summary>
    public static Searched? Of(StreamState state) => state is Wish { IsPublished: true } wish
        ? new Searched(wish.Id.Value, [.. wish.Items.Select(item => item.Id.Value)], wish.Category, wish.Region)
        : null;

    public IEnumerable<Guid> Subjects => Items.Prepend(Wish);
}

/// <summary>The terms under which published wishes are found, kept in step with their texts.</summary>
internal static class SearchIndex
{
    private const int PageWishes = 20;

    private static readonly Statement Indexed = new(
        "schema_info", [("terms_version", Column.Long)], "UPDATE schema_info SET terms_version = $1",
        "UPDATE schema_info SET terms_version = given.number FROM unnest($1) AS given (number)");

    public static readonly Statement Terms = Statement.Upsert(
        "search_texts", "wish_id", ("wish_id", Column.Uuid), ("terms", Column.Text));

    /// <summary>Indexes the wishes of a batch that were published in it, or whose texts were written.</summary>
    public static void Update(JournalSession session, Writes writes)
    {
        var written = writes.Texts.Keys.Select(key => key.Subject).ToHashSet();
        var touched = new List<Searched>();
        foreach (var (before, after) in writes.Streams.Values)
        {
            if (Searched.Of(after.State) is not { } wish) continue;
            if (before.State is not Wish { IsPublished: true } || wish.Subjects.Any(written.Contains))
                touched.Add(wish);
        }

        Write(session, touched);
    }

    /// <summary>Writes the terms that wishes have now.</summary>
    public static void Write(JournalSession session, IReadOnlyCollection<Searched> wishes)
    {
        if (wishes.Count == 0) return;
        var texts = new List<(Guid, TextField, string)>();
        session.Run(
        [
            new Read(
                "SELECT subject_id, field, text FROM texts WHERE subject_id = $1",
                "SELECT subject_id, field, text FROM texts WHERE subject_id = ANY($1)",
                Column.Uuid, [.. wishes.SelectMany(wish => wish.Subjects).Cast<object>()],
                row => texts.Add((session.Uuid(row, 0), (TextField)row.GetInt16(1), row.GetString(2)))),
        ]);
        session.Run([new Write(Terms, [.. Rows(wishes, texts)])]);
    }

    /// <summary>The rows that there should be; reads the texts on a connection that reads nothing else.</summary>
    public static IEnumerable<object?[]> Expected(
        Database database, DbConnection connection, IEnumerable<Searched> wishes) =>
        wishes.Chunk(PageWishes).SelectMany(page => Rows(page, TextsOf(database, connection, page)));

    /// <summary>Indexes everything anew if it was indexed by other rules, or never.</summary>
    public static void Refresh(Database database)
    {
        using var connection = database.Open();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT terms_version FROM schema_info";
            if (Convert.ToInt32(command.ExecuteScalar(), null) == SearchTerms.Version) return;
        }

        using var session = database.Connect();
        session.BeginLong();
        session.Run([new Write(Statement.DeleteAll(Terms.Table, ""), [[]])]);
        foreach (var page in Published(database, connection).Chunk(PageWishes)) Write(session, page);
        session.Run([new Write(Indexed, [[(long)SearchTerms.Version]])]);
        session.Commit();
    }

    private static IEnumerable<Searched> Published(Database database, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT state FROM wishes WHERE published_ms IS NOT NULL";
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        var row = new Row(reader, database);
        while (reader.Read()) yield return Searched.Of(JournalJson.Read<Wish>(row.Text(0)))!;
    }

    private static List<(Guid, TextField, string)> TextsOf(
        Database database, DbConnection connection, IEnumerable<Searched> wishes)
    {
        var subjects = wishes.SelectMany(wish => wish.Subjects).ToArray();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT subject_id, field, text FROM texts WHERE subject_id IN ("
            + $"{string.Join(", ", subjects.Select((_, i) => $"@s{i}"))})";
        for (var i = 0; i < subjects.Length; i++) database.Bind(command, $"s{i}", subjects[i]);
        using var reader = command.ExecuteReader();
        var row = new Row(reader, database);
        var texts = new List<(Guid, TextField, string)>();
        while (reader.Read()) texts.Add((row.Uuid(0), (TextField)row.Code(1), row.Text(2)));
        return texts;
    }

    private static IEnumerable<object?[]> Rows(
        IEnumerable<Searched> wishes, IEnumerable<(Guid Subject, TextField Field, string Text)> texts)
    {
        var bySubject = texts.Where(text => text.Field is TextField.Title or TextField.Story or TextField.ItemName)
            .ToLookup(text => text.Subject, text => text.Text);
        return from wish in wishes
               let words = wish.Subjects.SelectMany(subject => bySubject[subject])
               let terms = SearchTerms.OfTexts([.. words, wish.Category, wish.Region]).Order(StringComparer.Ordinal)
               select new object?[] { wish.Wish, $" {string.Join(' ', terms)} " };
    }
}
