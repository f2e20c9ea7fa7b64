using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Storage.Commits;

internal sealed record EventRow(StreamId Stream, long Version, Event Event, DateTimeOffset At, Envelope Envelope);

/// <summary>Everything a batch wants written, once for each row however often it changed.</summary>
internal sealed class Writes
{
    public List<EventRow> Events { get; } = [];

    public List<(Transfer Transfer, DateTimeOffset At)> Transfers { get; } = [];

    public List<(Envelope Envelope, KnownCommand Known)> Commands { get; } = [];

    /// <summary>Who is to be told of which of the events.</summary>
    public List<Due> Messages { get; } = [];

    public Dictionary<(Guid Subject, TextField Field), string?> Texts { get; } = [];

    /// <summary>Streams that changed: as they were before the batch and as they are after it.</summary>
    public Dictionary<StreamId, (Loaded Before, Loaded After)> Streams { get; } = [];

    /// <summary>Published wishes that somebody did something to: where they stood on the wall, and where they stand.</summary>
    public Dictionary<Guid, (WallPlace? Before, WallPlace After)> Places { get; } = [];

    /// <summary>Heads that were inserted only to be locked, and that no event came for.</summary>
    public HashSet<Guid> EmptyHeads { get; } = [];

    /// <summary>What each touched account gained: the differences of its balance.</summary>
    public Dictionary<LedgerAccount, Balance> Accounts { get; } = [];

    public bool IsEmpty => Events.Count == 0;

    public void Changed(Loaded before, Loaded after) =>
        Streams[after.State.Stream] =
            (Streams.TryGetValue(after.State.Stream, out var first) ? first.Before : before, after);

    public void Placed(WallPlace? before, WallPlace? after)
    {
        if (after is null) return;
        Places[after.Wish] = (Places.TryGetValue(after.Wish, out var first) ? first.Before : before, after);
    }

    /// <summary>A stream that was folded from the journal: all that follows from it is to be written.</summary>
    public void Folded(Loaded stream, Func<LedgerAccount, Balance> balanceOf)
    {
        Changed(Loaded.Nothing(stream.State.Stream), stream);
        if (stream.State is Wish wish) Placed(null, WallPlace.Of(wish, balanceOf(wish.Account)));
    }

    public void Touch(Accepted accepted, Image image)
    {
        foreach (var opening in accepted.Openings) Touch(opening.Account, image);
        foreach (var transfer in accepted.Transfers)
        {
            Touch(transfer.Debit, image);
            Touch(transfer.Credit, image);
        }
    }

    private void Touch(LedgerAccount account, Image image)
    {
        var (now, before) = (image.Book.BalanceOf(account), image.Before.GetValueOrDefault(account));
        Accounts[account] = now with
        {
            DebitsPendingMinor = now.DebitsPendingMinor - before.DebitsPendingMinor,
            DebitsPostedMinor = now.DebitsPostedMinor - before.DebitsPostedMinor,
            CreditsPendingMinor = now.CreditsPendingMinor - before.CreditsPendingMinor,
            CreditsPostedMinor = now.CreditsPostedMinor - before.CreditsPostedMinor,
            ReturnedMinor = now.ReturnedMinor - before.ReturnedMinor,
        };
    }
}
