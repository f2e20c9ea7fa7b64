using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;

namespace DreamPlatform.Storage.Keys;

/// <summary>
/// A data key for each person (and each foundation, for the receipts it must keep), wrapped by a key-encryption key.
/// Destroying a person's key makes everything that is sealed with it unreadable, wherever copies of it are.
/// </summary>
public sealed class PersonKeys(DbDataSource rows, IKeyEncryptionKeys keys, TimeProvider time)
{
    /// <summary>How long a key is remembered; another process's destroying is known after so long.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan InFlight = TimeSpan.FromSeconds(2);

    private const int MaxRemembered = 10_000, PageRows = 500;

    private readonly ConcurrentDictionary<Guid, (byte[] Key, long At)> remembered = new();

    /// <summary>Makes the table where it is not there.</summary>
    public void Prepare()
    {
        var bytes = rows is SqliteFile ? "BLOB" : "bytea";
        using var connection = rows.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"CREATE TABLE IF NOT EXISTS person_keys (holder text NOT NULL PRIMARY KEY, key_name text, wrapped {bytes})";
        command.ExecuteNonQuery();
    }

    /// <summary>The key of a person, made when they have none yet.</summary>
    /// <exception cref="HolderErasedException">The person's key was destroyed.</exception>
    /// <exception cref="KeyUnavailableException">The key cannot be unwrapped.</exception>
    public async ValueTask<byte[]> ForSealing(Guid holder)
    {
        if (await Find(holder) is { } known) return known;
        var wrapped = await keys.Wrap(RandomNumberGenerator.GetBytes(Seal.KeyBytes), Purpose(holder));
        await Run(
            """
            INSERT INTO person_keys (holder, key_name, wrapped) VALUES (@holder, @name, @wrapped)
            ON CONFLICT (holder) DO NOTHING
            """, ("holder", Name(holder)), ("name", wrapped.KeyName), ("wrapped", wrapped.Bytes));
        // Whoever was first made the key.
        return await Find(holder) ?? throw new KeyUnavailableException($"The key of {holder} could not be kept.");
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

    /// <summary>Destroys a person's key, for ever: no other is made for them.</summary>
    public async Task Destroy(Guid holder)
    {
        await Run(
            """
            INSERT INTO person_keys (holder, key_name, wrapped) VALUES (@holder, NULL, NULL)
            ON CONFLICT (holder) DO UPDATE SET key_name = NULL, wrapped = NULL
            """, ("holder", Name(holder)));
        remembered.TryRemove(holder, out _);
        (rows as SqliteFile)?.Scrub();
    }

    /// <summary>
    /// Wraps every key with a new key-encryption key, beside servers that go on, and drops the older ones.
    /// </summary>
    /// <returns>How many keys were wrapped anew.</returns>
    public async Task<long> Rotate(CancellationToken stop)
    {
        var current = await keys.Renew();
        var count = await Rewrap(current, stop);
        // A server may be wrapping a new key with the older one at this moment: look again until there is none.
        for (var late = 1L; late > 0; count += late)
        {
            await Task.Delay(InFlight, time, stop);
            late = await Rewrap(current, stop);
        }

        await keys.Retire();
        (rows as SqliteFile)?.Scrub();
        return count;
    }

    private async Task<long> Rewrap(string current, CancellationToken stop)
    {
        var count = 0L;
        while (await Read(
            $"WHERE key_name <> @current ORDER BY holder LIMIT {PageRows}", ("current", current)) is { Count: > 0 } page)
        {
            foreach (var (holder, old) in page)
            {
                stop.ThrowIfCancellationRequested();
                var fresh = await keys.Wrap(await keys.Unwrap(old!, Purpose(holder)), Purpose(holder));
                // Not over a key that was destroyed meanwhile.
                await Run(
                    "UPDATE person_keys SET key_name = @name, wrapped = @wrapped WHERE holder = @holder AND key_name = @old",
                    ("name", fresh.KeyName), ("wrapped", fresh.Bytes), ("holder", Name(holder)), ("old", old!.KeyName));
                count++;
            }
        }

        return count;
    }

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

    private async Task Run(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = await rows.OpenConnectionAsync();
        await using var command = Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync();
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
