using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using DreamPlatform.Web.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static DreamPlatform.Web.Tests.Privacy.Remains;
using Picture = DreamPlatform.Storage.Tests.Files.Planted;

namespace DreamPlatform.Web.Tests.Privacy;

/// <summary>What somebody is given of all that is held about them.</summary>
public sealed class DownloadTests
{
    [Fact]
    public async Task What_cannot_be_read_is_named_in_the_download_and_all_else_is_there()
    {
        using var folder = new TemporaryFolder();
        Guid wish;
        await using (var platform = await Platform.Start(Platform.Options(folder.Path)))
        {
            wish = (await platform.Draft()).Id();
            await platform.Draft(Application(platform));
            await platform.Applicant.PutAsJsonAsync("/api/me/profile", new { name = "PLANTED-profile" });
        }

        Tamper(folder, "UPDATE OrleansStorage SET PayloadBinary = x'00' "
            + $"WHERE GrainIdExtensionString = 'wish-{wish}' OR GrainIdExtensionString LIKE 'person-%'");
        await using var app = await TestApp.StartAsync(Platform.Options(folder.Path));
        using var applicant = await app.SignInAsync("applicant@people.example", Platform.Password);
        var data = await applicant.Get("/api/me/data");

        Assert.Equal("profile", data.GetProperty("profile").Text("unreadable"));
        var cases = data.GetProperty("wishes").EnumerateArray().Select(it => it.GetProperty("case")).ToArray();
        Assert.Contains("PLANTED-story", cases[0].ToString(), StringComparison.Ordinal);
        Assert.Equal($"wish-{wish}", cases[1].Text("unreadable"));
        Assert.Equal("applicant@people.example", data.GetProperty("account").Text("email"));
    }

    [Fact]
    public async Task Erasing_and_downloading_need_a_session_of_the_last_minutes()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var platform = await Platform.Start(Platform.Options() with { Time = time });
        await platform.Donor.Get("/api/me/data");

        time.Advance(TimeSpan.FromMinutes(16));
        var refused = await platform.Donor.Post("/api/me/erase", new { confirm = true }, HttpStatusCode.Forbidden);
        await platform.Donor.Get("/api/me/data", HttpStatusCode.Forbidden);
        using var again = await platform.App.SignInAsync("donor@people.example", Platform.Password);

        Assert.Equal("sign-in-again", refused.Text("code"));
        Assert.True((await again.Post("/api/me/erase", new { confirm = true })).GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task A_person_downloads_all_that_is_held_about_them_with_who_looked()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft(Application(platform))).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        var masked = await platform.Reviewer.Get($"/api/reviews/{wish}");
        var revealed = await platform.Reviewer.Post($"/api/reviews/{wish}/reveal", new { reason = "To call and ask for the address" });

        var data = (await platform.Applicant.Get("/api/me/data")).ToString();

        Assert.DoesNotContain("PLANTED-phone", masked.ToString(), StringComparison.Ordinal);
        Assert.Contains("PLANTED-story", masked.ToString(), StringComparison.Ordinal);
        Assert.Contains("PLANTED-phone", revealed.ToString(), StringComparison.Ordinal);
        foreach (var value in (string[])[
            "PLANTED-name", "PLANTED-phone", "PLANTED-idnumber", "PLANTED-address", "PLANTED-story", "PLANTED-title",
            "PLANTED-item", "applicant@people.example", "To call and ask for the address"])
            Assert.Contains(value, data, StringComparison.Ordinal);
        var looks = (await platform.Applicant.Get($"/api/me/wishes/{wish}/looks")).Items();
        Assert.Equal(["case", "identity"], looks.Select(look => look.Text("what")));
        Assert.Equal(["To review the case.", "To call and ask for the address"], looks.Select(look => look.Text("reason")));
        await platform.Donor.Get($"/api/me/wishes/{wish}/looks", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Files_are_in_the_archive_that_a_person_downloads_and_gone_when_they_are_erased()
    {
        using var folder = new TemporaryFolder();
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        await platform.Draft(Application(platform));
        using var sent = await platform.Applicant.SendFile(Picture.Clean("image/png"));
        var file = (await sent.Expect(HttpStatusCode.Created)).Id();
        var files = Path.Combine(folder.Path, "files");
        Assert.NotEmpty(Directory.GetFiles(files, "*", SearchOption.AllDirectories));

        await using var stream = await platform.Applicant.GetStreamAsync(
            new Uri("/api/me/data?format=zip", UriKind.Relative), TestContext.Current.CancellationToken);
        using var archive = new ZipArchive(stream);
        await platform.Applicant.Get("/api/me/data?format=tar", HttpStatusCode.BadRequest);
        await platform.Applicant.Post("/api/me/erase", new { confirm = true });

        Assert.Equal(["data.json", $"files/{file}.png"], archive.Entries.Select(entry => entry.FullName));
        using (var json = new StreamReader(archive.Entries[0].Open()))
            Assert.Contains("PLANTED-phone", await json.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(archive.Entries[1].Length > 0);
        Assert.Empty(Directory.GetFiles(files, "*", SearchOption.AllDirectories));
    }
}
