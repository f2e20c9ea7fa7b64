using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Due;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Verification;
using DreamPlatform.Web.Tests.Accounts;
using DreamPlatform.Web.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using DreamPlatform.Web.Wishes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Picture = DreamPlatform.Storage.Tests.Files.Planted;

namespace DreamPlatform.Web.Tests.Privacy;

/// <summary>Whoever asks to be erased is gone from every store; the books stay whole.</summary>
public sealed class ErasureTests
{
    private static readonly string[] Planted =
    [
        "PLANTED-name", "PLANTED-phone", "PLANTED-idnumber", "PLANTED-address", "PLANTED-story", "PLANTED-title",
        "PLANTED-public-title", "PLANTED-public-story", "PLANTED-item", "PLANTED-findings", "applicant@people.example",
        "APPLICANT@PEOPLE.EXAMPLE",
    ];

    [Fact]
    public async Task Nothing_is_left_of_an_applicant_but_the_books()
    {
        using var folder = new TemporaryFolder();
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var (wish, item) = await Fulfilled(platform);
        await platform.Draft(Application(platform));
        Assert.Contains(Planted, value => Everywhere(folder).Contains(value, StringComparison.Ordinal));

        var answer = await platform.Applicant.Post("/api/me/erase", new { confirm = true });

        Assert.True(answer.GetProperty("done").GetBoolean());
        Assert.NotEmpty(answer.GetProperty("kept").EnumerateArray());
        var left = Everywhere(folder);
        Assert.All(Planted, value => Assert.DoesNotContain(value, left, StringComparison.Ordinal));
        await platform.Applicant.Get("/api/me", HttpStatusCode.Unauthorized);
        var shown = await platform.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal("Fulfilled", shown.Text("status"));
        Assert.DoesNotContain("PLANTED", shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "PLANTED", (await platform.Reviewer.Get($"/api/reviews/{wish}")).ToString(), StringComparison.Ordinal);
        var receipts = await platform.Finance.Get($"/api/wishes/{wish}/items/{item}/receipts");
        Assert.Equal(["PLANTED-payee", "PLANTED-delivery"], receipts.Items().Select(entry => entry.Text("text")));
        Assert.True((await platform.App.Anonymous.Get("/api/ledger/trial-balance")).GetProperty("balanced").GetBoolean());
        AssertSound(platform);
    }

