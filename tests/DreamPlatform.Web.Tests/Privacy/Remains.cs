using System.Text;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Verification;
using DreamPlatform.Web.Tests.Journey;
using DreamPlatform.Web.Wishes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Privacy;

/// <summary>Somebody with a whole journey behind them, and what is left of them where.</summary>
internal static class Remains
{
    /// <summary>What must be found nowhere afterwards.</summary>
    public static readonly string[] Planted =
    [
        "PLANTED-name", "PLANTED-phone", "PLANTED-idnumber", "PLANTED-address", "PLANTED-story", "PLANTED-title",
        "PLANTED-public-title", "PLANTED-public-story", "PLANTED-item", "PLANTED-findings", "applicant@people.example",
        "APPLICANT@PEOPLE.EXAMPLE",
    ];

    public static void AssertSound(Platform platform) =>
        Assert.All(Verifier.Run(platform.App.Services.GetRequiredService<Database>()), finding => Assert.True(finding.Holds, finding.Figure));

    public static async Task AssertUnreadable(TestApp app, Guid wish)
    {
        var failure = await Assert.ThrowsAsync<OrleansException>(() => Look(app, wish));
        Assert.IsType<VaultUnreadableException>(failure.InnerException);
    }

    /// <summary>As the applicant themself, whoever that was.</summary>
    public static async Task<Grains.Wishes.DossierView> Look(TestApp app, Guid wish)
    {
        var row = (await app.Services.GetRequiredService<Storage.Queries.WishQueries>().Find(wish))!;
        return await WishEndpoints.Dossier(app.Services.GetRequiredService<IGrainFactory>(), wish)
            .Look(new Actor(row.Wish.Applicant, []), reason: null);
    }

    public static string Everywhere(TemporaryFolder folder) => string.Concat(
        ((string[])[folder.Path, folder.Keys]).Where(Directory.Exists)
            .SelectMany(path => Directory.GetFiles(path, "*", SearchOption.AllDirectories))
            .Where(path => Path.GetFileName(path) != "lock")
            .Select(path => Encoding.UTF8.GetString(Bytes(path))));

    /// <summary>SQLite's own online copy, as a backup is made and restored.</summary>
    public static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={Path.Combine(from, "vault.db")};Pooling=False");
        using var copy = new SqliteConnection($"Data Source={Path.Combine(to, "vault.db")};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }

    public static long Rows(TemporaryFolder folder, string key)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "vault.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT COUNT(*) FROM OrleansStorage WHERE GrainIdExtensionString = '{key}' AND PayloadBinary IS NOT NULL";
        return (long)command.ExecuteScalar()!;
    }

    public static byte[] Column(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (byte[])command.ExecuteScalar()!;
    }

    /// <summary>Somebody who reads a database until they are disposed.</summary>
    public static SqliteConnection Reading(string database, string table)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"BEGIN DEFERRED; SELECT COUNT(*) FROM {table}";
        command.ExecuteScalar();
        return connection;
    }

    /// <summary>What is in a file, which may become shorter meanwhile.</summary>
    public static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static bool IsIn(string folder, byte[] value) =>
        Directory.GetFiles(folder).Any(path => Bytes(path).AsSpan().IndexOf(value) >= 0);

    public static void Tamper(TemporaryFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "vault.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static async Task<(Guid Wish, Guid Item)> Fulfilled(Platform platform)
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

    public static object Application(Platform platform) => new
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
