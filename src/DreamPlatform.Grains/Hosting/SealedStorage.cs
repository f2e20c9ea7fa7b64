using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Keys;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// Seals private states on their way to whatever provider keeps the rows: as JSON, under the data key of the person
/// they are about, bound to their row. Not in the serializer alone, which knows neither the row nor how to wait for a
/// key.
/// </summary>
internal sealed partial class SealedStorage(IGrainStorage rows, PersonKeys keys, ILogger<SealedStorage> logger)
    : IGrainStorage
{
    /// <summary>The first byte of every row; another one is for another way of sealing.</summary>
    private const byte Format = 1;

    private const int HeaderBytes = 1 + 16;

    private static readonly Meter Meter = new("DreamPlatform.Vault");

    private static readonly Counter<long> Unreadable = Meter.CreateCounter<long>(
        "vault.unreadable", description: "Rows that could not be opened.");

    /// <exception cref="VaultUnreadableException">The row is there but cannot be opened; it is left as it is.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = new GrainState<SealedRow>();
        await rows.ReadStateAsync(stateName, grainId, row);
        var state = row.RecordExists
            ? await Open<T>(row.State!.Bytes, Place(stateName, grainId))
            : Activator.CreateInstance<T>();
        (grainState.State, grainState.ETag, grainState.RecordExists) = (state, row.ETag, row.RecordExists);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = await Close(grainState.State, Place(stateName, grainId));
        var row = Row(grainState, bytes);
        await rows.WriteStateAsync(stateName, grainId, row);
        (grainState.ETag, grainState.RecordExists) = (row.ETag, row.RecordExists);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = Row(grainState, []);
        await rows.ClearStateAsync(stateName, grainId, row);
        (grainState.State, grainState.ETag, grainState.RecordExists) =
            (Activator.CreateInstance<T>(), row.ETag, row.RecordExists);
    }

    private async Task<byte[]> Close<T>(T state, string place)
    {
        if (state is not IPrivate { Holder: var holder } || holder == Guid.Empty)
            throw new InvalidOperationException($"{typeof(T).Name} does not say whose it is.");
        var key = await keys.ForSealing(holder);
        var content = JsonSerializer.SerializeToUtf8Bytes(state, JournalJson.Options);
        var closed = Seal.Close(content, key, $"{place}/{holder:D}");
        CryptographicOperations.ZeroMemory(content);
        var bytes = new byte[HeaderBytes + closed.Length];
        bytes[0] = Format;
        holder.TryWriteBytes(bytes.AsSpan(1), bigEndian: true, out _);
        closed.CopyTo(bytes, HeaderBytes);
        return bytes;
    }

    private async Task<T> Open<T>(byte[] bytes, string place)
    {
        try
        {
            if (bytes.Length < HeaderBytes || bytes[0] != Format)
                throw new CryptographicException("The row is not sealed.");
            var holder = new Guid(bytes.AsSpan(1, 16), bigEndian: true);
            var key = await keys.Find(holder) ?? throw new KeyUnavailableException($"{holder} has no key.");
            var content = Seal.Open(bytes.AsSpan(HeaderBytes), key, $"{place}/{holder:D}");
            return JsonSerializer.Deserialize<T>(content, JournalJson.Options)
                ?? throw new JsonException("The row is empty.");
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException
            or KeyUnavailableException or HolderErasedException or NotSupportedException)
        {
            Unreadable.Add(1);
            Log.Unreadable(logger, place, exception);
            throw new VaultUnreadableException(place, exception is KeyUnavailableException);
        }
    }

    private static GrainState<SealedRow> Row<T>(IGrainState<T> state, byte[] bytes) =>
        new(new SealedRow { Bytes = bytes }, state.ETag) { RecordExists = state.RecordExists };

    private static string Place(string stateName, GrainId grainId) => $"vault/{stateName}/{grainId}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Row} cannot be opened; it is left as it is, and nobody is served from it.")]
        public static partial void Unreadable(ILogger logger, string row, Exception exception);
    }
}

/// <summary>A private state as a provider keeps it.</summary>
internal sealed class SealedRow
{
    public byte[] Bytes { get; set; } = [];
}

/// <summary>Hands sealed rows to a provider as they are.</summary>
internal sealed class SealedSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(((SealedRow)(object)input!).Bytes);

    public T Deserialize<T>(BinaryData input) => (T)(object)new SealedRow { Bytes = input.ToArray() };
}
