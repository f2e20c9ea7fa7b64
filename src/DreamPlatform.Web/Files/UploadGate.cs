using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Files;

/// <summary>
/// Bounds how many uploads there are at once, of everybody and of one account, and lets only one of an account wait to
/// be cleaned: who sends many waits for themselves first.
/// </summary>
public sealed class UploadGate
{
    /// <summary>The most of one account.</summary>
    public const int MaxPerAccount = 3;

    /// <summary>The most of everybody; each has at most a file's bytes on disk.</summary>
    private const int MaxUploads = 256;

    private readonly Dictionary<AccountId, Place> places = [];
    private readonly Lock door = new();
    private int all;

    /// <summary>Lets an upload in until the result is disposed; null when there are too many.</summary>
    public Pass? Enter(AccountId account)
    {
        lock (door)
        {
            if (!places.TryGetValue(account, out var place)) place = new Place();
            if (all == MaxUploads || place.Uploads == MaxPerAccount) return null;
            all++;
            place.Uploads++;
            places[account] = place;
            return new Pass(this, account, place);
        }
    }

    private void Leave(AccountId account, Place place)
    {
        lock (door)
        {
            all--;
            if (--place.Uploads == 0) places.Remove(account);
        }
    }

    /// <summary>An upload that was let in.</summary>
    public sealed class Pass : IDisposable
    {
        private readonly UploadGate gate;
        private readonly AccountId account;
        private readonly Place place;
        private bool hasTurn, isLeft;

        internal Pass(UploadGate gate, AccountId account, Place place) =>
            (this.gate, this.account, this.place) = (gate, account, place);

        /// <summary>Waits until no other upload of the account has a turn.</summary>
        public async Task TakeTurn(CancellationToken stop)
        {
            await place.Turn.WaitAsync(stop);
            hasTurn = true;
        }

        public void Dispose()
        {
            if (isLeft) return;
            isLeft = true;
            if (hasTurn) place.Turn.Release();
            gate.Leave(account, place);
        }
    }

    /// <summary>What one account has at the gate.</summary>
    internal sealed class Place
    {
        public int Uploads { get; set; }

        public SemaphoreSlim Turn { get; } = new(1);
    }
}
