using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DreamPlatform.Storage.Tests;

/// <summary>A journal in a database of its own: a SQLite file, or a PostgreSQL database where a server is given.</summary>
public sealed class TestJournal : IAsyncDisposable
{
    private const string ServerVariable = "DREAMPLATFORM_TEST_POSTGRES";

    private readonly string folder = Directory.CreateTempSubdirectory("dreamplatform-").FullName;
    private readonly string? server;
    private readonly List<CommitLog> logs = [];

    public TestJournal(string kind, CommitLogOptions? options = null)
    {
        Options = options ?? new CommitLogOptions();
        if (kind == "postgres")
        {
            var name = $"journal_{Guid.CreateVersion7():N}";
            var settings = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(ServerVariable)!);
            Execute(settings.ToString(), $"CREATE DATABASE {name}");
            settings.Database = name;
            server = settings.ToString();
        }

        Database = Open();
        Database.Migrate("CNY");
        Reader = new JournalReader(Database);
    }

    /// <summary>The databases that tests run on: PostgreSQL only where the environment names a server.</summary>
    public static TheoryData<string> Kinds => Environment.GetEnvironmentVariable(ServerVariable) is null
        ? ["sqlite"]
        : ["sqlite", "postgres"];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public Failpoints Failpoints { get; } = new();

    public CommitLogOptions Options { get; }

    public Database Database { get; }

    public JournalReader Reader { get; }

    public string SqlitePath => Path.Combine(folder, "journal.db");

    /// <summary>Another handle on the same database.</summary>
    public Database Open() => server is null ? new SqliteDatabase(SqlitePath) : new PostgresDatabase(server);

    /// <summary>A commit log on it; several make several lanes.</summary>
    public CommitLog Log(Failpoints? failpoints = null)
    {
        var log = new CommitLog(
            Database.Connect, Options, Time, failpoints ?? Failpoints, new TestLog<CommitLog>());
        logs.Add(log);
        return log;
    }

    /// <summary>Sends commands to their owner as its grain would: reloading when it is stale.</summary>
    public async Task<IReadOnlyList<Outcome>> Execute(
        CommitLog log, StreamId owner, params IReadOnlyList<Envelope> commands)
    {
        while (true)
        {
            var stored = await Reader.Load(owner);
            var result = await log.Commit(new Round((Owner)stored.State, stored.Version, stored.LastAt, commands));
            switch (result)
            {
                case RoundResult.Decided decided: return decided.Outcomes;
                case RoundResult.Busy: return [.. commands.Select(_ => new CommandBusy())];
                case RoundResult.Unknown: return [.. commands.Select(_ => new CommandOutcomeUnknown())];
                default: continue;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var log in logs) log.Dispose();
        Database.Dispose();
        SqliteConnection.ClearAllPools();
        if (server is not null)
        {
            var settings = new NpgsqlConnectionStringBuilder(server);
            var name = settings.Database;
            settings.Database = "postgres";
            NpgsqlConnection.ClearAllPools();
            Execute(settings.ToString(), $"DROP DATABASE {name} WITH (FORCE)");
        }

        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
