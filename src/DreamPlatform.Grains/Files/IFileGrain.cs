using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Grains.Files;

/// <summary>Keeps what is known of one file, and the key to its bytes.</summary>
public interface IFileGrain : IGrainWithStringKey
{
    /// <summary>Makes the file known, once its bytes are kept; false when that failed.</summary>
    Task<bool> Keep([Immutable] StoredFile file);

    /// <summary>What is known of it; null when there is no such file.</summary>
    Task<FileView?> Get();

    /// <summary>What it holds; null when there is no such file, or its bytes are not where they should be.</summary>
    /// <exception cref="IOException">It cannot be read at this moment.</exception>
    Task<byte[]?> Open(FileSize size);

    /// <summary>Makes it evidence; an outcome when it may not be, or could not be kept.</summary>
    /// <param name="holder">Whose data key seals it from now on.</param>
    Task<Outcome?> Attach(WishId wish, string dossier, Guid holder, [Immutable] Actor actor);

    /// <summary>Removes its bytes and all that is known of it.</summary>
    Task Delete();

    /// <summary>The same, unless it was attached since it was looked at; whether it is gone.</summary>
    Task<bool> DeleteUnlessAttachedSince([Immutable] Attachment? attachment);
}

/// <summary>Keeps which files a person has, and how much they take up.</summary>
public interface IShelfGrain : IGrainWithStringKey
{
    /// <summary>Whether one more file of this size finds room.</summary>
    Task<bool> HasRoom(int bytes);

    /// <summary>Puts a file there; an outcome when there is no room, or it could not be kept.</summary>
    Task<Outcome?> Add(Guid file, int bytes);

    Task Remove(Guid file);

    Task<IReadOnlyList<ShelvedFile>> List();

    /// <summary>Forgets the shelf, once its files are gone.</summary>
    Task Erase();
}

/// <summary>Finds the grains of files.</summary>
public static class FileGrains
{
    public static IFileGrain GetFile(this IGrainFactory grains, Guid file) =>
        grains.GetGrain<IFileGrain>($"file-{file}");

    public static IShelfGrain GetShelf(this IGrainFactory grains, AccountId person) =>
        grains.GetGrain<IShelfGrain>($"person-{person}");
}
