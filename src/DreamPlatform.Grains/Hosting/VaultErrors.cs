namespace DreamPlatform.Grains.Hosting;

/// <summary>A private state is larger than a row of the vault can be; the row is as it was before.</summary>
[GenerateSerializer, Alias("vault-row-too-large.v1")]
public sealed class VaultRowTooLargeException(string row, int sizeBytes, int maxBytes) : Exception(
    $"{row} has {sizeBytes} bytes. It does not fit in a row of the table: 1 MiB, {maxBytes} bytes of it for the state.");

/// <summary>The row with a private state's keys is another's. Neither is read or written in the other's place.</summary>
[GenerateSerializer, Alias("vault-key-collision.v1")]
public sealed class VaultKeyCollisionException(string row) : Exception(
    $"The row for {row} is another's, because not every character can be in a table's key. Choose another key.");
