using System.Net;
using DreamPlatform.Grains.Due;
using DreamPlatform.Web.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static DreamPlatform.Web.Tests.Privacy.Remains;
using Picture = DreamPlatform.Storage.Tests.Files.Planted;

namespace DreamPlatform.Web.Tests.Privacy;

/// <summary>What stands in the way of erasing somebody: readers, damaged rows, damaged files.</summary>
public sealed class ObstacleTests
{
    [Fact]
    public async Task Erasing_beside_a_long_reader_stops_nobody_and_is_done_only_when_the_reader_is()
    {
        using var folder = new TemporaryFolder();
        var time = new Clock();
        await using var platform = await Platform.Start(Platform.Options(folder.Path) with { Time = time });
        await platform.Draft(Application(platform));
        var wrapped = Column(
            Path.Combine(folder.Keys, "person-keys.db"),
            $"SELECT wrapped FROM person_keys WHERE holder = '{(await platform.Applicant.Get("/api/me")).Id()}'");
        using var other = await platform.Person("other");
        var slowest = TimeSpan.Zero;
        using (Reading(Path.Combine(folder.Path, "journal.db"), "events"))
        using (Reading(Path.Combine(folder.Keys, "person-keys.db"), "person_keys"))
        {
            await other.Post("/api/wishes", new { projectId = platform.Project, title = "x" }, HttpStatusCode.Created);
            var erasing = platform.Applicant.Post("/api/me/erase", new { confirm = true });
            while (!erasing.IsCompleted)
            {
                var start = time.GetTimestamp();
                await other.Post("/api/wishes", new { projectId = platform.Project, title = "x" }, HttpStatusCode.Created);
                if (time.GetElapsedTime(start) is var took && took > slowest) slowest = took;
            }

            Assert.False((await erasing).GetProperty("done").GetBoolean());
            Assert.True(IsIn(folder.Keys, wrapped));
        }

        Assert.True(slowest < TimeSpan.FromSeconds(1), $"A command took {slowest}.");
        time.Advance(TimeSpan.FromMinutes(1));
        while (IsIn(folder.Keys, wrapped))
        {
            await platform.App.Services.GetRequiredService<Sweeper>().Sweep();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task A_file_of_which_nothing_can_be_read_keeps_no_other_from_being_erased()
    {
        using var folder = new TemporaryFolder();
        Guid wish;
        var files = new List<Guid>();
        await using (var platform = await Platform.Start(Platform.Options(folder.Path)))
        {
            for (var i = 0; i < 3; i++)
            {
                using var sent = await platform.Applicant.SendFile(Picture.Clean("image/png"));
                files.Add((await sent.Expect(HttpStatusCode.Created)).Id());
            }

            wish = (await platform.Draft(new
            {
                projectId = platform.Project,
                title = "A warm blanket",
                evidence = new { fileIds = files.Take(2) },
            })).Id();
        }

        Tamper(folder, "UPDATE OrleansStorage SET PayloadBinary = x'00' WHERE GrainIdExtensionString IN "
            + $"('file-{files[0]}', 'file-{files[2]}')");
        await using var app = await TestApp.StartAsync(Platform.Options(folder.Path));
        using var applicant = await app.SignInAsync("applicant@people.example", Platform.Password);
        var shown = await applicant.Get("/api/me/data");
        var answer = await applicant.Post("/api/me/erase", new { confirm = true });

        Assert.Equal(2, shown.GetProperty("files").EnumerateArray().Count(file => file.TryGetProperty("unreadable", out _)));
        Assert.True(answer.GetProperty("done").GetBoolean());
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "files"), "*", SearchOption.AllDirectories));
        Assert.Equal(0, Rows(folder, $"wish-{wish}"));
    }

    [Fact]
    public async Task What_stands_in_the_way_is_passed_later_by_itself()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var platform = await Platform.Start(Platform.Options(folder.Path) with { Time = time });
        await platform.Draft(Application(platform));
        Tamper(folder, "ALTER TABLE OrleansStorage RENAME TO Elsewhere");

        var answer = await platform.Applicant.Post("/api/me/erase", new { confirm = true });
        Tamper(folder, "ALTER TABLE Elsewhere RENAME TO OrleansStorage");

        Assert.False(answer.GetProperty("done").GetBoolean());
        time.Advance(TimeSpan.FromMinutes(1));
        var sweeper = platform.App.Services.GetRequiredService<Sweeper>();
        while (Everywhere(folder).Contains("applicant@people.example", StringComparison.Ordinal))
        {
            await sweeper.Sweep();
            time.Advance(TimeSpan.FromMinutes(1));
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.All(Planted, value => Assert.DoesNotContain(value, Everywhere(folder), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_private_row_that_cannot_be_opened_keeps_nothing_else_from_being_erased()
    {
        using var folder = new TemporaryFolder();
        var published = new List<Guid>();
        await using (var platform = await Platform.Start(Platform.Options(folder.Path)))
            for (var i = 0; i < 2; i++) published.Add((await Fulfilled(platform)).Wish);
        // That of the newest wish, which is the first that erasing comes to.
        Tamper(folder, $"UPDATE OrleansStorage SET PayloadBinary = x'00' WHERE GrainIdExtensionString = 'wish-{published[1]}'");

        await using var app = await TestApp.StartAsync(Platform.Options(folder.Path));
        using var applicant = await app.SignInAsync("applicant@people.example", Platform.Password);
        var answer = await applicant.Post("/api/me/erase", new { confirm = true });

        Assert.True(answer.GetProperty("done").GetBoolean());
        var left = Everywhere(folder);
        Assert.All(Planted, value => Assert.DoesNotContain(value, left, StringComparison.Ordinal));
        Assert.Equal(0, Rows(folder, $"wish-{published[0]}"));
        Assert.Equal(1, Rows(folder, $"wish-{published[1]}"));
    }
}
