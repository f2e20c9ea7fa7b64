using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;

namespace DreamPlatform.Web.People;

/// <summary>Goes through lists that may be long, a page at a time.</summary>
internal static class Pages
{
    public const int Size = 100;

    /// <summary>Every row of a list that is paged by id.</summary>
    public static async IAsyncEnumerable<T> Of<T>(Func<Guid?, Task<IReadOnlyList<T>>> page, Func<T, Guid> id)
    {
        Guid? after = null;
        IReadOnlyList<T> rows;
        do
        {
            rows = await page(after);
            foreach (var row in rows) yield return row;
            if (rows.Count > 0) after = id(rows[^1]);
        }
        while (rows.Count == Size);
    }
}

/// <summary>Commands that are part of erasing somebody.</summary>
internal static class ErasingCommands
{
    /// <summary>Has a command done under an id that follows from what it is about, so that repeats are harmless.</summary>
    /// <exception cref="NotForgottenException">It is not known to be done, or not needed.</exception>
    public static async Task Done(this IOwnerGrain owner, Actor actor, Command command, params Guid[] about)
    {
        var name = $"erase/{StoredNames.Of(command)}/{string.Join('/', about)}";
        var outcome = await owner.Execute(new Envelope(
            new CommandId(Derived.Id(name)), actor, new Fingerprint(Derived.Id(name)), command));
        // A refusal says that there is nothing to be done, or not any more.
        if (outcome is not (CommandAccepted or CommandRefused)) throw new NotForgottenException(name);
    }
}
