using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Storage.Search;
using DreamPlatform.Storage.Tests.Commits;
using DreamPlatform.Storage.Verification;

namespace DreamPlatform.Storage.Tests.Search;

/// <summary>Full-text search on the wall.</summary>
public sealed class SearchTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wish_is_found_by_words_of_its_title_story_items_and_codes(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var bag = await scene.World.WishOf("给女儿买一个书包", "她今年上小学一年级，每天走路去学校。", "书包", "文具 2 套");
        var blanket = await scene.World.WishOf("Two warm blankets", "Café dormitory without heating", "Blanket 180×200");
        (string Query, WishId[] Found)[] expected =
        [
            ("书包", [bag]), ("一年级", [bag]), ("书", [bag]), ("包", [bag]), ("级", [bag]), ("文具", [bag]), ("学校 书包", [bag]),
            ("书包学校", []), ("汽车", []), ("blanket", [blanket]), ("BLANKETS", [blanket]), ("blan", [blanket]), ("cafe", [blanket]),
            ("ＣＡＦÉ", [blanket]), ("180", [blanket]), ("warm 180 café", [blanket]), ("warm 书包", []), ("lanket", []),
            ("2", [blanket, bag]), ("2套", [bag]), ("sichuan", [blanket, bag, scene.Wish]), ("housing warm", [blanket]),
        ];

        foreach (var (query, found) in expected)
            Assert.Equal((query, Text(found)), (query, Text(await Find(scene, query))));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_hostile_query_is_a_text_like_any_other(string database)
    {
        await using var scene = await FaultScene.Open(database);
        await scene.World.WishOf("Rain coat", "O'Brien said: 100% \"dry\"; DROP TABLE wishes; --");
        var known = new HashSet<string> { "O'Brien", "100%", "\"dry\"", "*rain*", "rain*", "'; DROP TABLE wishes; --" };
        string[] strange =
        [
            "%", "_", "*", "'", "\"", "'' OR 1=1", "\\", "()", "NEAR(a b)", "NOT rain", "a AND b", "!!!", "。。。", "\ud800", "\u202e", "🎒",
            "@term0", "$9", "\0", new string('书', 200), new string('%', 200),
        ];

        foreach (var query in known) Assert.True((await Find(scene, query)).Count == 1, query);
        foreach (var query in strange) Assert.True((await Find(scene, query)).Count == 0, query);
        Assert.Equal(2, await scene.Journal.Count("wishes"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_search_is_paged_sorted_and_filtered_as_the_wall_is(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var wishes = new List<WishId>();
        for (var i = 0; i < 7; i++)
        {
            scene.Journal.Time.Advance(TimeSpan.FromMinutes(1));
            wishes.Add(await scene.World.WishOf(i % 2 == 0 ? $"书包 {i}" : $"Coat {i}", "冬天"));
        }

        foreach (var sort in Enum.GetValues<WallSort>())
        {
            var filter = new WallFilter(WishStatus.Funding, "housing", "sichuan", scene.World.Project.Value, sort)
            {
                Search = SearchQuery.Parse("书包 冬"),
            };
            var paged = new List<WishId>();
            (long, Guid)? after = null;
            while (await scene.Wishes.Wall(filter, after, 2) is { Count: > 0 } page)
            {
                paged.AddRange(page.Select(row => row.Wish.Id));
                after = (scene.Wishes.PlaceOf(page[^1], sort), page[^1].Wish.Id.Value);
            }

            Assert.Equal(Text([wishes[0], wishes[2], wishes[4], wishes[6]]), Text(paged));
            if (sort == WallSort.Newest) Assert.Equal([wishes[6], wishes[4], wishes[2], wishes[0]], paged);
            Assert.Empty(await scene.Wishes.Wall(filter with { Status = WishStatus.Funded }, null, 9));
            Assert.Empty(await scene.Wishes.Wall(filter with { Region = "yunnan" }, null, 9));
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_is_taken_back_or_erased_is_not_found_any_more_and_nothing_of_it_is_left(string database)
    {
        Command[] ends = [new RevokeConsent(), new EraseApplicant()];
        foreach (var end in ends)
        {
            await using var scene = await FaultScene.Open(database);
            var wish = await scene.World.WishOf("秘密 secret", "很长的故事", "钢琴");
            Assert.Single(await Find(scene, "秘密 钢琴 故事"));
            if (database == "sqlite") Assert.NotEqual(0, await InIndexPages(scene, "cret"));

            await scene.World.Done(wish.Stream, World.Applicant, end);

            foreach (var query in (string[])["秘密", "secret", "故事", "钢琴"]) Assert.Empty(await Find(scene, query));
            var left = await scene.Journal.Reader.Query(
                "SELECT terms FROM search_texts WHERE wish_id = @wish", row => row.Text(0), ("wish", wish.Value));
            Assert.Equal([" h ho housing s si sichuan "], left);
            if (database == "sqlite") Assert.Equal(0, await InIndexPages(scene, "cret"));
            scene.Journal.AssertSound();
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_commit_that_fails_after_writing_leaves_no_terms(string database)
    {
        await using var scene = await FaultScene.Open(database);
        const int CommandsUntilAccepted = 6;
        var writes = 0;
        scene.Failpoints.OnStep = step =>
        {
            if (step == CommitStep.AfterWrite && ++writes > CommandsUntilAccepted) throw new TransientFaultException();
        };

        await Assert.ThrowsAnyAsync<Exception>(() => scene.World.WishOf("书包"));

        Assert.Equal(CommandsUntilAccepted + 3, writes);
        Assert.Empty(await Find(scene, "书包"));
        Assert.Equal(0, await scene.Journal.Count("texts"));
        scene.Journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Terms_that_are_damaged_are_found_by_verify_and_mended_by_rebuild(string database)
    {
        string[] damages =
        [
            "UPDATE search_texts SET terms = replace(terms, ' 书包 ', ' ')",
            "UPDATE search_texts SET terms = replace(terms, '书包', '包书')", "DELETE FROM search_texts", "UPDATE texts SET text = 'Other words' WHERE field = 1",
        ];
        await using var scene = await FaultScene.Open(database);
        await scene.World.WishOf("给女儿的书包");
        scene.Log.Dispose();
        await Eventually.Is(() => !scene.Journal.Database.IsServed());
        scene.Journal.AssertSound();
        foreach (var damage in damages)
        {
            Assert.NotEqual(0, scene.Journal.Tamper(damage));
            var finding = Verifier.Run(scene.Journal.Database).Single(it => !it.Holds);
            Assert.Contains("search_texts", finding.Figure, StringComparison.Ordinal);

            Rebuild.Run(scene.Journal.Database);

            scene.Journal.AssertSound();
            await Eventually.Is(() => !scene.Journal.Database.IsServed());
        }

        Assert.Single(await Find(scene, "other words"));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_database_of_the_schema_before_search_is_indexed_when_it_is_brought_up_to_date(string database)
    {
        await using var scene = await FaultScene.Open(database);
        var journal = scene.Journal;
        journal.IsSpoilt = true;
        await scene.World.WishOf("给女儿的书包", "上小学", "文具");
        await scene.World.Done((await scene.World.WishOf("被撤回的")).Stream, World.Applicant, new RevokeConsent());
        scene.Log.Dispose();
        await Eventually.Is(() => !journal.Database.IsServed());
        var whole = await journal.Dump();
        BackToSchema2(journal);
        Assert.Throws<Storage.Journal.DatabaseRefusedException>(() => Verifier.Run(journal.Database));

        using (var next = journal.Open()) next.Migrate("CNY");

        Assert.Equal(whole, await journal.Dump());
        journal.AssertSound();
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task An_index_by_other_rules_is_made_anew_at_the_next_start(string database)
    {
        await using var scene = await FaultScene.Open(database);
        await scene.World.WishOf("给女儿的书包");
        var whole = await scene.Journal.Dump();
        scene.Journal.Tamper("UPDATE search_texts SET terms = terms || 'x '");
        scene.Journal.Tamper("UPDATE schema_info SET terms_version = terms_version - 1");

        using (var next = scene.Journal.Open()) next.Migrate("CNY");

        Assert.Equal(whole, await scene.Journal.Dump());
        Assert.Equal(
            SearchTerms.Version,
            (await scene.Journal.Reader.Query("SELECT terms_version FROM schema_info", row => row.Number(0)))[0]);
    }

    [Fact]
    public void A_query_knows_when_it_asks_too_much()
    {
        Assert.False(SearchQuery.Parse(string.Join(' ', Enumerable.Range(0, SearchQuery.MaxTerms)))!.HasTooManyTerms);
        Assert.True(SearchQuery.Parse(string.Join(' ', Enumerable.Range(0, SearchQuery.MaxTerms + 1)))!.HasTooManyTerms);
        Assert.Null(SearchQuery.Parse(null));
        Assert.Null(SearchQuery.Parse("  "));
    }

    /// <summary>A journal as the release before search left it.</summary>
    private static void BackToSchema2(TestJournal journal)
    {
        var isSqlite = journal.Database is Storage.Journal.SqliteDatabase;
        foreach (var statement in (string[])
            [
                isSqlite ? "DROP TABLE search_index" : "DROP FUNCTION search_index", "DROP TABLE search_texts",
                "DROP TABLE wall", "ALTER TABLE schema_info DROP COLUMN terms_version",
                "CREATE INDEX wishes_published ON wishes (published_ms, id) WHERE published_ms IS NOT NULL",
                "CREATE INDEX wishes_closing ON wishes (closes_day, id) WHERE closes_day IS NOT NULL",
                "DROP INDEX wishes_drafts", "DROP INDEX wishes_to_approve", "DROP INDEX wishes_to_order",
                "DROP INDEX wishes_to_deliver",
                "ALTER TABLE wishes DROP COLUMN to_approve", "ALTER TABLE wishes DROP COLUMN to_order",
                "ALTER TABLE wishes DROP COLUMN to_deliver", "UPDATE schema_info SET version = 2, min_reader = 2",
            ]) journal.Tamper(statement);
        if (!isSqlite) journal.Tamper("DROP TABLE silos, silo_lists");
        var forgotten = journal.Tamper(
            "DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0003-search.sql' OR ScriptName LIKE '%0004-wall.sql' "
            + "OR ScriptName LIKE '%0005-silos.sql' OR ScriptName LIKE '%0006-erased.sql'");
        Assert.Equal(4, forgotten);
    }

    private static async Task<IReadOnlyList<WishId>> Find(FaultScene scene, string query)
    {
        var filter = new WallFilter(null, null, null, null, WallSort.Newest) { Search = SearchQuery.Parse(query) };
        var found = (await scene.Wishes.Wall(filter, null, 100)).Select(row => row.Wish.Id).ToArray();
        var asCommon = await scene.Wishes.Wall(filter with { Search = filter.Search!.AsCommon() }, null, 100);
        Assert.Equal(found, asCommon.Select(row => row.Wish.Id));
        return found;
    }

    /// <summary>How many pages of the index have the end of a term; its beginning is that of the term before it.</summary>
    private static async Task<long> InIndexPages(FaultScene scene, string term) => (await scene.Journal.Reader.Query(
        "SELECT COUNT(*) FROM search_index_data WHERE instr(block, CAST(@term AS BLOB)) > 0", row => row.Number(0),
        ("term", term)))[0];

    private static string Text(IEnumerable<WishId> wishes) =>
        string.Join(' ', wishes.Select(wish => wish.ToString()).Order(StringComparer.Ordinal));
}
