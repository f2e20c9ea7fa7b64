using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Files;

/// <summary>Bounds how many uploads are in memory at once, of everybody and of one account.</summary>
public sealed class UploadGate
{
    private const int MaxUploads = 32, MaxPerAccount = 3;

    private readonly Dictionary<AccountId, int> uploads = [];
    private readonly Lock door = new();
    private int all;

    /// <summary>Lets an upload in until the result is disposed; null when there are too many.</summary>
    public IDisposable? Enter(AccountId account)
    {
        lock (door)
        {
            var own = uploads.GetValueOrDefault(account);
            if (all == MaxUploads || own == MaxPerAccount) return null;
            all++;
            uploads[account] = own + 1;
        }

        return new Pass(this, account);
    }

    private void Leave(AccountId account)
    {
        lock (door)
        {
            all--;
            if (--uploads[account] == 0) uploads.Remove(account);
        }
    }

    private sealed class Pass(UploadGate gate, AccountId account) : IDisposable
    {
        private bool isLeft;

        public void Dispose()
        {
            if (!isLeft) gate.Leave(account);
            isLeft = true;
        }
    }
}
