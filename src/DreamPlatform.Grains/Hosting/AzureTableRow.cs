using System.Text.Json;
using Azure.Data.Tables;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// A state as a row of a table: keys and columns as the official provider has them, so that either reads what the other
/// wrote, and one column more that says whose row it is, because different grains can have the same keys there.
/// </summary>
internal sealed record AzureTableRow
{
    /// <summary>The official provider leaves it out and never looks at it.</summary>
    public const string IdentityColumn = "Identity";

    public const int ColumnBytes = 64 * 1024;

    public const int MaxColumns = 15;

    /// <summary>
    /// The limit of a row is 1 MiB. Full columns leave 64 KiB of it, more than the longest keys and identity need, so
    /// what is not refused here fits.
    /// </summary>
    public const int MaxStateBytes = MaxColumns * ColumnBytes;

    private const int MaxKeyLength = 1023;

    public AzureTableRow(string serviceId, string stateName, GrainId grainId)
    {
        PartitionKey = Escape($"{serviceId}_{grainId}");
        RowKey = Escape(stateName);
        Identity = JsonSerializer.Serialize<string[]>(
            [serviceId, $"{grainId.Type}", $"{grainId.Key}", stateName]);
        Name = $"{stateName} of {grainId}";
    }

    public string PartitionKey { get; }

    public string RowKey { get; }

    /// <summary>What the keys would say if nothing in them had to be replaced; no two states have the same.</summary>
    public string Identity { get; }

    /// <summary>How the row is called in messages.</summary>
    public string Name { get; }

    /// <exception cref="VaultRowTooLargeException">The state does not fit.</exception>
    public TableEntity Fill(BinaryData state)
    {
        var bytes = state.ToMemory();
        if (bytes.Length > MaxStateBytes) throw TooLarge(state);
        var entity = new TableEntity(PartitionKey, RowKey) { [IdentityColumn] = Identity };
        for (var i = 0; i * ColumnBytes < bytes.Length; i++)
        {
            var from = i * ColumnBytes;
            entity[Column("Data", i)] = bytes.Slice(from, Math.Min(ColumnBytes, bytes.Length - from)).ToArray();
        }

        return entity;
    }

    /// <returns>
    /// The state; null for a row that the official provider cleared without deleting it, but nothing at all, which is
    /// unreadable, for one of ours that has lost its state.
    /// </returns>
    /// <exception cref="VaultKeyCollisionException">The row is another state's.</exception>
    public BinaryData? Open(TableEntity entity)
    {
        Own(entity);
        var bytes = Columns<byte[]>(entity, "Data");
        if (bytes.Count > 0) return new BinaryData(bytes.SelectMany(column => column).ToArray());
        var texts = Columns<string>(entity, "StringData");
        if (texts.Count > 0) return new BinaryData(string.Concat(texts));
        return entity.ContainsKey(IdentityColumn) ? BinaryData.Empty : null;
    }

    /// <summary>Refuses another state's row. One without identity was written by the official provider.</summary>
    /// <exception cref="VaultKeyCollisionException">The row is another state's.</exception>
    public void Own(TableEntity entity)
    {
        if (entity.TryGetValue(IdentityColumn, out var identity) && !Identity.Equals(identity))
            throw new VaultKeyCollisionException(Name);
    }

    public VaultRowTooLargeException TooLarge(BinaryData state) => new(Name, state.Length, MaxStateBytes);

    private static List<T> Columns<T>(TableEntity entity, string name) where T : class =>
        [.. Enumerable.Range(0, MaxColumns)
            .Select(i => entity.TryGetValue(Column(name, i), out var value) ? value : null).OfType<T>()];

    private static string Column(string name, int i) => i == 0 ? name : $"{name}{i}";

    private static string Escape(string key)
    {
        if (key.Length > MaxKeyLength || key.Any(char.IsControl))
            throw new ArgumentException($"A table's row has no room for a key of {key.Length} characters, or for "
                + "control characters in it.", nameof(key));
        return key.Replace('/', '_').Replace('\\', '_').Replace('#', '_').Replace('?', '_');
    }
}
