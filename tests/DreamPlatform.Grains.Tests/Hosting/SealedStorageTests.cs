using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace DreamPlatform.Grains.Tests.Hosting;

/// <summary>What reaches a store is sealed for one person and one row.</summary>
public sealed class SealedStorageTests
{
    private const string StateName = "dossier.v1", Secret = "王芳 planted";

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task No_word_of_a_state_is_in_the_store(string database)
    {
        await using var scene = await Scene.Open(database);
        await scene.Write(scene.One);

        Assert.DoesNotContain("planted", await scene.Rows(), StringComparison.Ordinal);
        Assert.Equal(Secret, await scene.Read(scene.One));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_sealed_state_that_was_moved_to_another_row_does_not_open(string database)
    {
        await using var scene = await Scene.Open(database);
        await scene.Write(scene.One);
        await scene.Write(scene.Other);

        scene.Tamper($"""
            UPDATE OrleansStorage SET PayloadBinary =
              (SELECT PayloadBinary FROM OrleansStorage WHERE GrainIdExtensionString = '{Extension(scene.One)}')
            WHERE GrainIdExtensionString = '{Extension(scene.Other)}'
            """);

        await Assert.ThrowsAsync<VaultUnreadableException>(() => scene.Read(scene.Other));
        Assert.Equal(Secret, await scene.Read(scene.One));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_was_sealed_for_somebody_erased_does_not_open_even_when_its_row_comes_back(string database)
    {
        await using var scene = await Scene.Open(database);
        await scene.Write(scene.One);

        await scene.Keys.Destroy(scene.Person);

        await Assert.ThrowsAsync<VaultUnreadableException>(() => scene.Read(scene.One));
        await Assert.ThrowsAsync<HolderErasedException>(() => scene.Write(scene.Other));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_row_that_is_not_sealed_is_refused_and_left_as_it_is(string database)
    {
        await using var scene = await Scene.Open(database);
        await scene.Write(scene.One);
        scene.Tamper(database == "sqlite"
            ? "UPDATE OrleansStorage SET PayloadBinary = CAST('{\"entries\":[]}' AS BLOB)"
            : "UPDATE OrleansStorage SET PayloadBinary = '{\"entries\":[]}'::bytea");

        await Assert.ThrowsAsync<VaultUnreadableException>(() => scene.Read(scene.One));

        Assert.Contains("entries", await scene.Rows(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_does_not_say_whose_it_is_is_never_written()
    {
        await using var scene = await Scene.Open("sqlite");

        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Storage.WriteStateAsync(
            StateName, scene.One, new GrainState<Dossier>(new Dossier())));

        Assert.False((await scene.State(scene.One)).RecordExists);
    }

    private static string Extension(GrainId id) => id.Key.ToString()!;

    private sealed class Scene(Cluster cluster, TestJournal journal) : IAsyncDisposable
    {
        public Guid Person { get; } = Guid.CreateVersion7();

        public GrainId One { get; } = GrainId.Create("dossier", $"wish-{Guid.CreateVersion7()}");

        public GrainId Other { get; } = GrainId.Create("dossier", $"wish-{Guid.CreateVersion7()}");

        public IGrainStorage Storage => cluster.Services.GetRequiredKeyedService<IGrainStorage>(Vault.Name);

        public PersonKeys Keys => cluster.Services.GetRequiredService<PersonKeys>();

        public static async Task<Scene> Open(string database)
        {
            var journal = new TestJournal(database);
            var scene = new Scene(await Cluster.Start(journal), journal);
            scene.Tamper("DELETE FROM OrleansStorage");
            return scene;
        }

        public Task Write(GrainId id) => Storage.WriteStateAsync(StateName, id, new GrainState<Dossier>(new Dossier
        {
            Holder = Person,
            LastVersion = 1,
            Entries =
            [
                new DossierEntry(
                    1, new CommandId(Guid.CreateVersion7()), World.Applicant.Id, DateTimeOffset.UnixEpoch, new Note(Secret)),
            ],
        }));

        public async Task<string> Read(GrainId id) => ((Note)(await State(id)).State!.Entries[0].Content).Text;

        public async Task<GrainState<Dossier>> State(GrainId id)
        {
            var state = new GrainState<Dossier>();
            await Storage.ReadStateAsync(StateName, id, state);
            return state;
        }

        public async Task<string> Rows()
        {
            await using var connection = VaultTests.Open(cluster.Vault);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT PayloadBinary FROM OrleansStorage";
            await using var reader = await command.ExecuteReaderAsync();
            var all = "";
            while (await reader.ReadAsync()) all += System.Text.Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0));
            return all;
        }

        public void Tamper(string sql)
        {
            using var connection = VaultTests.Open(cluster.Vault);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        public async ValueTask DisposeAsync()
        {
            await cluster.DisposeAsync();
            await journal.DisposeAsync();
        }
    }
}
