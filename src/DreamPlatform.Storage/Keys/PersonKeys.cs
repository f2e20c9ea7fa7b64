using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace DreamPlatform.Storage.Keys;

/// <summary>
/// A data key for each person (and each foundation, for the receipts it must keep), wrapped by a key-encryption key.
/// Destroying a person's key makes everything that is sealed with it unreadable, wherever copies of it are.
/// </summary>
public sealed class PersonKeys(DbDataSource rows, IKeyEncryptionKeys keys, TimeProvider time) : IDisposable
{
    /// <summary>How long a key is remembered; another process's destroying is known after so long.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(30);

    /// <summary>How long the log of the file is read by others before scrubbing it is tried again.</summary>
    private static readonly TimeSpan ScrubAgainAfter = TimeSpan.FromMilliseconds(200);

    private const int MaxRemembered = 10_000, PageRows = 500;

    /// <summary>Of a key that wraps: asked in the statement that keeps what it wrapped.</summary>
    private const string IsInUse = "NOT EXISTS (SELECT 1 FROM retired_keys WHERE name = @name)";

    private readonly ConcurrentDictionary<Guid, (byte[] Key, long At)> remembered = new();

    public void Dispose() => rows.Dispose();

    /// <summary>Makes the tables where they are not there.</summary>
    public void Prepare()
    {
        if (rows is NpgsqlDataSource server)
        {
            PostgresServer.Apply(server, Tables("bytea"));
            return;
        }

        using var connection = rows.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = Tables("BLOB");
        command.ExecuteNonQuery();
    }

    /// <summary>Tries every key-encryption key that is in use, so that a missing one is known before it is needed.</summary>
    /// <exception cref="KeyUnavailableException">One is missing, or does not fit.</exception>
    public async Task Check()
    {
        foreach (var (holder, wrapped) in await Read(
            "WHERE holder IN (SELECT MIN(holder) FROM person_keys WHERE key_name IS NOT NULL GROUP BY key_name)"))
            await keys.Unwrap(wrapped!, Purpose(holder));
    }

    /// <summary>The key of a person, made when they have none yet.</summary>
    /// <exception cref="HolderErasedException">The person's key was destroyed.</exception>
    /// <exception cref="KeyUnavailableException">The key cannot be unwrapped, or a new one not be kept.</exception>
    public async ValueTask<byte[]> ForSealing(Guid holder)
    {
        string? tried = null;
        while (true)
        {
            // Whoever was first made the key.
            if (await Find(holder) is { } key) return key;
            var wrapped = await keys.Wrap(RandomNumberGenerator.GetBytes(Seal.KeyBytes), Purpose(holder));
            if (wrapped.KeyName == tried) throw Retired(tried);
            await Run(
                $"""
                INSERT INTO person_keys (holder, key_name, wrapped)
                SELECT @holder, @name, @wrapped WHERE {IsInUse} ON CONFLICT (holder) DO NOTHING
                """, ("holder", Name(holder)), ("name", wrapped.KeyName), ("wrapped", wrapped.Bytes));
            tried = wrapped.KeyName;
        }
    }

    /// <summary>The key of a person, or null when they never had one.</summary>
    /// <exception cref="HolderErasedException">The person's key was destroyed.</exception>
    /// <exception cref="KeyUnavailableException">The key cannot be unwrapped.</exception>
    public async ValueTask<byte[]?> Find(Guid holder)
    {
        if (remembered.TryGetValue(holder, out var known) && time.GetElapsedTime(known.At) < RememberedFor)
            return known.Key;
        var at = time.GetTimestamp();
        var row = await Read("WHERE holder = @holder", ("holder", Name(holder)));
        if (row.Count == 0) return null;
        if (row[0].Wrapped is not { } wrapped) throw new HolderErasedException(holder);
        var key = await keys.Unwrap(wrapped, Purpose(holder));
        if (remembered.Count >= MaxRemembered) remembered.Clear();
        remembered[holder] = (key, at);
        return key;
    }

    /// <summary>
    /// Destroys a person's key, for ever: no other is made for them. It is gone after <see cref="Scrub"/>.
    /// </summary>
    public async Task Destroy(Guid holder)
    {
        await Run(
            """
            INSERT INTO person_keys (holder, key_name, wrapped) VALUES (@holder, NULL, NULL)
            ON CONFLICT (holder) DO UPDATE SET key_name = NULL, wrapped = NULL
            """, ("holder", Name(holder)));
        remembered.TryRemove(holder, out _);
    }

    /// <summary>Whether a person's key was destroyed.</summary>
    public async ValueTask<bool> IsDestroyed(Guid holder) =>
        await Read("WHERE holder = @holder", ("holder", Name(holder))) is [{ Wrapped: null }];

    /// <summary>Takes what was destroyed or wrapped anew out of the log of a file; a server has its own ways.</summary>
    /// <returns>False when somebody stood in the way; try again later.</returns>
    public bool Scrub() => rows is not SqliteFile file || file.Scrub();

