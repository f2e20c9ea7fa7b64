using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DreamPlatform.Storage.Files;

/// <summary>Files in a private container of Azure Blob Storage.</summary>
public sealed class AzureBlobFileStore(BlobContainerClient container) : IFileStore
{
    private const int MaxRetries = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="connectionString">The account with its key; or else an endpoint.</param>
    /// <param name="endpoint">The account's blob endpoint, opened with this machine's managed identity.</param>
    public static AzureBlobFileStore Open(string? connectionString, Uri? endpoint, string container)
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.NetworkTimeout = Patience;
        options.Diagnostics.IsLoggingEnabled = false;
        var service = connectionString is not null
            ? new BlobServiceClient(connectionString, options)
            : new BlobServiceClient(endpoint, new DefaultAzureCredential(), options);
        return new AzureBlobFileStore(service.GetBlobContainerClient(container));
    }

    public Task Prepare() => Try(async () =>
        await container.CreateIfNotExistsAsync(PublicAccessType.None));

    public Task Write(Guid id, ReadOnlyMemory<byte> content, CancellationToken stop) => Try(async () =>
        await Blob(id).UploadAsync(
            BinaryData.FromBytes(content),
            new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, stop));

    public async Task<byte[]?> Read(Guid id, (int Start, int Bytes)? part, CancellationToken stop)
    {
        byte[]? content = null;
        await Try(async () =>
        {
            try
            {
                var options = new BlobDownloadOptions
                {
                    Range = part is { } it ? new HttpRange(it.Start, it.Bytes) : default,
                };
                content = (await Blob(id).DownloadContentAsync(options, stop)).Value.Content.ToArray();
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
            {
            }
        });
        return content;
    }

    public Task Delete(Guid id, CancellationToken stop) => Try(async () =>
        await Blob(id).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: stop));

    public async Task<bool> Answers(CancellationToken stop)
    {
        var exists = false;
        await Try(async () => exists = await container.ExistsAsync(stop));
        return exists;
    }

    /// <summary>Folders, so that a listing can be read in parts.</summary>
    private BlobClient Blob(Guid id) => container.GetBlobClient($"{id:N}"[^2..] + $"/{id:N}");

    private static async Task Try(Func<Task> call)
    {
        try
        {
            await call();
        }
        // After several tries the failures come together.
        catch (Exception failure) when (
            failure is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            var code = (failure as RequestFailedException)?.ErrorCode ?? failure.GetType().Name;
            throw new IOException($"Azure Blob Storage did not do it: {code}.", failure);
        }
    }
}
