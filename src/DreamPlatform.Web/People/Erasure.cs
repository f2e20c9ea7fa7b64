using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Due;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Keys;

namespace DreamPlatform.Web.People;

/// <summary>
/// Erases a person: everything that <see cref="IPersonalData"/> holds, then the key that would open copies of it, then
/// the account. What is begun is a due row, so that it is finished even if this process is not there to do so.
/// </summary>
internal sealed partial class Erasure(
    IEnumerable<IPersonalData> places, PersonKeys keys, AccountData account, Scrubber scrubber, DueRows rows,
    TimeProvider time, ILogger<Erasure> logger) : IDueHandler
{
    /// <summary>After so long somebody looks once more for what was written while it went on.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(20);

    public DueKind Kind => DueKind.Erasure;

    /// <summary>Erases a person now as far as that is possible, and the rest later.</summary>
    /// <returns>Whether all of it is done.</returns>
    public async Task<bool> Erase(AccountId person)
    {
        var now = time.GetUtcNow();
        await rows.Add(new Due(Kind, now + SecondLook, person.Value, new StreamId(StreamKind.Donor, person.Value)));
        return await Try(person);
    }

    public async Task<string?> Carry(Due due)
    {
        if (!await Try(new AccountId(due.Subject))) return "Not everything could be removed";
        await rows.Remove(due);
        return null;
    }

    private async Task<bool> Try(AccountId id)
    {
        try
        {
            var person = new Actor(id, []);
            foreach (var place in places) await logger.OrUnreadable(place.Name, () => place.Forget(person));
            await keys.Destroy(id.Value);
            await account.Remove(id);
            await scrubber.Scrub();
            Log.Erased(logger, id);
            return true;
        }
        catch (Exception exception)
        {
            Log.Unfinished(logger, id, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Person} was erased.")]
        public static partial void Erased(ILogger logger, AccountId person);

        [LoggerMessage(2, LogLevel.Error, "{Person} is not wholly erased yet; it is tried again.")]
        public static partial void Unfinished(ILogger logger, AccountId person, Exception exception);
    }
}
