using System.Data.Common;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Storage;

namespace DreamPlatform.Grains.Tests.Hosting;

/// <summary>The store of private data on each provider, under concurrent, late and repeated writes.</summary>
public sealed class VaultTests
{
    internal const string State = "dossier.v1";

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
            Assert.IsType<VaultUnreadableException>(error);
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
        Holder = World.Applicant.Id.Value,
        LastVersion = 1,
        Entries =
        [
            new DossierEntry(
                1, new CommandId(Guid.CreateVersion7()), World.Applicant.Id, DateTimeOffset.UnixEpoch, new Note(text)),
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
}
