using DreamPlatform.Domain.Ledger;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Tests.Commits;

namespace DreamPlatform.Storage.Tests.Journal;

/// <summary>A database whose processes are replaced one by one by those of the next release.</summary>
public sealed class UpgradeTests
{
    private const int Older = Database.SchemaVersion - 1;

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Older_processes_go_on_while_a_newer_one_upgrades_their_database(string database)
    {
        if (database == "sqlite") return; // It has one process.

        await using var scene = await OlderScene(database);
        using var newer = scene.Journal.Open(Database.SchemaVersion);
        using var isUpgraded = new CancellationTokenSource();
        var done = 0;
        var work = Task.Run(async () =>
        {
            while (!isUpgraded.IsCancellationRequested || done < 20)
            {
                await scene.Accepted(FaultScene.NewPledge(1));
                done++;
            }
        }, TestContext.Current.CancellationToken);

        newer.Migrate("CNY");
        await isUpgraded.CancelAsync();
        await work;

        Assert.Equal((Database.SchemaVersion, Older), newer.ReadSchema());
        var wish = await scene.Journal.BalanceOf(LedgerAccount.Wish(scene.Wish));
        Assert.Equal(done, wish.CreditsPendingMinor);
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task An_upgrade_is_not_finished_while_older_processes_are_at_work_and_they_go_on(string database)
    {
        if (database == "sqlite") return; // It has one process.

        await using var scene = await OlderScene(database);
        using var newer = scene.Journal.Open(Database.SchemaVersion);
        newer.Migrate("CNY");

        var refusal = Assert.Throws<DatabaseRefusedException>(newer.FinishUpgrade);

        Assert.Contains($"schema {Older} are at work: 127.0.0.1 DreamPlatform", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((Database.SchemaVersion, Older), newer.ReadSchema());
        await scene.Accepted(FaultScene.NewPledge());
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Once_an_upgrade_is_finished_older_processes_are_refused(string database)
    {
        if (database == "sqlite") return; // It has one process.

        await using var journal = new TestJournal(database, isBlank: true);
        using (var older = journal.Open(Older)) older.Migrate("CNY");
        journal.Database.Migrate("CNY");

        await Eventually.Is(() => Finishes(journal.Database));

        Assert.Equal((Database.SchemaVersion, Database.SchemaVersion), journal.Database.ReadSchema());
        using var late = journal.Open(Older);
        Assert.Contains(
            "Start the newer release", Assert.Throws<DatabaseRefusedException>(() => late.Open()).Message,
            StringComparison.Ordinal);
        Assert.Throws<DatabaseRefusedException>(() => late.Connect());
        Assert.Throws<DatabaseRefusedException>(() => late.Migrate("CNY"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_new_database_has_no_upgrade_to_finish(string database)
    {
        await using var journal = new TestJournal(database, isBlank: true);

        journal.Database.Migrate("CNY");

        Assert.Equal((Database.SchemaVersion, Database.SchemaVersion), journal.Database.ReadSchema());
        journal.Database.FinishUpgrade();
    }

    [Fact]
    public async Task A_file_which_has_one_process_is_upgraded_at_once()
    {
        await using var journal = new TestJournal("sqlite", isBlank: true);
        using (var older = journal.Open(Older)) older.Migrate("CNY");

        journal.Database.Migrate("CNY");

        Assert.Equal((Database.SchemaVersion, Database.SchemaVersion), journal.Database.ReadSchema());
    }

    [Fact]
    public void Scripts_since_the_first_release_leave_it_to_the_finish_which_releases_are_refused()
    {
        var scripts = typeof(Database).Assembly.GetManifestResourceNames().Where(name =>
            name.EndsWith(".sql", StringComparison.Ordinal) && Number(name) >= 5).ToArray();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, name =>
        {
            using var text = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream(name)!);
            Assert.DoesNotContain("min_reader", text.ReadToEnd(), StringComparison.Ordinal);
        });
    }

    private static int Number(string script) =>
        int.Parse(script.Split('.')[^2].AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);

    private static bool Finishes(Database database)
    {
        try
        {
            database.FinishUpgrade();
            return true;
        }
        catch (DatabaseRefusedException)
        {
            // The connections of the older process are just being closed.
            return false;
        }
    }

    private static Task<FaultScene> OlderScene(string database)
    {
        var journal = new TestJournal(database, isBlank: true, release: Older);
        journal.Database.Migrate("CNY");
        return FaultScene.Open(journal);
    }
}
