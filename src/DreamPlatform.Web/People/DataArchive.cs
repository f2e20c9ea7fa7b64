using System.IO.Compression;
using System.Net.Mime;
using System.Text.Json;
using DreamPlatform.Grains.Files;
using Microsoft.AspNetCore.Http.Features;

namespace DreamPlatform.Web.People;

/// <summary>All that is held about a person as one archive: data.json, and their files.</summary>
internal sealed class DataArchive(
    IReadOnlyDictionary<string, object?> data, FileCabinet cabinet, JsonSerializerOptions options) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = MediaTypeNames.Application.Zip;
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"my-data.zip\"";
        // The archive writes a few bytes of its own without waiting, whatever it is asked for.
        httpContext.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        var stop = httpContext.RequestAborted;
        await using var archive = await ZipArchive.CreateAsync(
            httpContext.Response.Body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stop);
        await using (var json = await archive.CreateEntry("data.json").OpenAsync(stop))
            await JsonSerializer.SerializeAsync(json, data, options, stop);
        foreach (var file in data.Values.OfType<IEnumerable<object>>().SelectMany(all => all).OfType<PersonsFile>())
        {
            if (await cabinet.Read(file.Id) is not { } content) continue;
            // Pictures and documents are compressed already.
            await using var entry = await archive.CreateEntry(file.FileName, CompressionLevel.NoCompression).OpenAsync(stop);
            await entry.WriteAsync(content, stop);
        }
    }
}
