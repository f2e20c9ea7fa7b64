using System.Text.RegularExpressions;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Tests.Commits;
using DreamPlatform.Storage.Verification;

namespace DreamPlatform.Storage.Tests.Verification;

/// <summary>Each invariant, broken by hand in several ways, is named; the others still hold.</summary>
public sealed class VerifierTests
{
    /// <summary>A way to break a database: what it is, the statement, and which findings must fail and say what.</summary>
    private static readonly (string Way, string Sql, string Fails, string Says)[] Ways =
    [
        ("a balance is raised on one side", "UPDATE accounts SET credits_posted_minor = credits_posted_minor + 1 WHERE name = @wishAccount", "1", "wish-"),
        ("a balance is raised on both sides", "UPDATE accounts SET debits_pending_minor = debits_pending_minor + 7, credits_pending_minor = credits_pending_minor + 7 WHERE name LIKE 'bank-%'", "1", "bank-"),
        ("an account is gone", "DELETE FROM accounts WHERE name LIKE 'clearing-%'", "1", "clearing-"),
        ("an account came from nowhere", "INSERT INTO accounts (name, lane, debits_pending_minor, debits_posted_minor, credits_pending_minor, credits_posted_minor, returned_minor) VALUES ('loss', 0, 5, 0, 5, 0, 0)", "1", "loss"),
        ("a transfer is gone", "DELETE FROM transfers WHERE code = 2", "1", "project-"),
        ("a transfer's amount is changed", "UPDATE transfers SET amount_minor = amount_minor - 1 WHERE code = 2", "1", "project-"),
        ("what was returned is changed", "UPDATE accounts SET returned_minor = 1 WHERE name = @wishAccount", "1", "wish-"),
        ("a wish has more than its goal", "UPDATE accounts SET credits_posted_minor = 1001 WHERE name = @wishAccount", "1, 2", "wish-"),
        ("a wish has more than its goal, pending included", "UPDATE accounts SET credits_pending_minor = 1000 WHERE name = @wishAccount", "1, 2", "wish-"),
        ("a project is overdrawn", "UPDATE accounts SET debits_posted_minor = 5000 WHERE name = @projectAccount", "1, 2", "project-"),
        ("a project is overdrawn, pending included", "UPDATE accounts SET debits_pending_minor = 5000 WHERE name = @projectAccount", "1, 2", "project-"),
        ("a wish may take more than its goal", "UPDATE accounts SET credit_limit_minor = 9999 WHERE name = @wishAccount", "2", "wish-"),
        ("a wish has no limit", "UPDATE accounts SET credit_limit_minor = NULL WHERE name = @wishAccount", "2", "wish-"),
        ("a wish's head is behind", "UPDATE streams SET version = version - 1 WHERE id = @wish", "5", "streams"),
        ("a wish's head is of another kind", "UPDATE streams SET kind = 3 WHERE id = @wish", "5", "@wish"),
        ("a wish's head is of no kind", "UPDATE streams SET kind = 99 WHERE id = @wish", "5", "@wish"),
        ("a wish's head is gone", "DELETE FROM streams WHERE id = @wish", "5", "@wish"),
        ("a head came from nowhere", "INSERT INTO streams (id, kind, version) VALUES (@other, 1, 1)", "5", "streams"),
        ("a wish's status is changed", "UPDATE wishes SET status = 'Fulfilled' WHERE id = @wish", "5", "wishes"),
        ("a wish's state is changed", "UPDATE wishes SET state = '{}' WHERE id = @wish", "5", "wishes"),
        ("a wish's row is gone", "DELETE FROM wishes WHERE id = @wish", "5", "wishes"),
        ("a wish is in the wrong queue", "UPDATE wishes SET to_order = 1 - to_order WHERE id = @wish", "5", "wishes"),
        ("a wish's place on the wall is wrong", "UPDATE wall SET progress = progress + 1 WHERE wish_id = @wish", "5", "wall"),
        ("a wish is gone from the wall", "DELETE FROM wall WHERE wish_id = @wish", "5", "wall"),
        ("a project's row is changed", "UPDATE projects SET foundation_id = @other", "5", "projects"),
        ("a count is wrong", "UPDATE pledge_counts SET pledges = pledges + 1", "5", "pledge_counts"),
        ("a count is gone", "DELETE FROM pledge_counts", "5", "pledge_counts"),
        ("a due row is gone", "DELETE FROM due WHERE kind = 1", "5", "due"),
        ("a due row is late", "UPDATE due SET at_ms = at_ms + 1", "5", "due"),
        ("a donor has a pledge that is not theirs", "UPDATE pledges_by_donor SET donor_id = @other", "5", "pledges_by_donor"),
        ("a donor's pledge is gone", "DELETE FROM pledges_by_donor", "5", "pledges_by_donor"),
        ("the last event is gone", "DELETE FROM events WHERE stream_id = @wish AND version = 8", "5", "streams, wishes"),
        ("an event in the middle is gone", "DELETE FROM events WHERE stream_id = @wish AND version = 3", "5", "Event 3 of wish-@wish is missing"),
        ("the first event is gone", "DELETE FROM events WHERE stream_id = @wish AND version = 1", "5", "Event 1 of wish-@wish is missing"),
        ("an event is not JSON", "UPDATE events SET data = '{' WHERE stream_id = @wish AND version = 3", "5", "Event 3 of wish-@wish"),
        ("an event is null", "UPDATE events SET data = 'null' WHERE stream_id = @wish AND version = 3", "5", "wish-@wish"),
        ("an event lacks what it is about", "UPDATE events SET data = '{}' WHERE stream_id = @wish AND version = 3", "5", "wish-@wish"),
        ("an event is of a newer release", "UPDATE events SET name = 'wish-blessed.v1' WHERE stream_id = @wish AND version = 3", "5", "Event 3 of wish-@wish, named wish-blessed.v1"),
        ("an event belongs to another stream", "UPDATE events SET name = 'project-opened.v1' WHERE stream_id = @wish AND version = 3", "5", "wish-@wish"),
    ];

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Each_way_to_break_a_database_is_found_by_the_finding_that_is_about_it(string database)
    {
        await using var scene = await Story(database);
        scene.Journal.AssertSound();
        var overlooked = new List<string>();
        foreach (var (way, sql, fails, says) in Ways)
        {
            var whole = await TableCopy.Of(scene.Journal);
            Assert.NotEqual(0, scene.Journal.Tamper(sql, Values(scene, sql)));
            var findings = Verifier.Run(scene.Journal.Database);
            await whole.Restore();
            if (!IsNamed(findings, fails, says.Replace("@wish", scene.Wish.ToString(), StringComparison.Ordinal)))
                overlooked.Add($"When {way}, {fails} ({says}) was to fail, but: {Told(findings)}");
        }

        Assert.True(overlooked.Count == 0, string.Join(Environment.NewLine, overlooked));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_hold_that_is_resolved_twice_is_found(string database)
    {
        await using var scene = await Story(database);
        scene.Journal.IsSpoilt = true;
        scene.Journal.Tamper("DROP INDEX transfers_resolves");
        scene.Journal.Tamper(
            "INSERT INTO transfers SELECT @other, kind, code, debit, credit, amount_minor, resolves, at_ms FROM transfers WHERE kind = 3",
            ("other", Guid.CreateVersion7()));

        AssertFails(scene, 3, "1 wrong");
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_resolution_that_does_not_fit_its_hold_is_found(string database)
    {
        string[] ways =
        [
            "amount_minor = amount_minor + 1", "debit = 'clearing-other'", "credit = 'suspense'", "resolves = NULL", "resolves = id",
        ];
        foreach (var way in ways)
        {
            await using var scene = await Story(database);
            scene.Journal.Tamper($"UPDATE transfers SET {way} WHERE kind = 3");
            AssertFails(scene, 3, "1 wrong");
        }
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task More_refunds_than_payments_are_found(string database)
    {
        await using var scene = await Story(database);
        scene.Journal.Tamper(
            "INSERT INTO transfers (id, kind, code, debit, credit, amount_minor, at_ms) VALUES (@id, 1, 7, @wish, 'suspense', 401, 0)",
            ("id", Guid.CreateVersion7()), ("wish", LedgerAccount.Wish(scene.Wish).Value));

        AssertFails(scene, 3, LedgerAccount.Wish(scene.Wish).Value);
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_live_database_is_seen_at_one_moment(string database)
    {
        await using var scene = await Story(database);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var pledge = FaultScene.NewPledge(1);
                var cancel = World.Envelope(World.Donor, new CancelPledge(((PlacePledge)pledge.Command).Pledge));
                await scene.Journal.Execute(scene.Log, scene.Wish.Stream, pledge);
                await scene.Journal.Execute(scene.Log, scene.Wish.Stream, cancel);
            }
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 20; i++) scene.Journal.AssertSound();
        await stop.CancelAsync();
        await writing;
    }

    /// <summary>A wish with a paid and an unpaid pledge and a grant, a project with money left.</summary>
    internal static async Task<FaultScene> Story(string database)
    {
        var scene = await FaultScene.Open(database);
        var paid = FaultScene.NewPledge(300);
        await scene.Accepted(paid);
        await scene.World.Done(scene.Wish.Stream, Actor.Platform, World.Payment((PlacePledge)paid.Command));
        await scene.Accepted(FaultScene.NewPledge(50));
        await scene.World.Done(
            scene.Wish.Stream, World.Approver, new GrantToWish(Guid.CreateVersion7(), scene.World.Project, 100));
        return scene;
    }

    private static void AssertFails(FaultScene scene, int number, string figure)
    {
        var finding = Verifier.Run(scene.Journal.Database).Single(finding => finding.Number == number);
        Assert.False(finding.Holds);
        Assert.Contains(figure, finding.Figure, StringComparison.Ordinal);
    }

    private static (string Name, object? Value)[] Values(FaultScene scene, string sql)
    {
        (string Name, object? Value)[] all =
        [
            ("wish", scene.Wish.Value), ("other", Guid.CreateVersion7()),
            ("wishAccount", LedgerAccount.Wish(scene.Wish).Value),
            ("projectAccount", LedgerAccount.Project(scene.World.Project).Value),
        ];
        return [.. all.Where(value => Regex.IsMatch(sql, $@"@{value.Name}\b"))];
    }

    private static bool IsNamed(IReadOnlyList<Finding> findings, string numbers, string figure)
    {
        var broken = findings.Where(finding => !finding.Holds).ToArray();
        return numbers == string.Join(", ", broken.Select(finding => finding.Number))
            && broken[^1].Figure.Contains(figure, StringComparison.Ordinal);
    }

    private static string Told(IEnumerable<Finding> findings) =>
        string.Join("; ", findings.Where(finding => !finding.Holds).Select(finding => $"{finding.Number}. {finding.Figure}"));
}
