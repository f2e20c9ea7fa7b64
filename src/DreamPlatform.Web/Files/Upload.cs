using System.Text;
using DreamPlatform.Domain.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Web.Errors;
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

    private const int MaxBoundary = 70, MaxFields = 8, MaxFieldBytes = 4_096;

    /// <summary>Receives the file; false when it is too large.</summary>
    /// <param name="fields">Takes the fields before the file, where it comes from a page's form.</param>
    public static async Task<bool> ReadAsync(
        HttpRequest request, ReceivedFile file, CancellationToken stop, Dictionary<string, string>? fields = null)
    {
        if (request.ContentLength > MaxBodyBytes) return false;
        var reader = new MultipartReader(BoundaryOf(request), request.Body)
        {
            HeadersCountLimit = 8,
            HeadersLengthLimit = 4_096,
        };
        try
        {
            var isReceived = false;
            while (await reader.ReadNextSectionAsync(stop) is { } section)
            {
                var isFile = section.GetContentDispositionHeader()?.IsFileDisposition() == true;
                if (fields is not null && !isFile && await FieldOf(section, fields, stop)) continue;
                if (isReceived || !isFile) throw NotOneFile();
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

    /// <summary>Reads a field of a form; false if there are too many, or it is no field.</summary>
    private static async Task<bool> FieldOf(
        MultipartSection section, Dictionary<string, string> fields, CancellationToken stop)
    {
        if (section.AsFormDataSection() is not { Name.Length: > 0 and <= MaxBoundary } field
            || fields.Count == MaxFields) return false;
        var bytes = new byte[MaxFieldBytes];
        var read = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        if (read == bytes.Length) return false;
        fields[field.Name] = Encoding.UTF8.GetString(bytes, 0, read);
        return true;
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary)
            return boundary.ToString();
        throw new BadHttpRequestException("No multipart form.", StatusCodes.Status415UnsupportedMediaType);
    }

    private static MalformedRequestException NotOneFile() => new(
        Problems.Malformed, "file", "Must be the one part of a multipart/form-data body, with a file name.");
}
