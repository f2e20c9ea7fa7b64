using System.Data.Common;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Storage;

namespace DreamPlatform.Grains.Tests.Hosting;

/// <summary>The store of private data on each provider, under concurrent, repeated, large and hostile writes.</summary>
public sealed class VaultTests
{
    private const string State = "dossier.v1";

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task Of_concurrent_first_writes_one_wins_and_the_others_are_told(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        await OneOfManyWins(cluster.Vaults);
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task Of_first_writes_by_several_silos_and_clusters_one_wins(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var two = await vault.Start(silos: 2);
        await using var another = await vault.Start();
        await OneOfManyWins([.. two.Vaults, .. another.Vaults]);
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task Of_changes_to_one_version_by_several_silos_one_wins(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start(silos: 2);
        var id = NewId();
        await cluster.Vaults[0].WriteStateAsync(State, id, Of("first"));
        for (var round = 0; round < 10; round++)
        {
            var writers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Read(cluster.Vaults[i % 2], id)));
            foreach (var (writer, i) in writers.Zip(Enumerable.Range(0, 8))) writer.State = Of($"{round}.{i}").State;

            var wins = await Task.WhenAll(writers.Select((writer, i) => Task.Run(
                () => Wins(cluster.Vaults[i % 2].WriteStateAsync(State, id, writer)),
                TestContext.Current.CancellationToken)));

            var winner = Assert.Single(writers.Zip(wins), pair => pair.Second).First;
            Assert.Equal(Text(winner), Text(await Read(cluster.Vaults[1], id)));
        }
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_write_on_an_old_version_is_refused_and_changes_nothing(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (id, rows) = (NewId(), cluster.Vaults[0]);
        await rows.WriteStateAsync(State, id, Of("first"));
        var (old, current) = (await Read(rows, id), await Read(rows, id));
        current.State = Of("second").State;
        await rows.WriteStateAsync(State, id, current);

        old.State = Of("lost").State;
        Assert.False(await Wins(rows.WriteStateAsync(State, id, old)));
        Assert.False(await Wins(rows.WriteStateAsync(State, id, Of("blind"))));
        Assert.False(await Wins(rows.ClearStateAsync(State, id, old)));

        Assert.Equal("second", Text(await Read(rows, id)));
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_version_that_never_was_is_refused(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (absent, present, rows) = (NewId(), NewId(), cluster.Vaults[0]);
        await rows.WriteStateAsync(State, present, Of("here"));
        foreach (var id in new[] { absent, present })
        {
            var state = Of("from nowhere");
            state.ETag = vault.Invented;
            state.RecordExists = true;

            Assert.False(await Wins(rows.WriteStateAsync(State, id, state)));
            Assert.False(await Wins(rows.ClearStateAsync(State, id, state)));
        }

        Assert.False((await Read(rows, absent)).RecordExists);
        Assert.Equal("here", Text(await Read(rows, present)));
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task What_was_cleared_is_gone_and_can_be_made_again(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (id, rows) = (NewId(), cluster.Vaults[0]);
        var state = Of("to be forgotten");
        await rows.WriteStateAsync(State, id, state);
        var old = await Read(rows, id);
        await rows.ClearStateAsync(State, id, state);
        var cleared = await Read(rows, id);
        Assert.False(cleared.RecordExists);
        Assert.Empty(cleared.State!.Entries);
        Assert.Empty(await vault.Payloads());

        Assert.False(await Wins(rows.WriteStateAsync(State, id, old)));
        Assert.False(await Wins(rows.ClearStateAsync(State, id, old)));
        await rows.ClearStateAsync(State, id, cleared);
        cleared.State = Of("anew").State;
        await rows.WriteStateAsync(State, id, cleared);

        Assert.Equal("anew", Text(await Read(rows, id)));
        Assert.False(await Wins(rows.WriteStateAsync(State, id, old)));
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task Every_text_comes_back_as_it_was_written(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        string[] texts =
        [
            "", "洗衣机，冬天用手洗衣服太冷。", "🏮 lantern", "e\u0301 combined", "nul \0 inside", "'; DROP TABLE OrleansStorage; --",
            "\u202Eright to left", new('长', 150_000),
        ];
        foreach (var text in texts)
        {
            var id = NewId();
            await cluster.Vaults[0].WriteStateAsync(State, id, Of(text));
            Assert.Equal(text, Text(await Read(cluster.Vaults[0], id)));
        }
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_state_of_every_size_around_a_columns_limit_comes_back_whole(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var rows = cluster.Vaults[0];
        var overhead = await Overhead(vault, rows);
        foreach (var column in new[] { 1, 2, 3, 14, 15 })
        {
            foreach (var difference in column < 15 ? new[] { -1, 0, 1 } : [-1, 0])
            {
                var (id, size) = (NewId(), column * 64 * 1024 + difference);
                var text = Pattern(size - overhead);
                var state = Of(text);
                await rows.WriteStateAsync(State, id, state);

                Assert.Equal(size, (await vault.Payloads())[$"{id.Key}"]!.Length);
                Assert.Equal(text, Text(await Read(rows, id)));
                await rows.ClearStateAsync(State, id, state);
            }
        }
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_state_that_grows_or_shrinks_leaves_nothing_of_the_one_before(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (id, state, rows) = (NewId(), Of(""), cluster.Vaults[0]);
        foreach (var length in new[] { 0, 200_000, 60_000, 130_000, 700_000, 1, 64 * 1024, 0 })
        {
            state.State = Of(Pattern(length)).State;
            await rows.WriteStateAsync(State, id, state);

            Assert.Equal(Text(state), Text(await Read(rows, id)));
            Assert.InRange((await vault.Payloads()).Single().Value!.Length, length, length + 2_000);
        }
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_state_above_a_rows_limit_is_refused_by_name_and_the_old_one_stays(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (id, other, rows) = (NewId(), NewId(), cluster.Vaults[0]);
        var overhead = await Overhead(vault, rows);
        var state = Of("");
        await rows.WriteStateAsync(State, id, state);
        foreach (var size in new[] { 15 * 64 * 1024 + 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3_000_000 })
        {
            state.State = Of(Pattern(size - overhead)).State;
            if (vault.MaxPayloadBytes is { } max)
            {
                var refusal = await Assert.ThrowsAsync<VaultRowTooLargeException>(() => rows.WriteStateAsync(State, id, state));
                Assert.Contains("1 MiB", refusal.Message, StringComparison.Ordinal);
                Assert.Contains($"{size} bytes", refusal.Message, StringComparison.Ordinal);
                Assert.Contains($"{max} bytes", refusal.Message, StringComparison.Ordinal);
                Assert.Equal("", Text(await Read(rows, id)));
                await Assert.ThrowsAsync<VaultRowTooLargeException>(
                    () => rows.WriteStateAsync(State, other, new GrainState<Dossier>(state.State!)));
                Assert.False((await Read(rows, other)).RecordExists);
            }
            else
            {
                await rows.WriteStateAsync(State, id, state);
                Assert.Equal(Text(state), Text(await Read(rows, id)));
            }
        }

        state.State = Of("smaller").State;
        await rows.WriteStateAsync(State, id, state);
        Assert.Equal("smaller", Text(await Read(rows, id)));
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task Keys_that_differ_are_rows_that_differ(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var wish = Guid.CreateVersion7();
        string[] keys =
        [
            $"wish-{wish}", $"project-{wish}", $"wish-{Guid.CreateVersion7()}", "wish-020235", "wish-20235", "wish-a/b",
            @"wish-c\d", "wish-e#f", "wish-g?h", "wish-100%", "wish-%2F", "wish-%252F", "wish-it's", "wish-it''s",
            "wish-\"quoted\"", "wish-a+b", "wish-a b", "wish-a&b=c;d", "wish-')(", "Wish-x", "wish-x", "wish-心愿", "wish-🏮",
            "wish-e\u0301", "wish-\u00e9", "wish-..", "wish-.", $"wish-{new string('l', 450)}", $"wish-{new string('l', 451)}",
        ];
        foreach (var key in keys)
            await cluster.Vaults[0].WriteStateAsync(State, GrainId.Create("dossier", key), Of(key));
        foreach (var key in keys)
            Assert.Equal(key, Text(await Read(cluster.Vaults[0], GrainId.Create("dossier", key))));
        Assert.Equal(keys.Length, (await vault.Payloads()).Count);
        foreach (var key in keys)
        {
            var id = GrainId.Create("dossier", key);
            await cluster.Vaults[0].ClearStateAsync(State, id, await Read(cluster.Vaults[0], id));
        }

        Assert.Empty(await vault.Payloads());
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task Keys_that_a_table_cannot_tell_apart_are_never_one_row(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (first, rows) = (GrainId.Create("dossier", "wish-a/b"), cluster.Vaults[0]);
        await rows.WriteStateAsync(State, first, Of("first"));
        foreach (var key in new[] { "wish-a_b", "wish-a?b", "wish-a#b", @"wish-a\b" })
        {
            var second = GrainId.Create("dossier", key);
            if (store == "azure")
            {
                await Assert.ThrowsAsync<VaultKeyCollisionException>(() => Read(rows, second));
                await Assert.ThrowsAsync<VaultKeyCollisionException>(() => rows.WriteStateAsync(State, second, Of(key)));
                Assert.False(await Wins(rows.WriteStateAsync(State, first, Of("a conflict, as ever"))));
            }
            else
            {
                await rows.WriteStateAsync(State, second, Of(key));
                Assert.Equal(key, Text(await Read(rows, second)));
            }
        }

        Assert.Equal("first", Text(await Read(rows, first)));
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task A_row_that_cannot_be_read_fails_alone_and_stays_as_it_is(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (poisoned, healthy, rows) = (NewId(), NewId(), cluster.Vaults[0]);
        var state = Of("precious");
        await rows.WriteStateAsync(State, poisoned, state);
        await rows.WriteStateAsync(State, healthy, Of("healthy"));
        var original = (await vault.Payloads())[$"{poisoned.Key}"]!;
        byte[] flipped = [.. original];
        flipped[original.Length / 2] ^= 0x80;

        byte[][] damages = [[0x7b], [0], [0xff, 0xfe, 0xfd], original[..^1], flipped, [.. original, 0x7d]];
        foreach (var damage in damages)
        {
            await vault.Damage(poisoned, damage);

            var error = await Record.ExceptionAsync(() => Read(rows, poisoned));
            Assert.NotNull(error);
            Assert.IsNotType<InconsistentStateException>(error);
            Assert.DoesNotContain("precious", $"{error}", StringComparison.Ordinal);
            Assert.False(await Wins(rows.WriteStateAsync(State, poisoned, Of("made anew"))));
            Assert.Equal(damage, (await vault.Payloads())[$"{poisoned.Key}"]);
            Assert.Equal("healthy", Text(await Read(rows, healthy)));
        }

        await vault.Damage(poisoned, original);
        Assert.Equal("precious", Text(await Read(rows, poisoned)));
        await rows.WriteStateAsync(State, healthy, await Read(rows, healthy));
    }

    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task What_is_there_stays_there_when_the_vault_is_prepared_again(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var id = NewId();
        await cluster.Vaults[0].WriteStateAsync(State, id, Of("still here"));

        Vault.Prepare(cluster.Vault);

        Assert.Equal("still here", Text(await Read(cluster.Vaults[0], id)));
    }

    internal static DbConnection Open(VaultOptions vault)
    {
        DbConnection connection = vault.Postgres is { } server
            ? new NpgsqlConnection(server)
            : new SqliteConnection($"Data Source={vault.SqlitePath};Pooling=False");
        connection.Open();
        return connection;
    }

    internal static GrainId NewId() => GrainId.Create("dossier", $"wish-{Guid.CreateVersion7()}");

    internal static GrainState<Dossier> Of(string text) => new(new Dossier
    {
        LastVersion = 1,
        Entries =
        [
            new DossierEntry(1, new CommandId(Guid.CreateVersion7()), World.Applicant.Id, DateTimeOffset.UnixEpoch, new Note(text)),
        ],
    });

    internal static string Text(GrainState<Dossier> state) => ((Note)state.State!.Entries[0].Content).Text;

    internal static async Task<GrainState<Dossier>> Read(IGrainStorage rows, GrainId id)
    {
        var state = new GrainState<Dossier>(new Dossier());
        await rows.ReadStateAsync(State, id, state);
        return state;
    }

    internal static async Task<bool> Wins(Task write)
    {
        try
        {
            await write;
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static async Task OneOfManyWins(IReadOnlyList<IGrainStorage> vaults)
    {
        for (var round = 0; round < 10; round++)
        {
            var id = NewId();
            var writers = Enumerable.Range(0, 9).Select(i => Of($"writer {i}")).ToArray();

            var wins = await Task.WhenAll(writers.Select((state, i) => Task.Run(
                () => Wins(vaults[i % vaults.Count].WriteStateAsync(State, id, state)),
                TestContext.Current.CancellationToken)));

            var winner = Assert.Single(writers.Zip(wins), pair => pair.Second).First;
            foreach (var rows in vaults) Assert.Equal(Text(winner), Text(await Read(rows, id)));
        }
    }

    /// <summary>How much larger a row is than the text in it.</summary>
    private static async Task<int> Overhead(TestVault vault, IGrainStorage rows)
    {
        var (id, state) = (NewId(), Of(""));
        await rows.WriteStateAsync(State, id, state);
        var overhead = (await vault.Payloads()).Single().Value!.Length;
        await rows.ClearStateAsync(State, id, state);
        return overhead;
    }

    /// <summary>A text in which no part can be taken for another.</summary>
    private static string Pattern(int length) =>
        string.Concat(Enumerable.Range(0, length / 8 + 1).Select(i => $"{i:D8}"))[..length];
}
