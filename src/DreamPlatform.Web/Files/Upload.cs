using DreamPlatform.Domain.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DreamPlatform.Web.Files;

/// <summary>
/// Reads the one file of a multipart body. The framework's form reader would write a plain copy of it into the folder
/// for temporary files.
/// </summary>
internal static class Upload
{
    /// <summary>
    /// The most bytes of a body. More than a file may have, so that who sends somewhat too much hears so, and not that
    /// the connection is gone.
    /// </summary>
    public const int MaxBodyBytes = FileLimits.MaxBytes * 2;

    /// <summary>
    /// How long a body may take. Slow is fine (a photograph of 2 MB at 20 KB a second), for ever is not.
    /// </summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    private const int MaxBoundary = 70;

    public static ProblemHttpResult TooSlow => Problems.Of(
        StatusCodes.Status408RequestTimeout, "upload-too-slow", "The file came too slowly. Send a smaller one.");

    /// <summary>Why a file was not received that had more bytes than this.</summary>
    public static IResult TooLarge(int maxBytes = FileLimits.MaxBytes) => maxBytes == FileLimits.MaxBytes
        ? Answers.Of(new FileTooLarge())
        : Problems.Of(
            StatusCodes.Status413PayloadTooLarge, "files-too-large-together", "Send some of these files later.");

    /// <summary>Receives the file; false when it is too large.</summary>
    public static async Task<bool> ReadAsync(HttpRequest request, ReceivedFile file, CancellationToken stop)
    {
        if (request.ContentLength > MaxBodyBytes) return false;
        var boundary = BoundaryOf(request)
            ?? throw new BadHttpRequestException("No multipart form.", StatusCodes.Status415UnsupportedMediaType);
        var reader = new MultipartReader(boundary, request.Body)
        {
            HeadersCountLimit = 8,
            HeadersLengthLimit = 4_096,
        };
        try
        {
            var isReceived = false;
            while (await reader.ReadNextSectionAsync(stop) is { } section)
            {
                if (isReceived || section.GetContentDispositionHeader()?.IsFileDisposition() != true)
                    throw NotOneFile();
                if (!await file.Receive(section.Body, FileLimits.MaxBytes, stop)) return false;
                isReceived = true;
            }

            return isReceived ? true : throw NotOneFile();
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return false;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw NotOneFile();
        }
    }

    /// <summary>What parts the parts of a multipart form; null where the body is none.</summary>
    public static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary.ToString()
            : null;

    private static MalformedRequestException NotOneFile() => new(
        Problems.Malformed, "file", "Must be the one part of a multipart/form-data body, with a file name.");
}
