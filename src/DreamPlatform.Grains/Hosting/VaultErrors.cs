namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// A private row cannot be opened: damaged, moved, or sealed with a key that is gone. Others are not affected.
/// </summary>
/// <param name="isKeyMissing">Whether it is only that a key is not there, which may be brought back.</param>
[GenerateSerializer, Alias("vault-unreadable.v1")]
public sealed class VaultUnreadableException(string row, bool isKeyMissing)
    : Exception($"The private row {row} cannot be read.")
{
    /// <summary>Whether it may be readable again one day.</summary>
    [Id(0)]
    public bool IsKeyMissing { get; } = isKeyMissing;
}

/// <summary>A private state is larger than a row of the vault can be; the row is as it was before.</summary>
[GenerateSerializer, Alias("vault-row-too-large.v1")]
public sealed class VaultRowTooLargeException(string row, int sizeBytes, int maxBytes) : Exception(
    $"{row} has {sizeBytes} bytes. It does not fit in a row of the table: 1 MiB, {maxBytes} bytes of it for the state.");

/// <summary>The row with a private state's keys is another's. Neither is read or written in the other's place.</summary>
[GenerateSerializer, Alias("vault-key-collision.v1")]
public sealed class VaultKeyCollisionException(string row) : Exception(
    $"The row for {row} is another's, because not every character can be in a table's key. Choose another key.");

/// <summary>Finds out what became of a private row.</summary>
public static class VaultErrors
{
    /// <summary>
    /// The row that could not be opened, if that is why something failed: a grain whose private state cannot be opened
    /// does not start, and whatever it was asked for fails so.
    /// </summary>
    public static VaultUnreadableException? Unreadable(this Exception exception)
    {
        for (var at = exception; at is not null; at = at.InnerException)
            if (at is VaultUnreadableException unreadable) return unreadable;
        return null;
    }
}
