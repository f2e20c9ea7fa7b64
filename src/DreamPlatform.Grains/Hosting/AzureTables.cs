using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Grains.Hosting;

/// <summary>A table in Azure Table Storage: by a connection string, or by its endpoint as a managed identity.</summary>
public sealed class AzureTables
{
    /// <summary>The connection string of a storage account; its key is in it.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The https address of a storage account's table service, opened without any secret.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The name of the table; made at start if it is not there.</summary>
    public string Table { get; set; } = "vault";

    /// <summary>Whether the client can be made of a connection string; nothing is asked of the network.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new TableServiceClient(text).Uri.IsAbsoluteUri;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    internal TableClient Open() => Connect().GetTableClient(Table);

    internal TableServiceClient Connect()
    {
        var options = new TableClientOptions
        {
            // All tries together end before a caller of a grain gives up.
            Retry =
            {
                MaxRetries = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(2),
                NetworkTimeout = TimeSpan.FromSeconds(5),
            },
        };
        return ConnectionString is { } text
            ? new TableServiceClient(text, options)
            : new TableServiceClient(Endpoint!, new DefaultAzureCredential(), options);
    }

    /// <exception cref="DatabaseRefusedException">It cannot be reached or may not be made.</exception>
    internal void Create()
    {
        try
        {
            Open().CreateIfNotExists();
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or AuthenticationFailedException)
        {
            var reason = e is RequestFailedException { ErrorCode: { } code } ? code : e.Message.Split('\n')[0].Trim();
            throw new DatabaseRefusedException(
                $"The table {Table} of the vault cannot be opened. Check Vault:AzureTables. {reason}");
        }
    }
}
