using System.Data.Common;
using System.Security.Cryptography;
using DreamPlatform.Storage.Keys;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DreamPlatform.Storage.Tests.Keys;

/// <summary>Keys of people: made once, found again, wrapped anew beside those who use them, destroyed for ever.</summary>
public sealed class PersonKeysTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_key_is_made_once_however_many_ask_for_it_at_once(string database)
    {
        await using var scene = new Scene(database);
        var person = Guid.CreateVersion7();
        Assert.Null(await scene.Keys().Find(person));

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(async () => Convert.ToHexString(await scene.Keys().ForSealing(person)))));

        Assert.Single(keys.Distinct());
        Assert.Equal(keys[0], Convert.ToHexString((await scene.Keys().Find(person))!));
        Assert.NotEqual(keys[0], Convert.ToHexString(await scene.Keys().ForSealing(Guid.CreateVersion7())));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_destroyed_key_is_gone_for_ever_and_no_other_is_made(string database)
    {
        await using var scene = new Scene(database);
        var (keys, person) = (scene.Keys(), Guid.CreateVersion7());
        await keys.ForSealing(person);

        await keys.Destroy(person);
        await keys.Destroy(person);

        await Assert.ThrowsAsync<HolderErasedException>(async () => await keys.Find(person));
        await Assert.ThrowsAsync<HolderErasedException>(async () => await keys.ForSealing(person));
        await Assert.ThrowsAsync<HolderErasedException>(async () => await scene.Keys().ForSealing(person));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Whoever_never_had_a_key_is_erased_all_the_same(string database)
    {
        await using var scene = new Scene(database);
        var person = Guid.CreateVersion7();

        await scene.Keys().Destroy(person);

        await Assert.ThrowsAsync<HolderErasedException>(async () => await scene.Keys().ForSealing(person));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Another_process_forgets_a_destroyed_key_soon(string database)
    {
        await using var scene = new Scene(database);
        var (one, other, person) = (scene.Keys(), scene.Keys(), Guid.CreateVersion7());
        await other.ForSealing(person);
        await one.Destroy(person);

        scene.Journal.Time.Advance(PersonKeys.RememberedFor);

        await Assert.ThrowsAsync<HolderErasedException>(async () => await other.Find(person));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task After_rotation_only_the_new_key_encryption_key_is_there_and_opens_everything(string database)
    {
        await using var scene = new Scene(database);
        var people = Enumerable.Range(0, 1_200).Select(_ => Guid.CreateVersion7()).ToArray();
        var before = new List<string>();
        foreach (var person in people) before.Add(Convert.ToHexString(await scene.Keys().ForSealing(person)));
        var old = Assert.Single(scene.KeyFiles());
        await scene.Keys().Destroy(people[7]);

        var count = await scene.Rotate();

        Assert.Equal(people.Length - 1, count);
        Assert.NotEqual(old, Assert.Single(scene.KeyFiles()));
        var fresh = scene.Keys();
        for (var i = 0; i < people.Length; i++)
            if (i != 7) Assert.Equal(before[i], Convert.ToHexString((await fresh.Find(people[i]))!));
        await Assert.ThrowsAsync<HolderErasedException>(async () => await fresh.Find(people[7]));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Those_who_work_meanwhile_lose_nothing_by_a_rotation(string database)
    {
        await using var scene = new Scene(database);
        using var stop = new CancellationTokenSource();
        var made = new List<(Guid Person, string Key)>();
        var server = scene.Keys();
        var working = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var person = Guid.CreateVersion7();
                made.Add((person, Convert.ToHexString(await server.ForSealing(person))));
            }
        }, TestContext.Current.CancellationToken);

        for (var round = 0; round < 3; round++) await scene.Rotate();
        await stop.CancelAsync();
        await working;

        Assert.NotEmpty(made);
        var fresh = scene.Keys();
        foreach (var (person, key) in made) Assert.Equal(key, Convert.ToHexString((await fresh.Find(person))!));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_server_that_stalls_during_a_whole_rotation_loses_nothing_by_it(string database)
    {
        await using var scene = new Scene(database);
        await scene.Keys().ForSealing(Guid.CreateVersion7());
        var (stalled, person) = (new Stalling(scene.KeyFolder()), Guid.CreateVersion7());
        var making = Task.Run(async () => await scene.Keys(stalled).ForSealing(person));
        await stalled.HasWrapped;

        Assert.Equal(1, await scene.Rotate());
        stalled.GoOn();

        var key = Convert.ToHexString(await making);
        Assert.Equal(key, Convert.ToHexString((await scene.Keys().Find(person))!));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Rotations_at_once_all_end_and_lose_nothing(string database)
    {
        await using var scene = new Scene(database);
        var made = new List<(Guid Person, string Key)>();
        for (var i = 0; i < 60; i++)
        {
            var person = Guid.CreateVersion7();
            made.Add((person, Convert.ToHexString(await scene.Keys().ForSealing(person))));
        }

        var slow = scene.Rotate(new Slow(scene.KeyFolder()));
        for (var round = 0; round < 3; round++) await scene.Rotate();
        await Task.WhenAll(slow, scene.Rotate(), scene.Rotate())
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        foreach (var (person, key) in made) Assert.Equal(key, Convert.ToHexString((await scene.Keys().Find(person))!));
    }

    [Fact]
    public async Task A_rotation_ends_when_the_clock_was_put_back_since_the_current_key_was_made()
    {
        await using var scene = new Scene("sqlite");
        var future = scene.Put(TimeProvider.System.GetUtcNow().AddHours(2));
        var person = Guid.CreateVersion7();
        var key = Convert.ToHexString(await scene.Keys().ForSealing(person));

        var rotating = scene.Rotate().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1, await rotating);

        Assert.NotEqual(future, Assert.Single(scene.KeyFiles()));
        Assert.Equal(key, Convert.ToHexString((await scene.Keys().Find(person))!));
    }

    [Fact]
    public async Task Wrapped_keys_are_out_of_the_log_only_once_nobody_reads_it()
    {
        await using var scene = new Scene("sqlite");
        var (keys, person) = (scene.Keys(), Guid.CreateVersion7());
        await keys.ForSealing(person);
        var wrapped = scene.Wrapped(person);
        await using (scene.Reading())
        {
            await keys.Destroy(person);
            Assert.False(keys.Scrub());
            Assert.True(scene.HasOnDisk(wrapped));
        }

        Assert.True(keys.Scrub());
        Assert.False(scene.HasOnDisk(wrapped));
        Assert.True(await keys.IsDestroyed(person));
        Assert.False(await keys.IsDestroyed(Guid.CreateVersion7()));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wrapped_key_that_was_moved_to_somebody_else_does_not_open(string database)
    {
        await using var scene = new Scene(database);
        var (mine, yours) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await scene.Keys().ForSealing(mine);
        await scene.Keys().ForSealing(yours);

        scene.Run($"UPDATE person_keys SET wrapped = (SELECT wrapped FROM person_keys WHERE holder = '{yours}') WHERE holder = '{mine}'");

        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await scene.Keys().Find(mine));
        Assert.NotNull(await scene.Keys().Find(yours));
    }

    [Fact]
    public async Task Without_its_key_file_nothing_opens_and_the_error_names_the_file()
    {
        await using var scene = new Scene("sqlite");
        var person = Guid.CreateVersion7();
        await scene.Keys().ForSealing(person);
        var lost = Assert.Single(scene.KeyFiles());
        File.Move(lost, lost + ".elsewhere");

        var error = await Assert.ThrowsAsync<KeyUnavailableException>(async () => await scene.Keys().Find(person));

        Assert.Contains(Path.GetFileNameWithoutExtension(lost), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_the_environment_are_replaced_with_the_one_before_at_hand()
    {
        await using var scene = new Scene("sqlite");
        string old = Secret(), next = Secret();
        var person = Guid.CreateVersion7();
        var key = Convert.ToHexString(await scene.Keys(new KeySecrets(old, null)).ForSealing(person));
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await scene.Keys(new KeySecrets(next, null)).Find(person));
        await Assert.ThrowsAsync<KeyUnavailableException>(
            () => scene.Keys(new KeySecrets(old, null)).Rotate(CancellationToken.None));

        Assert.Equal(1, await scene.Rotate(new KeySecrets(next, old)));

        Assert.Equal(key, Convert.ToHexString((await scene.Keys(new KeySecrets(next, null)).Find(person))!));
        // A server that still has the old one alone, and an operator who takes it up again.
        await Assert.ThrowsAsync<KeyUnavailableException>(
            async () => await scene.Keys(new KeySecrets(old, null)).ForSealing(Guid.CreateVersion7()));
        await Assert.ThrowsAsync<KeyUnavailableException>(() => scene.Rotate(new KeySecrets(old, next)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void A_secret_that_is_none_is_refused(string secret)
    {
        Assert.False(KeySecrets.IsSecret(secret));
        Assert.Throws<KeyUnavailableException>(() => new KeySecrets(secret, null));
    }

    private static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Seal.KeyBytes));

    /// <summary>Keys of a server that stalls once it has wrapped the first key.</summary>
    private sealed class Stalling(IKeyEncryptionKeys keys) : IKeyEncryptionKeys
    {
        private readonly TaskCompletionSource wrapped = new(), goOn = new();

        public Task HasWrapped => wrapped.Task;

        public void GoOn() => goOn.SetResult();

        public async ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> key, string purpose)
        {
            var result = await keys.Wrap(key, purpose);
            wrapped.TrySetResult();
            await goOn.Task;
            return result;
        }

        public ValueTask<byte[]> Unwrap(WrappedKey wrapped, string purpose) => keys.Unwrap(wrapped, purpose);

        public ValueTask<IReadOnlyList<string>> Renew() => keys.Renew();

        public ValueTask Retire(string name) => keys.Retire(name);
    }

    /// <summary>Keys that take their time to wrap.</summary>
    private sealed class Slow(IKeyEncryptionKeys keys) : IKeyEncryptionKeys
    {
        public async ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> key, string purpose)
        {
            var wrapped = await keys.Wrap(key, purpose);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            return wrapped;
        }

        public ValueTask<byte[]> Unwrap(WrappedKey wrapped, string purpose) => keys.Unwrap(wrapped, purpose);

        public ValueTask<IReadOnlyList<string>> Renew() => keys.Renew();

        public ValueTask Retire(string name) => keys.Retire(name);
    }

    private sealed class Scene : IAsyncDisposable
    {
        private readonly DbDataSource rows;
        private readonly string folder;

        public Scene(string database)
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
}
