using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Search;
using static DreamPlatform.Storage.Commits.Column;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// Turns what a batch decided into rows. Sub-balances of a lane come last, in the order of their names, so that lanes
/// hold each other up as shortly as can be and never in a circle.
/// </summary>
internal static class BatchWrites
{
    private static readonly Statement Heads = Statement.Upsert(
        "streams", "id", ("id", Uuid), ("kind", Short), ("version", Long));

    private static readonly Statement HeadsGone = Statement.Delete("streams", ("id", Uuid), ("version", Long));

    private static readonly Statement Events = Statement.Insert(
        "events", ("stream_id", Uuid), ("version", Long), ("name", Text), ("data", Text), ("at_ms", Long),
        ("actor_id", Uuid), ("command_id", Uuid));

    private static readonly Statement Commands = Statement.Insert(
        "commands", ("id", Uuid), ("actor_id", Uuid), ("fingerprint", Uuid), ("stream_id", Uuid), ("version", Long));

    private static readonly Statement Transfers = Statement.Insert(
        "transfers", ("id", Uuid), ("kind", Short), ("code", Short), ("debit", Text), ("credit", Text),
        ("amount_minor", Long), ("resolves", Uuid), ("at_ms", Long));

    private static readonly Statement Accounts = Statement.Add(
        "accounts", "name, lane",
        [
            "debits_pending_minor", "debits_posted_minor", "credits_pending_minor", "credits_posted_minor",
            "returned_minor",
        ],
        ("name", Text), ("lane", Short), ("debits_pending_minor", Long), ("debits_posted_minor", Long),
        ("credits_pending_minor", Long), ("credits_posted_minor", Long), ("returned_minor", Long),
        ("credit_limit_minor", Long));

    private static readonly Statement DueAdded = Statement.Insert(
        "due", ("kind", Short), ("at_ms", Long), ("subject_id", Uuid), ("owner_id", Uuid), ("owner_kind", Short));

    private static readonly Statement DueGone = Statement.Delete(
        "due", ("kind", Short), ("at_ms", Long), ("subject_id", Uuid));

    private static readonly Statement Messages = Statement.Insert(
        "due", ("kind", Short), ("at_ms", Long), ("subject_id", Uuid), ("owner_id", Uuid), ("owner_kind", Short),
        ("recipient_id", Uuid), ("topic", Text), ("version", Long));

    private static readonly Statement Texts = Statement.Upsert(
        "texts", "subject_id, field", ("subject_id", Uuid), ("field", Short), ("text", Text));

    private static readonly Statement TextsGone = Statement.Delete("texts", ("subject_id", Uuid), ("field", Short));

    private static readonly Statement Wishes = Statement.Upsert(
        "wishes", "id", ("id", Uuid), ("account", Text), ("version", Long), ("status", Text), ("applicant_id", Uuid),
        ("project_id", Uuid), ("foundation_id", Uuid), ("reviewer_id", Uuid), ("category", Text), ("region", Text),
        ("review_due_ms", Long), ("published_ms", Long), ("closes_day", Long), ("state", Text),
        ("to_approve", Short), ("to_order", Short), ("to_deliver", Short));

    private static readonly Statement Wall = Statement.Upsert(
        "wall", "wish_id", ("wish_id", Uuid), ("published_ms", Long), ("closes_day", Long), ("progress", Long),
        ("status", Text), ("category", Text), ("region", Text), ("project_id", Uuid));

    private static readonly Statement Projects = Statement.Upsert(
        "projects", "id", ("id", Uuid), ("account", Text), ("version", Long), ("status", Text),
        ("foundation_id", Uuid), ("state", Text));

    private static readonly Statement PledgesByDonor = Statement.Insert(
        "pledges_by_donor", ("donor_id", Uuid), ("pledge_id", Uuid));

    private static readonly Statement PledgeCounts = Statement.Add(
        "pledge_counts", "target_id", ["pledges"], ("target_id", Uuid), ("pledges", Long));

    /// <summary>
    /// The tables that follow from the journal and the published texts, and which of their rows do if not all.
    /// </summary>
    public static IReadOnlyList<(Statement Statement, string Which)> DerivedTables { get; } =
    [
        (Heads, ""), (Wishes, ""), (Wall, ""), (Projects, ""), (PledgesByDonor, ""), (PledgeCounts, ""),
        (DueAdded, $"WHERE kind IN ({string.Join(", ", DueKinds.OfStates.Select(kind => (short)kind))})"),
        (SearchIndex.Terms, ""),
    ];

    public static IReadOnlyList<Write> Of(Writes writes, short lane) =>
    [
        new(Events, [.. writes.Events.Select(EventRow)]),
        new(Commands, [.. writes.Commands.Select(CommandRow)]),
        new(Transfers, [.. writes.Transfers.Select(TransferRow)]),
        new(Texts, [.. writes.Texts.Where(text => text.Value is not null)
            .Select(text => Row(text.Key.Subject, (short)text.Key.Field, text.Value))]),
        new(TextsGone, [.. writes.Texts.Where(text => text.Value is null)
            .Select(text => Row(text.Key.Subject, (short)text.Key.Field))]),
        .. Derived(writes),
        new(Messages, [.. writes.Messages.Select(MessageRow)]),
        new(HeadsGone, [.. writes.EmptyHeads.Select(id => Row(id, 0L))]),
        new(Accounts, [.. AccountRows(writes, lane)]),
    ];

