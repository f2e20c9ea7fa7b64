using System.Data.Common;

namespace DreamPlatform.Storage.Tests;

/// <summary>Every row of a journal, to be put back after something was broken by hand.</summary>
internal sealed class TableCopy
{
    private readonly TestJournal journal;
    private readonly List<(string Table, object[] Values)> rows = [];

    private TableCopy(TestJournal journal) => this.journal = journal;

    public static async Task<TableCopy> Of(TestJournal journal)
    {
        var copy = new TableCopy(journal);
        await using var connection = journal.Database.Open();
        foreach (var table in TestJournal.Tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var values = new object[reader.FieldCount];
                reader.GetValues(values);
                copy.rows.Add((table, values));
            }
        }

        return copy;
    }

    public Task Restore() => RestoreInto([.. TestJournal.Tables]);

    /// <summary>Puts some tables back as they were.</summary>
    public async Task RestoreInto(params string[] tables)
    {
        await using var connection = journal.Database.OpenToWrite();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in tables) await Run(connection, $"DELETE FROM {table}", []);
        foreach (var (table, values) in rows.Where(row => tables.Contains(row.Table)))
        {
            var parameters = string.Join(", ", values.Select((_, i) => $"@p{i}"));
            await Run(connection, $"INSERT INTO {table} VALUES ({parameters})", values);
        }

        await transaction.CommitAsync();
    }

    private static async Task Run(DbConnection connection, string sql, object[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i]);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
