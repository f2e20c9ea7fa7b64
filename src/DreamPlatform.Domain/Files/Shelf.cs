using System.Collections.Immutable;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Files;

/// <summary>The files that a person keeps, so that they can be counted, handed out and erased.</summary>
[StoredAs("shelf.v1")]
public sealed record Shelf : IPrivate
{
    public Guid Holder { get; init; }

    public ImmutableArray<ShelvedFile> Files { get; init; } = [];

    /// <summary>Puts a file on the shelf, or changes how large it is.</summary>
    public Shelf With(ShelvedFile file) => this with { Files = [.. Without(file.Id).Files, file] };

    public Shelf Without(Guid file) => this with { Files = [.. Files.Where(it => it.Id != file)] };

    /// <summary>Why the shelf cannot hold what is on it, or null.</summary>
    public FileQuotaExceeded? Overflow() =>
        Files.Length > FileLimits.MaxFilesPerPerson
        || Files.Sum(file => (long)file.Bytes) > FileLimits.MaxBytesPerPerson
            ? new FileQuotaExceeded()
            : null;
}

/// <summary>A file on a shelf, with the bytes it takes up.</summary>
public sealed record ShelvedFile(Guid Id, int Bytes);