    /// <summary>The rows that follow from the streams that changed: heads, read models, and what falls due.</summary>
    public static IReadOnlyList<Write> Derived(Writes writes) =>
    [
        new(Heads, [.. Changes(writes)
            .Select(change => Row(change.Stream.Value, (short)change.Stream.Kind, change.After.Version))]),
        new(DueGone, [.. Dues(writes, change => change.Before.State.Due, change => change.After.State.Due)
            .Select(DueKey)]),
        new(DueAdded, [.. Dues(writes, change => change.After.State.Due, change => change.Before.State.Due)
            .Select(DueRow)]),
        .. ReadModels(writes),
    ];

    private static IEnumerable<Write> ReadModels(Writes writes)
    {
        var changes = Changes(writes).ToArray();
        var pledges = changes.Where(change => change.After.State is Pledge)
            .Select(change => (Before: (Pledge)change.Before.State, After: (Pledge)change.After.State)).ToArray();
        yield return new Write(
            Wishes, [.. changes.Where(change => change.After.State is Wish).Select(change => WishRow(change.After))]);
        yield return new Write(
            Wall,
            [.. writes.Places.Values.Where(place => place.Before != place.After).Select(place => PlaceRow(place.After))]);
        yield return new Write(
            Projects,
            [.. changes.Where(change => change.After.State is Project).Select(change => ProjectRow(change.After))]);
        yield return new Write(
            PledgesByDonor,
            [.. pledges.Where(pledge => pledge.Before.Status == 0)
                .Select(pledge => Row(pledge.After.Donor.Value, pledge.After.Id.Value))]);
        yield return new Write(
            PledgeCounts,
            [
                .. pledges.GroupBy(pledge => pledge.After.Target.Value)
                    .Select(target =>
                        (Id: target.Key, Gain: target.Sum(p => (p.After.Stands ? 1L : 0) - (p.Before.Stands ? 1 : 0))))
                    .Where(target => target.Gain != 0).OrderBy(target => target.Id)
                    .Select(target => Row(target.Id, target.Gain)),
            ]);
    }

    private static IEnumerable<(StreamId Stream, Loaded Before, Loaded After)> Changes(Writes writes) =>
        writes.Streams.Select(pair => (pair.Key, pair.Value.Before, pair.Value.After));

    private static IEnumerable<Due> Dues(
        Writes writes, Func<(StreamId, Loaded Before, Loaded After), Due?> these,
        Func<(StreamId, Loaded Before, Loaded After), Due?> butNot) =>
        Changes(writes).Where(change => these(change) != butNot(change)).Select(these).OfType<Due>();

    private static IEnumerable<object?[]> AccountRows(Writes writes, short lane) =>
        from account in writes.Accounts
        orderby account.Key.IsLimited ? 0 : 1, account.Key.Value
        let gain = account.Value
        select Row(
            account.Key.Value, account.Key.IsLimited ? (short)0 : lane, gain.DebitsPendingMinor, gain.DebitsPostedMinor,
            gain.CreditsPendingMinor, gain.CreditsPostedMinor, gain.ReturnedMinor, gain.CreditLimitMinor);

    private static object?[] EventRow(EventRow row) => Row(
        row.Stream.Value, row.Version, StoredNames.Of(row.Event), JournalJson.Write(row.Event),
        row.At.ToUnixTimeMilliseconds(), row.Envelope.Actor.Id.Value, row.Envelope.Id.Value);

    private static object?[] CommandRow((Envelope Envelope, KnownCommand Known) row) => Row(
        row.Envelope.Id.Value, row.Envelope.Actor.Id.Value, row.Known.Fingerprint.Value, row.Known.Stream.Value,
        row.Known.Version);

    private static object?[] TransferRow((Domain.Ledger.Transfer Transfer, DateTimeOffset At) row) => Row(
        row.Transfer.Id.Value, (short)row.Transfer.Kind, (short)row.Transfer.Code, row.Transfer.Debit.Value,
        row.Transfer.Credit.Value, row.Transfer.AmountMinor, row.Transfer.Resolves?.Value,
        row.At.ToUnixTimeMilliseconds());

    private static object?[] DueKey(Due due) =>
        Row((short)due.Kind, due.At.ToUnixTimeMilliseconds(), due.Subject);

    private static object?[] DueRow(Due due) =>
        [.. DueKey(due), due.Owner.Value, (short)due.Owner.Kind];

    private static object?[] MessageRow(Due due) =>
        [.. DueRow(due), due.Telling!.Recipient.Value, Names.Of(due.Telling.Topic), due.Version];

    private static object?[] WishRow(Loaded loaded)
    {
        var wish = (Wish)loaded.State;
        return Row(
            wish.Id.Value, wish.Account.Value, loaded.Version, Names.Of(wish.Status), wish.Applicant.Value,
            wish.Project.Value, wish.Foundation.Value, wish.Reviewer?.Value, wish.Category, wish.Region,
            wish.ReviewDueAt?.ToUnixTimeMilliseconds(), wish.PublishedAt?.ToUnixTimeMilliseconds(),
            (long?)wish.ClosesOn?.DayNumber, JournalJson.Write(wish), Flag(wish.AwaitsApproval), Flag(wish.AwaitsOrder),
            Flag(wish.AwaitsDelivery));
    }

    private static object?[] PlaceRow(WallPlace place) => Row(
        place.Wish, place.PublishedMs, place.ClosesDay, place.Progress, Names.Of(place.Status), place.Category,
        place.Region, place.Project);

    private static object?[] ProjectRow(Loaded loaded)
    {
        var project = (Project)loaded.State;
        return Row(
            project.Id.Value, project.Account.Value, loaded.Version, Names.Of(project.Status), project.Foundation.Value,
            JournalJson.Write(project));
    }

    private static short Flag(bool holds) => (short)(holds ? 1 : 0);

    private static object?[] Row(params object?[] values) => values;
}
