using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.People;

/// <summary>
/// One place where something is held about people. All of them together are what a person may download, and what is
/// gone when they are erased: whatever holds something about somebody is one of these.
/// </summary>
internal interface IPersonalData
{
    /// <summary>What it is called in the download.</summary>
    string Name { get; }

    /// <summary>All that is held about a person here; null when there is nothing.</summary>
    Task<object?> Show(Actor person);

    /// <summary>Removes it. Repeats are harmless, and finish what an earlier attempt left.</summary>
    /// <exception cref="NotForgottenException">Something stands in the way at this moment.</exception>
    Task Forget(Actor person);
}

/// <summary>Something of a person could not be removed at this moment; it is tried again.</summary>
internal sealed class NotForgottenException(string where) : Exception($"Not everything was removed from {where}.");
