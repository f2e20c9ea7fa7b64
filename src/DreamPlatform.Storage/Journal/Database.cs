using System.Data.Common;
using System.Globalization;
using System.Reflection;
using DbUp.Builder;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Search;

namespace DreamPlatform.Storage.Journal;

/// <summary>
/// Where the journal, the published texts and the read models are: a SQLite file or a PostgreSQL server.
/// </summary>
public abstract class Database : IDisposable
{
    /// <summary>The schema that this release writes and the newest it can read.</summary>
    public const int SchemaVersion = 6;

    /// <summary>The first schema with the search index of this release.</summary>
    private const int SearchSchema = 4;

    /// <summary>The schema that this process writes; another than that of this release only in tests.</summary>
    internal int Release { get; init; } = SchemaVersion;

    /// <summary>
    /// Creates the tables or brings them up to this release. Scripts only add to what releases read that are still in
    /// use; what those could not read waits for <see cref="FinishUpgrade"/>.
    /// </summary>
    /// <exception cref="DatabaseRefusedException">The database is too new, or was made for something else.</exception>
    public void Migrate(string currency) => Migrate(currency, Release);

    /// <summary>As above, with no script newer than one.</summary>
    internal void Migrate(string currency, int newest)
    {
        using (HoldMigrationLock())
        {
            var result = Upgrader().WithScriptsEmbeddedInAssembly(
                    Assembly.GetExecutingAssembly(),
                    name => NumberOf(name) <= newest)
                .WithTransactionPerScript().LogToNowhere().Build().PerformUpgrade();
            if (!result.Successful)
                throw new DatabaseRefusedException(
                    $"The database could not be brought up to date: {result.Error.Message}");
            SetCurrency(currency);
            // Nobody older can be at work where there was nothing before.
            if (!IsShared || result.Scripts.Any(script => NumberOf(script.Name) == 1)) Finish(newest);
            // Until then those at work would go on writing what is searched in their own way.
            if (ReadSchema().MinReader >= SearchSchema) SearchIndex.Refresh(this);
        }
    }

    /// <summary>
    /// Ends an upgrade: from now on what older releases cannot read may be written, and they are refused.
    /// </summary>
    /// <exception cref="DatabaseRefusedException">Processes of an older release are still at work.</exception>
    public void FinishUpgrade()
    {
        CheckSchema();
        using (HoldMigrationLock())
        {
            Finish(Release);
            SearchIndex.Refresh(this);
        }
    }

    /// <summary>What the database is at: its schema, and the oldest release that still reads it.</summary>
    public (int Version, int MinReader) ReadSchema()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, min_reader FROM schema_info";
        using var rows = command.ExecuteReader();
        rows.Read();
        return (rows.GetInt32(0), rows.GetInt32(1));
    }

    /// <summary>For tools that leave the schema as it is.</summary>
    /// <exception cref="DatabaseRefusedException">
    /// The database is too new for this release or not brought up to it, or is no journal.
    /// </exception>
    public void CheckSchema()
    {
        using var connection = Open();
        CheckSchema(connection, currency: null);
    }

    internal abstract JournalSession Connect();

    /// <summary>An open connection for reading; dispose it soon.</summary>
    public abstract DbConnection Open();

    /// <summary>An open connection for tools that repair or prepare; the commit log has its own.</summary>
    public virtual DbConnection OpenToWrite() => Open();

    /// <summary>A connection that sees one moment of the database, however long it is used.</summary>
    public abstract Snapshot Snapshot();

    /// <summary>Whether a process holds a commit log on it.</summary>
    public abstract bool IsServed();

    /// <summary>A value as this database's driver takes it.</summary>
    public abstract object Native(object? value);

    /// <summary>Reads an id.</summary>
    public abstract Guid Uuid(DbDataReader row, int column);

    /// <summary>Has deleted texts leave the files of the database too, as far as that is in our hands.</summary>
    /// <returns>False when somebody stood in the way at that moment; try again later.</returns>
    public abstract Task<bool> Scrub();

    public abstract void Dispose();

    internal async Task<IReadOnlyList<T>> Query<T>(
        DbConnection connection, string sql, Func<Row, T> map, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) Bind(command, name, value);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(map(new Row(reader, this)));
        return rows;
    }

    internal void Bind(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = Native(value);
        command.Parameters.Add(parameter);
    }

    /// <summary>A script's number; none of them has that of a script for the other database.</summary>
    private int NumberOf(string script) => script.Split($".Schema.{ScriptFolder}.") is [_, var name]
        ? int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture)
        : int.MaxValue;

    private protected abstract string ScriptFolder { get; }

    private protected abstract UpgradeEngineBuilder Upgrader();

    private protected abstract IDisposable HoldMigrationLock();

    /// <summary>Whether several processes may be at work on it at once.</summary>
    private protected abstract bool IsShared { get; }

    /// <summary>Refuses every release before one, once none of them is at work.</summary>
    private protected abstract void Finish(int release);

    private protected void CheckReader(int minReader)
    {
        if (minReader > Release)
            throw new DatabaseRefusedException(
                $"The database needs a release that reads schema {minReader}; this one reads {Release}. "
                + "Start the newer release.");
    }

    private void SetCurrency(string currency)
    {
        using var connection = OpenToWrite();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE schema_info SET currency = @currency WHERE currency IS NULL";
        Bind(command, "currency", currency);
        command.ExecuteNonQuery();
        CheckSchema(connection, currency);
    }

    private void CheckSchema(DbConnection connection, string? currency)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT min_reader, currency, version FROM schema_info";
        using var rows = command.ExecuteReader();
        if (!rows.Read()) throw new DatabaseRefusedException("The database has no schema_info; it is not a journal.");
        CheckReader(rows.GetInt32(0));
        if (currency is null && rows.GetInt32(2) < Release)
            throw new DatabaseRefusedException(
                $"The database has schema {rows.GetInt32(2)}, before {Release}. Start the server once; "
                + "it brings it up to date.");
        if (currency is not null && rows.GetString(1) != currency)
            throw new DatabaseRefusedException(
                $"The database keeps amounts in {rows.GetString(1)}, but Currency is set to {currency}.");
    }
}

/// <summary>A connection that sees one moment of a database.</summary>
public sealed class Snapshot(DbConnection connection, Action? onDispose = null) : IDisposable
{
    public DbConnection Connection { get; } = connection;

    public void Dispose()
    {
        Connection.Dispose();
        onDispose?.Invoke();
    }
}

/// <summary>The database cannot be used by this process; the message says what to do.</summary>
public sealed class DatabaseRefusedException(string message) : Exception(message);
