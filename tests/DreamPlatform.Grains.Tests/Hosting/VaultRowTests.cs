using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using Orleans.Storage;
using static DreamPlatform.Grains.Tests.Hosting.VaultTests;

namespace DreamPlatform.Grains.Tests.Hosting;

/// <summary>What the store of private data takes on each provider: texts, sizes and keys of every kind.</summary>
public sealed class VaultRowTests
{
    [Theory, MemberData(nameof(TestVault.Kinds), MemberType = typeof(TestVault))]
    public async Task Every_text_comes_back_as_it_was_written(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        string[] texts =
        [
            "", "洗衣机，冬天用手洗衣服太冷。", "🏮 lantern", "e\u0301 combined", "nul \0 inside",
            "'; DROP TABLE OrleansStorage; --", "\u202Eright to left", new('长', 150_000),
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
                var refusal = await Assert.ThrowsAsync<VaultRowTooLargeException>(
                    () => rows.WriteStateAsync(State, id, state));
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
            "wish-\"quoted\"", "wish-a+b", "wish-a b", "wish-a&b=c;d", "wish-')(", "Wish-x", "wish-x", "wish-心愿",
            "wish-🏮", "wish-e\u0301", "wish-\u00e9", "wish-..", "wish-.", $"wish-{new string('l', 450)}",
            $"wish-{new string('l', 451)}",
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
                await Assert.ThrowsAsync<VaultKeyCollisionException>(
                    () => rows.WriteStateAsync(State, second, Of(key)));
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
