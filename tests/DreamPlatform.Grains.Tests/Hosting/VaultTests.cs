using System.Data.Common;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Storage;

namespace DreamPlatform.Grains.Tests.Hosting;

/// <summary>The store of private data, with our queries, under concurrent and repeated writes.</summary>
public sealed class VaultTests
{
    private const string State = "dossier.v1";

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Of_concurrent_first_writes_one_wins_and_the_others_are_told(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        for (var round = 0; round < 10; round++)
        {
            var id = NewId();
            var writers = Enumerable.Range(0, 8).Select(i => Of($"writer {i}")).ToArray();

            var wins = await Task.WhenAll(writers.Select(state => Task.Run(
                () => Wins(Storage(cluster).WriteStateAsync(State, id, state)), TestContext.Current.CancellationToken)));

            var winner = Assert.Single(writers.Zip(wins), pair => pair.Second).First;
            Assert.Equal(Text(winner), Text(await Read(cluster, id)));
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_write_on_an_old_version_is_refused_and_changes_nothing(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var id = NewId();
        var first = Of("first");
        await Storage(cluster).WriteStateAsync(State, id, first);
        var (old, current) = (await Read(cluster, id), await Read(cluster, id));
        current.State = Of("second").State;
        await Storage(cluster).WriteStateAsync(State, id, current);

        old.State = Of("lost").State;
        Assert.False(await Wins(Storage(cluster).WriteStateAsync(State, id, old)));
        Assert.False(await Wins(Storage(cluster).WriteStateAsync(State, id, Of("blind"))));
        Assert.False(await Wins(Storage(cluster).ClearStateAsync(State, id, old)));

        Assert.Equal("second", Text(await Read(cluster, id)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_version_that_never_was_is_refused(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var id = NewId();
        var state = Of("from nowhere");
        state.ETag = "7";

        Assert.False(await Wins(Storage(cluster).WriteStateAsync(State, id, state)));
        Assert.False((await Read(cluster, id)).RecordExists);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_was_cleared_is_gone_and_can_be_made_again(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var id = NewId();
        var state = Of("to be forgotten");
        await Storage(cluster).WriteStateAsync(State, id, state);
        await Storage(cluster).ClearStateAsync(State, id, state);
        var cleared = await Read(cluster, id);
        Assert.False(cleared.RecordExists);
        Assert.DoesNotContain("to be forgotten", await Payloads(cluster), StringComparison.Ordinal);

        cleared.State = Of("anew").State;
        await Storage(cluster).WriteStateAsync(State, id, cleared);

        Assert.Equal("anew", Text(await Read(cluster, id)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Every_text_comes_back_as_it_was_written(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        string[] texts =
        [
            "", "洗衣机，冬天用手洗衣服太冷。", "🏮 lantern", "e\u0301 combined", "nul \0 inside", "'; DROP TABLE OrleansStorage; --",
            "\u202Eright to left", new('长', 2_000_000),
        ];
        foreach (var text in texts)
        {
            var id = NewId();
            await Storage(cluster).WriteStateAsync(State, id, Of(text));
            Assert.Equal(text, Text(await Read(cluster, id)));
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Keys_that_differ_are_rows_that_differ(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var wish = Guid.CreateVersion7();
        string[] keys = [$"wish-{wish}", $"project-{wish}", $"wish-{Guid.CreateVersion7()}", "wish-020235", "wish-20235"];
        foreach (var key in keys) await Storage(cluster).WriteStateAsync(State, GrainId.Create("dossier", key), Of(key));
        foreach (var key in keys) Assert.Equal(key, Text(await Read(cluster, GrainId.Create("dossier", key))));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task The_script_can_run_again_over_what_is_there(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var id = NewId();
        await Storage(cluster).WriteStateAsync(State, id, Of("still here"));

        Vault.Prepare(cluster.Vault);

        Assert.Equal("still here", Text(await Read(cluster, id)));
    }

    internal static DbConnection Open(VaultOptions vault)
    {
        DbConnection connection = vault.Postgres is { } server
            ? new NpgsqlConnection(server)
            : new SqliteConnection($"Data Source={vault.SqlitePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static IGrainStorage Storage(Cluster cluster) =>
        cluster.Services.GetRequiredKeyedService<IGrainStorage>(Vault.Name);

    private static GrainId NewId() => GrainId.Create("dossier", $"wish-{Guid.CreateVersion7()}");

    private static GrainState<Dossier> Of(string text) => new(new Dossier
    {
        Holder = World.Applicant.Id.Value,
        LastVersion = 1,
        Entries =
        [
            new DossierEntry(1, new CommandId(Guid.CreateVersion7()), World.Applicant.Id, DateTimeOffset.UnixEpoch, new Note(text)),
        ],
    });

    private static string Text(GrainState<Dossier> state) => ((Note)state.State!.Entries[0].Content).Text;

    private static async Task<GrainState<Dossier>> Read(Cluster cluster, GrainId id)
    {
        var state = new GrainState<Dossier>(new Dossier());
        await Storage(cluster).ReadStateAsync(State, id, state);
        return state;
    }

    private static async Task<bool> Wins(Task write)
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

    private static async Task<string> Payloads(Cluster cluster)
    {
        await using var connection = Open(cluster.Vault);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT PayloadBinary FROM OrleansStorage WHERE PayloadBinary IS NOT NULL";
        await using var reader = await command.ExecuteReaderAsync();
        var all = "";
        while (await reader.ReadAsync()) all += System.Text.Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0));
        return all;
    }
}
