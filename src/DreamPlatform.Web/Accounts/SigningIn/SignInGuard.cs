using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>What a check of somebody's password or code came to.</summary>
internal enum Proof
{
    Wrong,

    /// <summary>Right so far, but the second factor is still to come: neither a failure nor a success.</summary>
    Incomplete,

    /// <summary>Right, but of an account whose address is not confirmed: neither a failure nor a success.</summary>
    Unconfirmed,

    Right,
}

/// <summary>
/// Makes guessing slow without letting anybody lock others out. Who guesses waits themselves: failures count against
/// the account together with the address they come from. Failures from everywhere count against the account too, but
/// then only addresses have to wait from which it never signed in. Accounts that do not exist are no different.
/// A device that an account signed in with before is a place of its own: a neighbour behind the same address cannot
/// keep its owner out.
/// </summary>
internal sealed class SignInGuard(TimeProvider time, PlatformSecret secret)
{
    public const int MaxFailuresFromAddress = 5, MaxFailures = 50;

    public static readonly TimeSpan AddressWindow = TimeSpan.FromMinutes(15), AccountWindow = TimeSpan.FromHours(1);

    private const int MaxKeys = 50_000;

    private readonly Attempts fromAddress = new(MaxFailuresFromAddress, AddressWindow, MaxKeys, time);
    private readonly Attempts fromAnywhere = new(MaxFailures, AccountWindow, MaxKeys, time);

    /// <summary>Lets somebody try, or says how long they have to wait.</summary>
    /// <param name="account">The normalized address of the account, whether or not there is one.</param>
    /// <param name="place">Where they try: a client address, or a device that the account signed in with before.</param>
    /// <param name="isKnownThere">Whether the account signed in there before.</param>
    /// <param name="check">Counted as wrong until it is done, so that many at once are no way around the limit.</param>
    public async Task<TimeSpan?> TryAsync(
        string account, string place, Func<Task<bool>> isKnownThere, Func<Task<Proof>> check)
    {
        var (pair, anywhere) = (secret.IdOf($"guard/{account}/{place}"), secret.IdOf($"guard/{account}"));
        if (fromAddress.Take(pair) is { } wait) return wait;
        var waitAnywhere = fromAnywhere.Take(anywhere);
        if (waitAnywhere is not null && !await isKnownThere())
        {
            fromAddress.GiveBack(pair);
            return waitAnywhere;
        }

        var proof = await check();
        if (proof != Proof.Wrong && waitAnywhere is null) fromAnywhere.GiveBack(anywhere);
        if (proof is Proof.Incomplete or Proof.Unconfirmed) fromAddress.GiveBack(pair);
        if (proof == Proof.Right) fromAddress.Clear(pair);
        return null;
    }
}
