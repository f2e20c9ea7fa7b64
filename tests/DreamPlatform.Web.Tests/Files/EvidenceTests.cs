using System.Net;
using System.Text.Json;
using DreamPlatform.Domain.Files;
using DreamPlatform.Grains.Due;
using DreamPlatform.Grains.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Files;

public sealed class EvidenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_an_applicant_attaches_is_seen_by_them_and_by_who_claimed_the_case_and_each_look_is_noted()
    {
        await using var platform = await Platform.Start();
        var file = await Send(platform.Applicant);
        var wish = (await Draft(platform, new { fileIds = new[] { file }, statement = "My pay slip" })).Id();
        var mine = await platform.Applicant.Get($"/api/me/wishes/{wish}");
        Assert.Equal(
            $$"""{"fileIds":["{{file}}"],"statement":"My pay slip"}""",
            mine.GetProperty("application").GetProperty("evidence").GetRawText());
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await AssertSeenBy(file, platform, ("applicant", platform.Applicant));

        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        await AssertSeenBy(file, platform, ("applicant", platform.Applicant), ("reviewer", platform.Reviewer));

        var looks = (await platform.Applicant.Get($"/api/me/wishes/{wish}/looks")).Items();
        var look = Assert.Single(looks, it => it.Text("what") == "file");
        Assert.Equal(file, look.GetProperty("fileId").GetGuid());
        Assert.Equal("reviewer", look.Text("as"));
    }

    [Fact]
    public async Task What_a_reviewer_found_is_seen_by_reviewer_and_approver_but_not_by_the_applicant()
    {
        await using var platform = await Platform.Start();
        var given = await Send(platform.Applicant);
        var wish = (await Draft(platform, new { fileIds = new[] { given } })).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        var found = await Send(platform.Reviewer, "application/pdf");
        await AssertSeenBy(found, platform, ("reviewer", platform.Reviewer));

        await Recommend(platform, wish, new { fileIds = new[] { found, given }, statement = "Letter of the landlord" });

        await AssertSeenBy(found, platform, ("reviewer", platform.Reviewer), ("approver", platform.Approver));
        // What the applicant gave stays theirs to see although the reviewer refers to it.
        await AssertSeenBy(
            given, platform, ("applicant", platform.Applicant), ("reviewer", platform.Reviewer),
            ("approver", platform.Approver));
        var shown = await platform.Reviewer.Get($"/api/reviews/{wish}");
        Assert.Contains(found.ToString(), shown.GetProperty("review").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_shows_a_delivery_is_the_foundations_and_outlives_the_applicant()
    {
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var given = await Send(platform.Applicant);
        var wish = (await Draft(platform, new { fileIds = new[] { given } })).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        var found = await Send(platform.Reviewer);
        await Recommend(platform, wish, new { fileIds = new[] { found } });
        await platform.Approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
        await platform.Applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        await Platform.Give(platform.Donor, wish, 20_000);
        var item = (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Items()[0].Id();
        await platform.Finance.Post($"/api/wishes/{wish}/items/{item}/order", new { payee = "Shop", amountMinor = 20_000 });
        var slip = await Send(platform.Finance, "application/pdf");
        await platform.Finance.Post($"/api/wishes/{wish}/items/{item}/deliver", new
        {
            actualAmountMinor = 19_000,
            evidence = new { fileIds = new[] { slip }, statement = "Signed" },
        });
        await AssertSeenBy(
            slip, platform, ("applicant", platform.Applicant), ("reviewer", platform.Reviewer),
            ("finance", platform.Finance), ("administrator", platform.Administrator));
        await platform.Applicant.Post($"/api/wishes/{wish}/confirm-receipt", new { itemId = item });
        var mine = await platform.Applicant.Get("/api/me/data");
        Assert.Contains(given.ToString(), mine.GetProperty("files").GetRawText(), StringComparison.Ordinal);

        Assert.True((await platform.Applicant.Post("/api/me/erase", new { confirm = true })).GetProperty("done").GetBoolean());

        var receipts = (await platform.Finance.Get($"/api/wishes/{wish}/items/{item}/receipts")).Items();
        Assert.Equal(slip, Assert.Single(receipts[1].GetProperty("fileIds").EnumerateArray()).GetGuid());
        Assert.Equal(200, await Status(platform.Finance, slip));
        var store = platform.App.Services.GetRequiredService<IFileStore>();
        Assert.Null(await store.Read(given, CancellationToken.None));
        Assert.Null(await store.Read(found, CancellationToken.None));
        Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "files"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_reviewer_attached_is_not_erased_with_them_but_what_they_did_not_is()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        var (found, loose) = (await Send(platform.Reviewer), await Send(platform.Reviewer));
        await Recommend(platform, wish, new { fileIds = new[] { found } });

        await platform.Reviewer.Post("/api/me/erase", new { confirm = true });

        var store = platform.App.Services.GetRequiredService<IFileStore>();
        Assert.NotNull(await store.Read(found, CancellationToken.None));
        Assert.Null(await store.Read(loose, CancellationToken.None));
        var grains = platform.App.Services.GetRequiredService<IGrainFactory>();
        Assert.NotNull(await grains.GetFile(found).Get());
    }

    [Fact]
    public async Task Files_that_are_not_there_or_not_ones_own_or_evidence_elsewhere_cannot_be_attached()
    {
        await using var platform = await Platform.Start();
        var (own, others, missing) = (await Send(platform.Applicant), await Send(platform.Donor), Guid.NewGuid());
        var wish = (await Draft(platform, new { fileIds = new[] { own } })).Id();

        var refusal = await Draft(platform, new { fileIds = new[] { own, others, missing } }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("file-unknown", refusal.Text("code"));
        Assert.Equal([others, missing], refusal.GetProperty("fileIds").EnumerateArray().Select(it => it.GetGuid()));
        Assert.Equal("file-unknown", (await Draft(platform, new { fileIds = new[] { own } }, HttpStatusCode.UnprocessableEntity)).Text("code"));
        await AssertSeenBy(others, platform, ("donor", platform.Donor));

        var full = Enumerable.Range(0, 21).Select(_ => Guid.NewGuid()).ToArray();
        Assert.Equal("malformed", (await Draft(platform, new { fileIds = full }, HttpStatusCode.BadRequest)).Text("code"));
        Assert.Equal("malformed", (await Draft(platform, new { fileIds = new[] { own, own } }, HttpStatusCode.BadRequest)).Text("code"));
        Assert.Equal("malformed", (await Draft(platform, new { fileIds = Array.Empty<Guid>() }, HttpStatusCode.BadRequest)).Text("code"));
        Assert.Equal("malformed", (await Draft(platform, 5, HttpStatusCode.BadRequest)).Text("code"));
        Assert.Equal("malformed", (await Draft(platform, "a\0b", HttpStatusCode.BadRequest)).Text("code"));
        Assert.Equal(wish, (await platform.Applicant.Get($"/api/me/wishes/{wish}")).Id());
    }

    [Fact]
    public async Task A_repeated_draft_with_files_is_the_first_answer_again()
    {
        await using var platform = await Platform.Start();
        var (file, key) = (await Send(platform.Applicant), Guid.CreateVersion7());
        var first = await Draft(platform, new { fileIds = new[] { file } }, key: key);
        Assert.Equal(first.GetRawText(), (await Draft(platform, new { fileIds = new[] { file } }, key: key)).GetRawText());
    }

    [Fact]
    public async Task A_file_that_a_draft_refers_to_no_more_is_swept_and_one_that_it_does_stays()
    {
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var (kept, dropped) = (await Send(platform.Applicant), await Send(platform.Applicant));
        var wish = (await Draft(platform, new { fileIds = new[] { kept, dropped } })).Id();
        await PassADay(platform);
        Assert.Equal(200, await Status(platform.Applicant, dropped));

        await Edit(platform, wish, new { fileIds = new[] { kept } });
        await platform.App.Services.GetRequiredService<Sweeper>().Sweep();

        Assert.Equal(200, await Status(platform.Applicant, kept));
        Assert.Equal(404, await Status(platform.Applicant, dropped));
        Assert.NotNull(await platform.App.Services.GetRequiredService<IFileStore>().Read(dropped, CancellationToken.None));
        await Edit(platform, wish, new { fileIds = new[] { kept } });
        await platform.App.Services.GetRequiredService<Sweeper>().Sweep();
        Assert.Equal(200, await Status(platform.Applicant, kept));
        Assert.Null(await platform.App.Services.GetRequiredService<IFileStore>().Read(dropped, CancellationToken.None));
    }

    [Fact]
    public async Task A_case_takes_as_many_files_as_is_said()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        var files = await Task.WhenAll(Enumerable.Range(0, FileLimits.MaxFilesPerCase + 1)
            .Select(_ => Make(platform, platform.Reviewer)));
        object Review(int count) => new
        {
            amountMinor = 20_000,
            findings = "Many papers.",
            checks = files.Take(count).Chunk(20).Select(some => new
            {
                claim = "Has it",
                result = "confirmed",
                evidence = new { fileIds = some },
            }),
        };

        var refusal = await platform.Reviewer.Post(
            $"/api/wishes/{wish}/recommend", Review(FileLimits.MaxFilesPerCase + 1), HttpStatusCode.Conflict);
        Assert.Equal("case-files-full", refusal.Text("code"));
        await platform.Reviewer.Post($"/api/wishes/{wish}/recommend", Review(FileLimits.MaxFilesPerCase));
    }

    private static async Task AssertSeenBy(Guid file, Platform platform, params (string, HttpClient)[] seen)
    {
        (string Who, HttpClient Client)[] all =
        [
            ("nobody", platform.App.Anonymous), ("applicant", platform.Applicant), ("reviewer", platform.Reviewer),
            ("approver", platform.Approver), ("finance", platform.Finance), ("administrator", platform.Administrator),
            ("donor", platform.Donor), ("operator", platform.Operator),
            ("sponsor", await platform.Person($"sponsor{Guid.NewGuid():N}", "sponsor")),
            ("another reviewer", await platform.Person($"reviewer{Guid.NewGuid():N}", "reviewer")),
        ];
        var by = new List<string>();
        foreach (var (who, client) in all)
        {
            var status = await Status(client, file);
            Assert.True(status is 200 or 404 or 401, $"{who} was answered {status}.");
            if (status == 200) by.Add(who);
        }

        Assert.Equal(seen.Select(it => it.Item1).Order(), by.Order());
    }

    private static async Task<int> Status(HttpClient client, Guid file)
    {
        using var answer = await client.GetAsync($"/api/files/{file}");
        return (int)answer.StatusCode;
    }

    private static async Task<Guid> Send(HttpClient client, string kind = "image/jpeg") => (await client.SendFile(
        kind == "application/pdf" ? PlantedPdf.Document() : Planted.Of(kind)).JsonAsync(201)).Id();

    /// <summary>A file that is known, without the work of cleaning one.</summary>
    private static async Task<Guid> Make(Platform platform, HttpClient sender)
    {
        var id = Guid.NewGuid();
        var me = new Domain.Shared.AccountId((await sender.Get("/api/me")).Id());
        await platform.App.Services.GetRequiredService<IGrainFactory>().GetFile(id).Keep(new StoredFile
        {
            Holder = me.Value,
            Uploader = me,
            Description = new FileDescription("image/png", 1, Width: 1, Height: 1),
        });
        return id;
    }

    private static Task<JsonElement> Draft(
        Platform platform, object evidence, HttpStatusCode expected = HttpStatusCode.Created, Guid? key = null) =>
        platform.Applicant.Post("/api/wishes", Body(platform, evidence), expected, key);

    private static async Task Edit(Platform platform, Guid wish, object evidence)
    {
        using var answer = await platform.Applicant.SendAsync(
            HttpMethod.Put, $"/api/wishes/{wish}", Body(platform, evidence));
        await answer.Expect(HttpStatusCode.OK);
    }

    private static object Body(Platform platform, object evidence) => new
    {
        projectId = platform.Project,
        title = "A warm blanket",
        story = "The dormitory is cold.",
        category = "housing",
        region = "sichuan",
        items = new[] { new { name = "Blanket", quantity = 2, amountMinor = 20_000 } },
        applicant = new { name = "Li Hua", phone = "+86 130 0000 0000" },
        evidence,
    };

    private static Task<JsonElement> Recommend(Platform platform, Guid wish, object evidence) =>
        platform.Reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings = "Spoke with the applicant.",
            checks = new[] { new { claim = "Lives there", result = "confirmed", evidence } },
            publicText = new { title = "A warm blanket", story = "Winter without heating." },
        });

    private async Task PassADay(Platform platform)
    {
        await using (var journal = new SqliteConnection($"Data Source={folder.Path}/journal.db;Pooling=False"))
        {
            await journal.OpenAsync();
            await using var command = journal.CreateCommand();
            command.CommandText = "UPDATE due SET at_ms = at_ms - 90000000 WHERE kind = 3";
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        }

        await platform.App.Services.GetRequiredService<Sweeper>().Sweep();
    }
}
