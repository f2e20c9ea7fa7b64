using DbUp;
using DreamPlatform.Web.Operating;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// The tables of accounts.db, by numbered scripts that are each applied once. Not by EF migrations: those leave a
/// lock behind when a process is killed while it migrates, and the next one would wait for it for ever.
/// </summary>
internal static class AccountsSchema
{
    /// <exception cref="StartRefusedException">A script failed; the scripts before it stay applied.</exception>
    public static void Upgrade(string connectionString)
    {
        using (var connection = new SqliteConnection(connectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
        }

        var result = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(
                typeof(AccountsSchema).Assembly, name => name.Contains(".Accounts.Schema.", StringComparison.Ordinal))
            .WithTransactionPerScript().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
            throw new StartRefusedException($"accounts.db could not be brought up to date: {result.Error.Message}");
    }
}
