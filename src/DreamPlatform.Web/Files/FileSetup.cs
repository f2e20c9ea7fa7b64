using System.Text.RegularExpressions;
using DreamPlatform.Grains.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Files.Sanitizing;
using DreamPlatform.Web.Operating;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Files;

/// <summary>Where files are kept and how they are cleaned.</summary>
internal static partial class FileSetup
{
    public static void AddFiles(this WebApplicationBuilder builder, ServeArguments arguments, DataDirectory data)
    {
        builder.AddSettings<FileSettings>("Files")
            .Validate(
                files => files.AzureBlobs.NamesOneAccount,
                "Set Files:AzureBlobs:ConnectionString or Files:AzureBlobs:Endpoint, not both.")
            .Validate(
                files => files.AzureBlobs.Endpoint is null or { IsAbsoluteUri: true },
                "Set Files:AzureBlobs:Endpoint to an address such as https://account.blob.core.windows.net.")
            .Validate(
                files => ContainerName().IsMatch(files.AzureBlobs.Container),
                "Set Files:AzureBlobs:Container to 3 to 63 lower-case letters, digits and single hyphens.")
            .Validate(
                files => files.Folder is null || !files.AzureBlobs.IsUsed, "Set Files:Folder or Files:AzureBlobs, not both.")
            .Validate(
                files => arguments.Role == ProcessRole.All || files.Folder is not null || files.AzureBlobs.IsUsed,
                "Set Files:AzureBlobs or Files:Folder, the same for all silo and web processes. Or leave --role out.");
        var services = builder.Services;
        services.AddSingleton(provider => Open(data, provider.GetRequiredService<IOptions<FileSettings>>().Value));
        services.AddSingleton(new SanitizerOptions { Assembly = typeof(FileSetup).Assembly.Location });
        services.AddSingleton<Sanitizer>();
        services.AddSingleton<FileCabinet>();
        services.AddSingleton<UploadGate>();
        services.AddHealthChecks().AddCheck<FilesAnswer>("files");
    }

    /// <summary>Makes the store ready, and clears away what broken uploads left.</summary>
    public static async Task PrepareFilesAsync(this WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<IFileStore>().Prepare();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartRefusedException($"The files cannot be kept. Look at the settings below Files. {e.Message}");
        }
    }

    private static IFileStore Open(DataDirectory data, FileSettings settings) =>
        settings.AzureBlobs is { IsUsed: true } it
        ? AzureBlobFileStore.Open(it.ConnectionString, it.Endpoint, it.Container)
        : settings.Folder is { } shared
            ? new FolderFileStore(shared, isShared: true)
            : new FolderFileStore(data.File("files"));

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerName();

    private sealed class FilesAnswer(IFileStore store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken stop = default) =>
            await store.Answers(stop) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}