    /// <summary>
    /// Wraps every key with a new key-encryption key, beside servers that go on, and drops the older ones. Each of them
    /// is marked before it goes, at a moment when it wraps nothing, and what is marked is never used again: so a server
    /// that stalled and another rotation can only wrap once more, whatever their clocks say.
    /// </summary>
    /// <returns>How many keys were wrapped anew.</returns>
    /// <exception cref="KeyUnavailableException">A key cannot be unwrapped, or the new one was replaced before.</exception>
    public async Task<long> Rotate(CancellationToken stop)
    {
        var count = 0L;
        foreach (var older in await keys.Renew())
        {
            do count += await Rewrap(older, stop);
            while (!await MarkRetired(older));
            await keys.Retire(older);
        }

        while (!Scrub()) await Task.Delay(ScrubAgainAfter, time, stop);
        return count;
    }

    private async Task<long> Rewrap(string older, CancellationToken stop)
    {
        var (count, refused) = (0L, (string?)null);
        while (await Read(
            $"WHERE key_name = @older ORDER BY holder LIMIT {PageRows}", ("older", older)) is { Count: > 0 } page)
        {
            foreach (var (holder, old) in page)
            {
                stop.ThrowIfCancellationRequested();
                var fresh = await keys.Wrap(await keys.Unwrap(old!, Purpose(holder)), Purpose(holder));
                // Not over a key that was destroyed meanwhile.
                var isWrapped = await Run(
                    $"""
                    UPDATE person_keys SET key_name = @name, wrapped = @wrapped
                    WHERE holder = @holder AND key_name = @older AND {IsInUse}
                    """,
                    ("name", fresh.KeyName), ("wrapped", fresh.Bytes), ("holder", Name(holder)), ("older", older)) > 0;
                if (isWrapped) count++;
                else if (await IsRetired(fresh.KeyName))
                {
                    // Once, another rotation was faster; after that there is a newer key, or none that may be used.
                    if (fresh.KeyName == refused) throw Retired(fresh.KeyName);
                    refused = fresh.KeyName;
                }
            }
        }

        return count;
    }

    /// <summary>Says that a key is used no more; false while it wraps something.</summary>
    private async Task<bool> MarkRetired(string name)
    {
        await using var connection = await rows.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (rows is not SqliteFile)
        {
            // Where there are many writers at once, those who are in the middle of it come first.
            await using var wait = Command(connection, "LOCK TABLE person_keys IN SHARE MODE", []);
            await wait.ExecuteNonQueryAsync();
        }

        await using var mark = Command(
            connection,
            """
            INSERT INTO retired_keys (name)
            SELECT @name WHERE NOT EXISTS (SELECT 1 FROM person_keys WHERE key_name = @name)
            ON CONFLICT (name) DO UPDATE SET name = excluded.name
            """, [("name", name)]);
        mark.Transaction = transaction;
        var isMarked = await mark.ExecuteNonQueryAsync() > 0;
        await transaction.CommitAsync();
        return isMarked;
    }

    private async ValueTask<bool> IsRetired(string name)
    {
        await using var connection = await rows.OpenConnectionAsync();
        await using var command = Command(
            connection, "SELECT COUNT(*) FROM retired_keys WHERE name = @name", [("name", name)]);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0;
    }

    private static string Tables(string bytes) =>
        $"""
        CREATE TABLE IF NOT EXISTS person_keys (holder text NOT NULL PRIMARY KEY, key_name text, wrapped {bytes});
        CREATE TABLE IF NOT EXISTS retired_keys (name text NOT NULL PRIMARY KEY)
        """;

    private static KeyUnavailableException Retired(string name) => new(
        $"The key-encryption key {name} was replaced and is used no more. Restart with the current one, or a new one.");

    private static string Name(Guid holder) => holder.ToString("D");

    private static string Purpose(Guid holder) => $"person/{holder:D}";

    private async Task<List<(Guid Holder, WrappedKey? Wrapped)>> Read(
        string where, params (string Name, object Value)[] parameters)
    {
        await using var connection = await rows.OpenConnectionAsync();
        await using var command = Command(
            connection, $"SELECT holder, key_name, wrapped FROM person_keys {where}", parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(Guid, WrappedKey?)>();
        while (await reader.ReadAsync())
        {
            var wrapped = await reader.IsDBNullAsync(1)
                ? null
                : new WrappedKey(reader.GetString(1), reader.GetFieldValue<byte[]>(2));
            found.Add((Guid.Parse(reader.GetString(0)), wrapped));
        }

        return found;
    }

    private async Task<int> Run(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = await rows.OpenConnectionAsync();
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>What is asked for belonged to somebody who was erased; it cannot be read any more, by nobody.</summary>
public sealed class HolderErasedException(Guid holder) : Exception($"The key of {holder} was destroyed.");
