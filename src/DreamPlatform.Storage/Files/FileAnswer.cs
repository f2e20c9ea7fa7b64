using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Files;

/// <summary>What became of a file that somebody sent.</summary>
public abstract record FileAnswer;

/// <summary>It is clean: written anew, with nothing in it but what is to be seen.</summary>
public sealed record FileCleaned(FileDescription Description, ReadOnlyMemory<byte> Content) : FileAnswer
{
    /// <summary>The small version of a picture; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Small { get; init; }
}

/// <summary>It is kept.</summary>
public sealed record FileKept(Guid Id, FileDescription Description) : FileAnswer;

/// <summary>It is not taken; nothing of it is kept.</summary>
public sealed record FileRefused(Rejection Rejection) : FileAnswer;

/// <summary>
/// Too much is going on, or a store does not answer; nothing of it is kept, and it may be sent again.
/// </summary>
public sealed record FileBusy : FileAnswer;
