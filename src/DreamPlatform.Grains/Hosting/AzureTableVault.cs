using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DreamPlatform.Grains.Hosting;

/// <summary>
/// Grain persistence on Azure Table Storage, on the official provider's rows and with its answers, save that two grains
/// that come to the same keys are told so instead of sharing a row, and that a table that is gone is not an empty one
/// (docs/adr).
/// </summary>
internal sealed class AzureTableVault(
    TableClient table, string serviceId, IGrainStorageSerializer serializer, IActivatorProvider activators)
    : IGrainStorage
{
    private const int NotFound = 404, Conflict = 409, PreconditionFailed = 412;

    /// <summary>Adds it under a name, with the serializer of the same name.</summary>
    public static void AddTo(IServiceCollection services, string name, AzureTables tables) =>
        services.AddKeyedSingleton<IGrainStorage>(name, (provider, _) => new AzureTableVault(
            tables.Open(), provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId,
            provider.GetRequiredKeyedService<IGrainStorageSerializer>(name),
            provider.GetRequiredService<IActivatorProvider>()));

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = Row(stateName, grainId);
        var entity = await Find(row);
        var content = entity is null ? null : row.Open(entity);
        var state = content is null ? default : serializer.Deserialize<T>(content);
        grainState.RecordExists = state is not null;
        grainState.State = state ?? Blank<T>();
        grainState.ETag = entity?.ETag.ToString();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = Row(stateName, grainId);
        var content = serializer.Serialize(grainState.State);
        var entity = row.Fill(content);
        try
        {
            var response = await Unless(row, grainState.ETag, etag => etag is { } version
                ? table.UpdateEntityAsync(entity, version, TableUpdateMode.Replace)
                : table.AddEntityAsync(entity));
            grainState.ETag = $"{response.Headers.ETag}";
            grainState.RecordExists = true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.EntityTooLarge)
        {
            throw row.TooLarge(content);
        }
    }

    /// <summary>Deletes the row: what was cleared is to be gone.</summary>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = Row(stateName, grainId);
        if (!string.IsNullOrEmpty(grainState.ETag))
        {
            await Unless(
                row, grainState.ETag, etag => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, etag!.Value));
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Blank<T>();
    }

    /// <summary>Changes the row, unless it is not as the caller has read it.</summary>
    private async Task<Response> Unless(AzureTableRow row, string? read, Func<ETag?, Task<Response>> change)
    {
        // "*" would match every version, and the service answers 400 to what is no version of its own.
        if (!string.IsNullOrEmpty(read) && !read.StartsWith("W/\"", StringComparison.Ordinal))
            throw Inconsistent(row, read);
        try
        {
            var response = await change(string.IsNullOrEmpty(read) ? null : new ETag(read));
            return response.IsError ? throw new RequestFailedException(response) : response;
        }
        catch (RequestFailedException e) when (e.Status is PreconditionFailed or Conflict or NotFound)
        {
            if (e.Status == Conflict && await Find(row) is { } other) row.Own(other);
            throw Inconsistent(row, read, e);
        }
    }

    private async Task<TableEntity?> Find(AzureTableRow row)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey);
        if (found.HasValue) return found.Value;
        // Also the answer when there is no table; taken for a missing row it would be written anew, empty.
        var response = found.GetRawResponse();
        return response.Headers.TryGetValue("x-ms-error-code", out var code) && code == TableErrorCode.TableNotFound
            ? throw new RequestFailedException(response)
            : null;
    }

    private AzureTableRow Row(string stateName, GrainId grainId) => new(serviceId, stateName, grainId);

    private T Blank<T>() => activators.GetActivator<T>().Create();

    private static InconsistentStateException Inconsistent(AzureTableRow row, string? read, Exception? cause = null) =>
        new($"The row for {row.Name} is not as it was read.", storedEtag: "Unknown", currentEtag: read, cause);
}
