namespace DreamPlatform.Storage.Files;

/// <summary>Where the sealed bytes of files are. It sees neither what they are nor whose.</summary>
public interface IFileStore
{
    /// <summary>Makes the place ready, and clears away what broken uploads left.</summary>
    Task Prepare();

    /// <summary>
    /// Keeps a new file; when this returns it survives a crash, and before that nothing of it is seen.
    /// </summary>
    /// <exception cref="IOException">The file exists, or could not be kept.</exception>
    Task Write(Guid id, ReadOnlyMemory<byte> content, CancellationToken stop);

    /// <summary>The bytes of a file; null if there is none.</summary>
    /// <exception cref="IOException">It could not be read.</exception>
    Task<byte[]?> Read(Guid id, CancellationToken stop) => Read(id, part: null, stop);

    /// <summary>Some of the bytes of a file, or all where no part is named.</summary>
    /// <exception cref="IOException">It could not be read, or has no such part.</exception>
    Task<byte[]?> Read(Guid id, (int Start, int Bytes)? part, CancellationToken stop);

    /// <summary>Removes a file if it is there.</summary>
    /// <exception cref="IOException">It could not be removed.</exception>
    Task Delete(Guid id, CancellationToken stop);

    /// <summary>Whether files can be kept at this moment.</summary>
    Task<bool> Answers(CancellationToken stop);
}