    [Fact]
    public async Task A_backup_from_before_opens_nothing_of_whom_was_erased_and_nothing_at_all_without_the_keys()
    {
        using var folder = new TemporaryFolder();
        using var backup = new TemporaryFolder();
        Guid wish;
        await using (var platform = await Platform.Start(Platform.Options(folder.Path)))
            (wish, _) = await Fulfilled(platform);
        Copy(folder.Path, backup.Path);
        await using (var app = await TestApp.StartAsync(Platform.Options(folder.Path)))
        {
            Assert.NotNull((await Look(app, wish)).Part.Application);
            using var applicant = await app.SignInAsync("applicant@people.example", Platform.Password);
            await applicant.Post("/api/me/erase", new { confirm = true });
        }

        Copy(backup.Path, folder.Path);
        await using (var restored = await TestApp.StartAsync(Platform.Options(folder.Path)))
            await AssertUnreadable(restored, wish);

        // A pooled connection would go on to read the deleted file.
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Keys, recursive: true);
        await using var withoutKeys = await TestApp.StartAsync(Platform.Options(folder.Path));
        await AssertUnreadable(withoutKeys, wish);
    }

    [Fact]
    public async Task Of_a_donor_amounts_and_times_are_left()
    {
        using var folder = new TemporaryFolder();
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var wish = await platform.FundingWish();
        await platform.Donor.PutAsJsonAsync("/api/me/display-name", new { displayName = "PLANTED-donor" });
        var paid = (await platform.Donor.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 5_000, message = "PLANTED-message" }, HttpStatusCode.Created)).Id();
        await platform.Donor.Post($"/api/payments/sandbox/{paid}", new { result = "paid" });
        await platform.Donor.Post($"/api/wishes/{wish}/pledges", new { amountMinor = 700 }, HttpStatusCode.Created);

        await platform.Donor.Post("/api/me/erase", new { confirm = true });

        var left = Everywhere(folder);
        Assert.DoesNotContain("PLANTED-donor", left, StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED-message", left, StringComparison.Ordinal);
        Assert.DoesNotContain("donor@people.example", left, StringComparison.Ordinal);
        var shown = await platform.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal((5_000, 5_000), (shown.Number("pledgedMinor"), shown.Number("paidMinor")));
        AssertSound(platform);
    }

    [Theory]
    [InlineData("Draft")]
    [InlineData("Submitted")]
    [InlineData("InReview")]
    [InlineData("Funding")]
    public async Task A_wish_that_is_not_decided_is_withdrawn_and_one_that_collects_takes_no_more(string status)
    {
        await using var platform = await Platform.Start();
        var wish = status == "Funding" ? await platform.FundingWish() : (await platform.Draft()).Id();
        if (status is "Submitted" or "InReview") await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        if (status == "InReview") await platform.Reviewer.Post($"/api/wishes/{wish}/claim");

        await platform.Applicant.Post("/api/me/erase", new { confirm = true });

        var wishes = platform.App.Services.GetRequiredService<Storage.Queries.WishQueries>();
        var state = (await wishes.Find(wish))!.Wish;
        Assert.Equal((status == "Funding" ? "Funding" : "Withdrawn", true), (Names.Of(state.Status), state.IsApplicantErased));
        if (status == "Funding")
            await platform.Donor.Post($"/api/wishes/{wish}/pledges", new { amountMinor = 5 }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_reviewers_cases_go_back_to_the_queue_and_the_last_operator_stays()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");

        await platform.Reviewer.Post("/api/me/erase", new { confirm = true });
        var refused = await platform.Operator.Post("/api/me/erase", new { confirm = true }, HttpStatusCode.Conflict);

        Assert.Equal("last-operator", refused.Text("code"));
        using var other = await platform.Person("reviewer2", "reviewer");
        await other.Post($"/api/wishes/{wish}/claim");
    }

    [Fact]
    public async Task A_reviewers_cases_go_back_to_the_queue_even_when_the_role_was_taken_before()
    {
        await using var platform = await Platform.Start();
        var wish = (await platform.Draft()).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        using (var taken = await platform.Operator.SendAsync(
            HttpMethod.Delete, "/api/accounts/reviewer@people.example/roles",
            new { role = "reviewer", foundationId = platform.Foundation }))
            await taken.Expect(HttpStatusCode.OK);

        var answer = await platform.Reviewer.Post("/api/me/erase", new { confirm = true });

        Assert.True(answer.GetProperty("done").GetBoolean());
        using var second = await platform.Person("reviewer2", "reviewer");
        await second.Post($"/api/wishes/{wish}/claim");
        // And once more: what was done for the first is not taken for done for the second.
        await second.Post("/api/me/erase", new { confirm = true });
        using var third = await platform.Person("reviewer3", "reviewer");
        await third.Post($"/api/wishes/{wish}/claim");
        await platform.Approver.Post($"/api/wishes/{wish}/release", expected: HttpStatusCode.Forbidden);
        await platform.Administrator.Post($"/api/wishes/{wish}/release");
        Assert.Equal("Submitted", (await platform.Applicant.Get($"/api/me/wishes/{wish}")).Text("status"));
    }

    [Fact]
    public async Task Of_two_operators_who_erase_themselves_at_once_one_stays()
    {
        await using var platform = await Platform.Start();
        await platform.App.RegisterAsync("second@operator.example", Platform.Password);
        await platform.Operator.Post("/api/accounts/second@operator.example/roles", new { role = "operator" });
        using var second = await platform.App.SignInAsync("second@operator.example", Platform.Password);
        await SecondFactor.EnableAsync(second);

        var answers = await Task.WhenAll(((HttpClient[])[platform.Operator, second])
            .Select(client => client.SendPost("/api/me/erase", new { confirm = true })));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

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
    public async Task Nobody_is_erased_who_does_not_confirm_it()
    {
        await using var platform = await Platform.Start();

        await platform.Donor.Post("/api/me/erase", new { confirm = false }, HttpStatusCode.BadRequest);

        await platform.Donor.Get("/api/me");
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

    [Fact]
    public async Task What_was_published_is_gone_the_moment_consent_is_revoked()
    {
        using var folder = new TemporaryFolder();
        await using var platform = await Platform.Start(Platform.Options(folder.Path));
        var (wish, _) = await Fulfilled(platform);
        Assert.Equal("PLANTED-public-title", (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Text("title"));

        await platform.Donor.Post($"/api/wishes/{wish}/revoke-consent", expected: HttpStatusCode.NotFound);
        await platform.Applicant.Post($"/api/wishes/{wish}/revoke-consent");

        Assert.DoesNotContain(
            "PLANTED", (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED", (await platform.App.Anonymous.Get("/api/wishes")).ToString(), StringComparison.Ordinal);
        AssertSound(platform);
    }

    private static void AssertSound(Platform platform) =>
        Assert.All(Verifier.Run(platform.App.Services.GetRequiredService<Database>()), finding => Assert.True(finding.Holds, finding.Figure));

    private static async Task AssertUnreadable(TestApp app, Guid wish)
    {
        var failure = await Assert.ThrowsAsync<OrleansException>(() => Look(app, wish));
        Assert.IsType<VaultUnreadableException>(failure.InnerException);
    }

    /// <summary>As the applicant themself, whoever that was.</summary>
    private static async Task<Grains.Wishes.DossierView> Look(TestApp app, Guid wish)
    {
        var row = (await app.Services.GetRequiredService<Storage.Queries.WishQueries>().Find(wish))!;
        return await WishEndpoints.Dossier(app.Services.GetRequiredService<IGrainFactory>(), wish)
            .Look(new Actor(row.Wish.Applicant, []), reason: null);
    }

    private static string Everywhere(TemporaryFolder folder) => string.Concat(
        ((string[])[folder.Path, folder.Keys]).Where(Directory.Exists)
            .SelectMany(path => Directory.GetFiles(path, "*", SearchOption.AllDirectories))
            .Where(path => Path.GetFileName(path) != "lock")
            .Select(path => Encoding.UTF8.GetString(Bytes(path))));

    /// <summary>SQLite's own online copy, as a backup is made and restored.</summary>
    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={Path.Combine(from, "vault.db")};Pooling=False");
        using var copy = new SqliteConnection($"Data Source={Path.Combine(to, "vault.db")};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }

    private static long Rows(TemporaryFolder folder, string key)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "vault.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT COUNT(*) FROM OrleansStorage WHERE GrainIdExtensionString = '{key}' AND PayloadBinary IS NOT NULL";
        return (long)command.ExecuteScalar()!;
    }

    private static byte[] Column(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (byte[])command.ExecuteScalar()!;
    }

    /// <summary>Somebody who reads a database until they are disposed.</summary>
    private static SqliteConnection Reading(string database, string table)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"BEGIN DEFERRED; SELECT COUNT(*) FROM {table}";
        command.ExecuteScalar();
        return connection;
    }

    /// <summary>What is in a file, which may become shorter meanwhile.</summary>
    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool IsIn(string folder, byte[] value) =>
        Directory.GetFiles(folder).Any(path => Bytes(path).AsSpan().IndexOf(value) >= 0);

    private static void Tamper(TemporaryFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "vault.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<(Guid Wish, Guid Item)> Fulfilled(Platform platform)
    {
        var wish = (await platform.Draft(Application(platform))).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        await platform.Reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings = "PLANTED-findings",
            checks = Array.Empty<object>(),
            publicText = new { title = "PLANTED-public-title", story = "PLANTED-public-story" },
        });
        await platform.Approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
        await platform.Applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        await Platform.Give(platform.Donor, wish, 20_000);
        var item = (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Items()[0].Id();
        await platform.Finance.Post($"/api/wishes/{wish}/items/{item}/order", new { payee = "PLANTED-payee", amountMinor = 20_000 });
        await platform.Finance.Post(
            $"/api/wishes/{wish}/items/{item}/deliver", new { actualAmountMinor = 20_000, evidence = "PLANTED-delivery" });
        await platform.Applicant.Post($"/api/wishes/{wish}/confirm-receipt", new { itemId = item });
        return (wish, item);
    }

    private static object Application(Platform platform) => new
    {
        projectId = platform.Project,
        title = "PLANTED-title",
        story = "PLANTED-story",
        category = "housing",
        region = "sichuan",
        items = new[] { new { name = "PLANTED-item", quantity = 1, amountMinor = 20_000 } },
        applicant = new
        {
            name = "PLANTED-name",
            phone = "PLANTED-phone",
            idNumber = "PLANTED-idnumber",
            address = "PLANTED-address",
        },
    };
}
