using System.Security.Cryptography;

namespace DreamPlatform.Storage.Files;

/// <summary>
/// A file while it is received and until its turn comes: on disk, since slow senders are many and memory is not;
/// sealed with a key that is nowhere else; and without a name, so that nothing is left of it whatever happens.
/// </summary>
public sealed class ReceivedFile : IAsyncDisposable
{
    private readonly Aes cipher = Aes.Create();
    private readonly FileStream file;

    /// <param name="folder">It exists, readable by its owner only.</param>
    public ReceivedFile(string folder)
    {
        var path = Path.Combine(folder, $"received-{Guid.NewGuid():N}");
        file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous,
        });
        File.Delete(path);
    }

    /// <summary>Bytes that were received.</summary>
    public int Length { get; private set; }

    /// <summary>Receives all of it, once.</summary>
    /// <returns>False if it has more bytes than it may.</returns>
    public async Task<bool> Receive(Stream content, int maxBytes, CancellationToken stop)
    {
        await using var closing = new CryptoStream(
            file, cipher.CreateEncryptor(), CryptoStreamMode.Write, leaveOpen: true);
        var part = new byte[32 * 1024];
        while (await content.ReadAsync(part, stop) is > 0 and var read)
        {
            Length += read;
            if (Length > maxBytes) return false;
            await Write(closing, part.AsMemory(0, read), stop);
        }

        return true;
    }

    /// <summary>What was received, from its beginning.</summary>
    public Stream Open()
    {
        file.Position = 0;
        return new CryptoStream(file, cipher.CreateDecryptor(), CryptoStreamMode.Read, leaveOpen: true);
    }

    private static async Task Write(Stream closing, ReadOnlyMemory<byte> part, CancellationToken stop)
    {
        try
        {
            await closing.WriteAsync(part, stop);
        }
        catch (IOException exception)
        {
            // Ours to mend, unlike when reading fails.
            throw new InvalidOperationException("What is received cannot be written to disk.", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        cipher.Dispose();
    }
}
