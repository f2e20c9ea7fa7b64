using System.Security.Cryptography;
using DreamPlatform.Storage.Keys;

namespace DreamPlatform.Storage.Tests.Keys;

/// <summary>Keys of people are wrapped anew beside those who use them.</summary>
public sealed class KeyRotationTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task After_rotation_only_the_new_key_encryption_key_is_there_and_opens_everything(string database)
    {
        await using var scene = new KeyScene(database);
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
        await using var scene = new KeyScene(database);
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
        await using var scene = new KeyScene(database);
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
        await using var scene = new KeyScene(database);
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
    public async Task A_new_key_is_the_current_one_however_soon_it_follows_another()
    {
        await using var scene = new KeyScene("sqlite");
        var keys = scene.KeyFolder();
        var before = await keys.Renew();

        for (var i = 0; i < 300; i++)
        {
            var older = await keys.Renew();
            var current = (await keys.Wrap(new byte[32], "test")).KeyName;
            Assert.Equal(before, older.Take(before.Count));
            Assert.Equal(before.Count + 1, older.Count);
            Assert.DoesNotContain(current, older);
            before = older;
        }
    }

    [Fact]
    public async Task A_rotation_ends_when_the_clock_was_put_back_since_the_current_key_was_made()
    {
        await using var scene = new KeyScene("sqlite");
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
        await using var scene = new KeyScene("sqlite");
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

    [Fact]
    public async Task Secrets_of_the_environment_are_replaced_with_the_one_before_at_hand()
    {
        await using var scene = new KeyScene("sqlite");
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
}
