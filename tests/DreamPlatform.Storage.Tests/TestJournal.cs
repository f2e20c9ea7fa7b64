using System.Globalization;
using System.Text;
using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Verification;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(DreamPlatform.Storage.Tests.PostgresServer))]

namespace DreamPlatform.Storage.Tests;

/// <summary>A journal in a database of its own: a SQLite file, or a PostgreSQL database where a server is given.</summary>
public sealed class TestJournal : IAsyncDisposable
{
    /// <summary>Every table that holds what people did.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "streams", "events", "commands", "transfers", "accounts", "due", "texts", "wishes", "projects",
        "pledges_by_donor", "pledge_counts", "wall", "search_texts",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("dreamplatform-").FullName;
    private readonly string? server;
    private readonly int release;
    private readonly List<CommitLog> logs = [];

    /// <param name="isBlank">Whether the database is to be made anew, without any table.</param>
    /// <param name="release">Whose processes are at work here, by the schema that they write.</param>
    public TestJournal(
        string kind, CommitLogOptions? options = null, bool isBlank = false, int release = Database.SchemaVersion)
    {
        this.release = release;
        Options = options ?? new CommitLogOptions();
        IsSpoilt = isBlank;
        if (kind == "postgres") server = PostgresServer.Rent(isBlank);
        Database = Open();
        if (!isBlank) Database.Migrate("CNY");
        Reader = new JournalReader(Database);
    }

    /// <summary>The databases that tests run on: PostgreSQL only where the environment names a server.</summary>
    public static TheoryData<string> Kinds => PostgresServer.IsGiven
        ? ["sqlite", "postgres"]
        : ["sqlite"];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public Failpoints Failpoints { get; } = new();

    public CommitLogOptions Options { get; }

    public Database Database { get; }

    public JournalReader Reader { get; }

    /// <summary>Whether the database is of no use for another test: more than its rows was changed.</summary>
    public bool IsSpoilt { get; set; }

    public string SqlitePath => Path.Combine(folder, "journal.db");

    /// <summary>Another handle on the same database.</summary>
    public Database Open() => Open(release);

    /// <summary>A handle of another release on the same database.</summary>
    public Database Open(int release) => server is null
        ? new SqliteDatabase(SqlitePath) { Release = release }
        : new PostgresDatabase(Pooled(server)) { Release = release };

    /// <summary>What a service that opens this journal is told.</summary>
    public JournalOptions ServiceOptions =>
        new() { SqlitePath = server is null ? SqlitePath : null, Postgres = server is null ? null : Pooled(server), CommitLog = Options };

    /// <summary>A commit log on it; several make several lanes.</summary>
    public CommitLog Log(Failpoints? failpoints = null, Action? onConnect = null)
    {
        var log = new CommitLog(
            () =>
            {
                onConnect?.Invoke();
                return Database.Connect();
            },
            Options, Time, failpoints ?? Failpoints, new TestLog<CommitLog>());
        logs.Add(log);
        return log;
    }

    /// <summary>The owner as it is stored, with commands for it.</summary>
    public async Task<Round> Round(StreamId owner, params IReadOnlyList<Envelope> commands)
    {
        var stored = await Reader.Load(owner);
        return new Round((Owner)stored.State, stored.Version, stored.LastAt, commands);
    }

    /// <summary>Commits rounds in one batch: all are queued while a round without commands holds the log up.</summary>
    public static async Task<IReadOnlyList<RoundResult>> Together(
        CommitLog log, Failpoints failpoints, params IReadOnlyList<Round> rounds)
    {
        using var gate = new ManualResetEventSlim();
        var isHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var onStep = failpoints.OnStep;
        failpoints.OnStep = _ =>
        {
            failpoints.OnStep = onStep;
            isHeld.SetResult();
            gate.Wait();
        };
        var holder = log.Commit(new Round(new Donor(new AccountId(Guid.CreateVersion7())), 0, default, []));
        await isHeld.Task;
        var results = rounds.Select(log.Commit).ToArray();
        gate.Set();
        await holder;
        return await Task.WhenAll(results);
    }

    /// <summary>Fails unless everything holds that <see cref="Verifier"/> checks.</summary>
    public void AssertSound() =>
        Assert.All(Verifier.Run(Database), finding => Assert.True(finding.Holds, $"{finding.Number}. {finding.Figure}"));

    /// <summary>Every row of every table.</summary>
    public async Task<string> Dump()
    {
        var dump = new StringBuilder();
        await using var connection = Database.Open();
        foreach (var table in Tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
            foreach (var row in rows.Order(StringComparer.Ordinal)) dump.Append(table).Append(": ").AppendLine(row);
        }

        return dump.ToString();
    }

    /// <summary>The balance of an account over all lanes.</summary>
    public async Task<Balance> BalanceOf(LedgerAccount account)
    {
        var rows = await Reader.Query(
            """
            SELECT debits_pending_minor, debits_posted_minor, credits_pending_minor, credits_posted_minor, returned_minor
            FROM accounts WHERE name = @name
            """,
            row => new Balance(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4), null, true),
            ("name", account.Value));
        return rows.Aggregate(default(Balance), LedgerFold.Sum);
    }

    public async Task<long> Count(string from, params (string Name, object? Value)[] parameters) =>
        (await Reader.Query($"SELECT COUNT(*) FROM {from}", row => row.Number(0), parameters))[0];

    /// <summary>Changes the database behind everybody's back; how many rows that were.</summary>
    public int Tamper(string sql, params (string Name, object? Value)[] parameters)
    {
        using var connection = Database.OpenToWrite();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) Database.Bind(command, name, value);
        return command.ExecuteNonQuery();
    }

    /// <summary>Sends commands to their owner as its grain would: reloading when it is stale.</summary>
    public async Task<IReadOnlyList<Outcome>> Execute(
        CommitLog log, StreamId owner, params IReadOnlyList<Envelope> commands)
    {
        while (true)
        {
            switch (await log.Commit(await Round(owner, commands)))
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
        if (server is not null) PostgresServer.Return(server, IsSpoilt, Tables);
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Pooled(string server) => new NpgsqlConnectionStringBuilder(server) { Pooling = true }.ToString();

    private static string Text(object value) => value switch
    {
        byte[] bytes => new Guid(bytes, bigEndian: true).ToString(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
