using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Commits;

/// <summary>A stream with its state, as of this moment in the batch.</summary>
internal sealed record Loaded(StreamState State, long Version, DateTimeOffset LastAt)
{
    public static Loaded Nothing(StreamId id) => new(StreamStates.Empty(id), 0, DateTimeOffset.UnixEpoch);

    public Loaded Append(Event @event, DateTimeOffset at) => new(State.Evolve(@event), Version + 1, at);
}

/// <summary>A command that was accepted before, and how it left its stream.</summary>
internal sealed record KnownCommand(Fingerprint Fingerprint, StreamId Stream, long Version, StreamState? State);

/// <summary>The names of everything a batch will look at.</summary>
internal sealed class Needs
{
    public Needs(IReadOnlyList<Round> rounds)
    {
        foreach (var round in rounds)
        {
            Owners.Add(round.Owner.Stream);
            // Where a wish stands on the wall follows from its balance, whatever the command is.
            if (round.Owner is Wish wish) Accounts.Add(wish.Account);
            if (round.Version == 0) NewOwners.Add(round.Owner.Stream);
            foreach (var envelope in round.Commands)
            {
                Commands.Add((envelope.Id, envelope.Actor.Id));
                var reads = round.Owner.Reads(envelope.Command);
                Streams.UnionWith(reads.Streams);
                Accounts.UnionWith(reads.Accounts.Where(account => account.IsLimited));
                Holds.UnionWith(reads.Holds);
            }
        }
    }

    public HashSet<StreamId> Owners { get; } = [];

    /// <summary>Owners that may not have a head yet.</summary>
    public HashSet<StreamId> NewOwners { get; } = [];

    public HashSet<StreamId> Streams { get; } = [];

    public HashSet<LedgerAccount> Accounts { get; } = [];

    public HashSet<TransferId> Holds { get; } = [];

    public HashSet<(CommandId, AccountId)> Commands { get; } = [];
}

/// <summary>
/// The image of the database that a batch decides on: what was read after the locks were taken, moving on with each
/// accepted command.
/// </summary>
internal sealed class Image
{
    private readonly Dictionary<StreamId, Loaded> streams = [];

    public Book Book { get; } = new();

    /// <summary>Balances as they were read.</summary>
    public Dictionary<LedgerAccount, Balance> Before { get; } = [];

    public Dictionary<Guid, (StreamKind Kind, long Version)> Heads { get; } = [];

    /// <summary>Heads at version 0 that were inserted only to be locked.</summary>
    public HashSet<Guid> CreatedHeads { get; } = [];

    public Dictionary<(CommandId, AccountId), KnownCommand> Known { get; } = [];

    public Loaded Stream(StreamId id) => streams.TryGetValue(id, out var loaded) ? loaded : Loaded.Nothing(id);

    public bool IsLoaded(StreamId id) => streams.ContainsKey(id);

    public void Put(StreamId id, Loaded loaded) => streams[id] = loaded;

    /// <summary>Folds one more stored event into a stream that is being read.</summary>
    public void Fold(StreamId id, long version, string name, string data, DateTimeOffset at) =>
        Put(id, Stream(id).Append(JournalJson.Read(id, version, name, data), at));

    public void Put(LedgerAccount account, Balance balance)
    {
        Before[account] = balance;
        Book.Load(account, balance);
    }
}
