namespace DreamPlatform.Grains.Hosting;

/// <summary>A private state is larger than a row of the vault can be; the row is as it was before.</summary>
[GenerateSerializer, Alias("vault-row-too-large.v1")]
public sealed class VaultRowTooLargeException(string row, int sizeBytes, int maxBytes) : Exception(
    $"{row} has {sizeBytes} bytes and does not fit. A row of the table is at most 1 MiB, {maxBytes} bytes of it state.");

/// <summary>The row with the keys of one private state is another's. Neither is read or written in the other's place.</summary>
[GenerateSerializer, Alias("vault-key-collision.v1")]
public sealed class VaultKeyCollisionException(string row) : Exception(
    $"The row for {row} is another's, because the table cannot hold every character of a key. Choose another key.");
