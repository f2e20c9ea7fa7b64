namespace DreamPlatform.Storage.Commits;

/// <summary>
/// How rows of one kind are written: a row at a time on SQLite, all at once on PostgreSQL. The parameters are
/// $1, $2, … in the order of the columns.
/// </summary>
internal sealed record Statement(
    string Table, IReadOnlyList<(string Name, Column Type)> Columns, string Sqlite, string Postgres)
{
    public static Statement Insert(string table, params IReadOnlyList<(string Name, Column Type)> columns) =>
        Of(table, columns, "");

    public static Statement Upsert(
        string table, string key, params IReadOnlyList<(string Name, Column Type)> columns) =>
        Of(table, columns, $" ON CONFLICT ({key}) DO UPDATE SET "
            + string.Join(", ", columns.Select(column => $"{column.Name} = excluded.{column.Name}")));

    /// <summary>Adds to sums where the row exists.</summary>
    public static Statement Add(
        string table, string key, string[] sums, params IReadOnlyList<(string Name, Column Type)> columns) =>
        Of(table, columns, $" ON CONFLICT ({key}) DO UPDATE SET "
            + string.Join(", ", sums.Select(sum => $"{sum} = {table}.{sum} + excluded.{sum}")));

    public static Statement Delete(string table, params IReadOnlyList<(string Name, Column Type)> key) => new(
        table, key,
        $"DELETE FROM {table} WHERE " + string.Join(" AND ", key.Select((column, i) => $"{column.Name} = ${i + 1}")),
        $"DELETE FROM {table} WHERE ({Names(key)}) IN (SELECT * FROM unnest({Parameters(key)}))");

    public static Statement DeleteAll(string table, string which) =>
        new(table, [], $"DELETE FROM {table} {which}", $"DELETE FROM {table} {which}");

    private static Statement Of(
        string table, IReadOnlyList<(string Name, Column Type)> columns, string onConflict) => new(
        table, columns,
        $"INSERT INTO {table} ({Names(columns)}) VALUES ({Parameters(columns)}){onConflict}",
        $"INSERT INTO {table} ({Names(columns)}) SELECT * FROM unnest({Parameters(columns)}){onConflict}");

    private static string Names(IReadOnlyList<(string Name, Column Type)> columns) =>
        string.Join(", ", columns.Select(column => column.Name));

    private static string Parameters(IReadOnlyList<(string Name, Column Type)> columns) =>
        string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
}
