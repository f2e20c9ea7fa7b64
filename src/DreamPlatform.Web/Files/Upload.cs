using DreamPlatform.Domain.Files;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DreamPlatform.Web.Files;

/// <summary>
/// Reads the one file of a multipart body into memory. The framework's form reader would write a plain copy of it into
/// the folder for temporary files.
/// </summary>
internal static class Upload
{
    /// <summary>
    /// The most bytes of a body. More than a file may have, so that who sends somewhat too much hears so, and not that
    /// the connection is gone.
    /// </summary>
    public const int MaxBodyBytes = FileLimits.MaxBytes * 2;

    private const int MaxBoundary = 70;

    /// <summary>The file; null when it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.ContentLength > MaxBodyBytes) return null;
        var reader = new MultipartReader(BoundaryOf(request), request.Body)
        {
            HeadersCountLimit = 8,
            HeadersLengthLimit = 4_096,
        };
        try
        {
            ReadOnlyMemory<byte>? file = null;
            while (await reader.ReadNextSectionAsync(stop) is { } section)
            {
                var isFile = section.GetContentDispositionHeader()?.IsFileDisposition() == true;
                if (file is not null || !isFile) throw NotOneFile();
                if (await ReadAsync(section.Body, stop) is not { } content) return null;
                file = content;
            }

            return file ?? throw NotOneFile();
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw NotOneFile();
        }
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary)
            return boundary.ToString();
        throw new BadHttpRequestException("No multipart form.", StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken stop)
    {
        using var content = new MemoryStream();
        var part = new byte[32 * 1024];
        while (await body.ReadAsync(part, stop) is > 0 and var read)
        {
            if (content.Length + read > FileLimits.MaxBytes) return null;
            content.Write(part, 0, read);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static MalformedRequestException NotOneFile() => new(
        Problems.Malformed, "file", "Must be the one part of a multipart/form-data body, with a file name.");
}
