namespace DreamPlatform.Web.Files;

/// <summary>"Files": where the bytes of evidence are; a folder of the data folder when nothing is set.</summary>
public sealed class FileSettings
{
    /// <summary>Another folder, for processes that share it.</summary>
    public string? Folder { get; set; }

    public AzureBlobSettings AzureBlobs { get; set; } = new();
}

/// <summary>"Files:AzureBlobs": a container of Azure Blob Storage.</summary>
public sealed class AzureBlobSettings
{
    /// <summary>The account with its key.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account's blob endpoint, opened with the managed identity of this machine.</summary>
    public Uri? Endpoint { get; set; }

    public string Container { get; set; } = "files";

    public bool IsUsed => ConnectionString is not null || Endpoint is not null;

    public bool NamesOneAccount => ConnectionString is null || Endpoint is null;
}
