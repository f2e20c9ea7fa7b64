using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Due;
using DreamPlatform.Grains.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Files;

/// <summary>What is kept of files, for how long, and what becomes of those that nobody can read.</summary>
public sealed class FileKeepingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Files_that_are_attached_to_nothing_are_gone_after_a_day_with_all_that_is_known_of_them()
    {
        await using var app = await TestApp.StartAsync(new() { Demo = true, Data = folder.Path });
        var person = await FileRequests.Person(app);
        var picture = await person.Client.SendFile(Planted.Clean("image/png")).JsonAsync(201);
        var id = picture.GetProperty("id").GetGuid();
        var shelf = app.Services.GetRequiredService<IGrainFactory>().GetShelf(person.Id);
        Assert.Equal(id, Assert.Single(await shelf.List()).Id);

        await app.Services.GetRequiredService<Sweeper>().Sweep();
        Assert.Equal(id, Assert.Single(await shelf.List()).Id);
        await PassADay(app);

        Assert.Empty(await shelf.List());
        Assert.Null(await app.Services.GetRequiredService<IGrainFactory>().GetFile(id).Get());
        Assert.Null(await app.Services.GetRequiredService<IFileStore>().Read(id, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "files"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_shelf_takes_as_many_files_as_is_said()
    {
        await using var app = await TestApp.StartAsync(new() { Demo = true });
        var person = await FileRequests.Person(app);
        var shelf = app.Services.GetRequiredService<IGrainFactory>().GetShelf(person.Id);
        for (var i = 0; i < FileLimits.MaxFilesPerPerson; i++) Assert.Null(await shelf.Add(Guid.NewGuid(), 1));

        var problem = await person.Client.SendFile(Planted.Clean("image/png")).ProblemAsync();
        Assert.Equal((409, "file-quota-exceeded"), (problem.Status, problem.Code));

        foreach (var file in await shelf.List()) await shelf.Remove(file.Id);
        for (var i = 0; i < 6; i++) Assert.Null(await shelf.Add(Guid.NewGuid(), FileLimits.MaxKeptBytes));
        Assert.IsType<CommandRefused>(await shelf.Add(Guid.NewGuid(), FileLimits.MaxKeptBytes));
        await person.Client.SendFile(Planted.Clean("image/png")).JsonAsync(201);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_busy_and_what_was_begun_is_swept()
    {
        await using var app = await TestApp.StartAsync(new() { Demo = true, Data = folder.Path });
        var person = await FileRequests.Person(app);
        Directory.Delete(Path.Combine(folder.Path, "files"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "files"), "in the way");

        var problem = await person.Client.SendFile(Planted.Clean("image/png")).ProblemAsync();

        Assert.Equal((503, "busy"), (problem.Status, problem.Code));
        var shelf = app.Services.GetRequiredService<IGrainFactory>().GetShelf(person.Id);
        Assert.Single(await shelf.List());
        File.Delete(Path.Combine(folder.Path, "files"));
        await PassADay(app);
        Assert.Empty(await shelf.List());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_of_a_file_of_which_nothing_can_be_read_go_once_its_owner_is_erased(bool isErased)
    {
        Guid id;
        AccountId owner;
        await using (var app = await TestApp.StartAsync(new() { Demo = true, Data = folder.Path }))
        {
            (var client, owner) = await FileRequests.Person(app);
            id = (await client.SendFile(Planted.Clean("image/png")).JsonAsync(201)).Id();
        }

        Tamper("vault", $"UPDATE OrleansStorage SET PayloadBinary = x'00' WHERE GrainIdExtensionString = 'file-{id}'");
        await using var again = await TestApp.StartAsync(new() { Demo = true, Data = folder.Path });
        if (isErased) await again.Services.GetRequiredService<PersonKeys>().Destroy(owner.Value);
        await PassADay(again);

        var store = again.Services.GetRequiredService<IFileStore>();
        Assert.Equal(isErased, await store.Read(id, CancellationToken.None) is null);
        await using var journal = new SqliteConnection($"Data Source={folder.Path}/journal.db;Pooling=False");
        await journal.OpenAsync();
        await using var command = journal.CreateCommand();
        command.CommandText = "SELECT COALESCE(group_concat(last_error), '') FROM due WHERE kind = 3";
        Assert.Equal(isErased ? "" : "vault-unreadable", await command.ExecuteScalarAsync());
    }

    public void Dispose() => folder.Dispose();

    private void Tamper(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Path}/{database}.db;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    /// <summary>Brings what falls due in a day forward, since a silo does not survive a day in one moment.</summary>
    private async Task PassADay(TestApp app)
    {
        await using (var journal = new SqliteConnection($"Data Source={folder.Path}/journal.db;Pooling=False"))
        {
            await journal.OpenAsync();
            await using var command = journal.CreateCommand();
            command.CommandText = "UPDATE due SET at_ms = at_ms - 86400000 WHERE kind = 3 AND at_ms > $least";
            command.Parameters.AddWithValue("$least", TimeProvider.System.GetUtcNow().AddHours(23).ToUnixTimeMilliseconds());
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        }

        await app.Services.GetRequiredService<Sweeper>().Sweep();
    }
}
