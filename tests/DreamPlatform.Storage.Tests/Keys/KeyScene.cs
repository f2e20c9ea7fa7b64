using System.Data.Common;
using System.Security.Cryptography;
using DreamPlatform.Storage.Keys;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DreamPlatform.Storage.Tests.Keys;

/// <summary>Keys of people in a database of their own.</summary>
internal sealed class KeyScene : IAsyncDisposable
{
    private readonly DbDataSource rows;
    private readonly string folder;

    public KeyScene(string database)
    {
        Journal = new TestJournal(database);
        folder = Directory.CreateDirectory(Journal.SqlitePath + "-keys").FullName;
        rows = Journal.ServiceOptions.Postgres is { } server
            ? NpgsqlDataSource.Create(server)
            : new SqliteFile(Path.Combine(folder, "person-keys.db"));
        Keys();
        Run("DELETE FROM person_keys");
        Run("DELETE FROM retired_keys");
    }

    public TestJournal Journal { get; }

    public PersonKeys Keys(IKeyEncryptionKeys? keys = null)
    {
        var made = new PersonKeys(rows, keys ?? KeyFolder(), Journal.Time);
        made.Prepare();
        return made;
    }

    public KeyFolder KeyFolder() => new(folder);

    /// <summary>Rotates as the command does, in real time.</summary>
    public Task<long> Rotate(IKeyEncryptionKeys? keys = null) =>
        new PersonKeys(rows, keys ?? KeyFolder(), TimeProvider.System).Rotate(CancellationToken.None);

    public string[] KeyFiles() => Directory.GetFiles(folder, "*.key");

    /// <summary>A key of another time than now; those that are there make way.</summary>
    public string Put(DateTimeOffset at)
    {
        foreach (var file in KeyFiles()) File.Delete(file);
        var path = Path.Combine(folder, $"kek-{Guid.CreateVersion7(at)}.key");
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(Seal.KeyBytes));
        return path;
    }

    public byte[] Wrapped(Guid person)
    {
        using var connection = rows.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT wrapped FROM person_keys WHERE holder = '{person}'";
        return (byte[])command.ExecuteScalar()!;
    }

    /// <summary>Somebody who reads until they are disposed.</summary>
    public SqliteConnection Reading()
    {
        var connection = new SqliteConnection($"Data Source={folder}/person-keys.db;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN DEFERRED; SELECT COUNT(*) FROM person_keys";
        command.ExecuteScalar();
        return connection;
    }

    public bool HasOnDisk(byte[] value) =>
        Directory.GetFiles(folder).Any(path => File.ReadAllBytes(path).AsSpan().IndexOf(value) >= 0);

    public void Run(string sql)
    {
        using var connection = rows.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await Journal.DisposeAsync();
    }
}
