using DreamPlatform.Web.Files;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace DreamPlatform.Web.Site.Proofs;

/// <summary>
/// How forms with files are read, on pages that say with a limit of their own that they take some: into memory, because
/// the framework would put a plain copy of each into the folder for temporary files; and not for ever.
/// </summary>
internal static class FormUploads
{
    /// <summary>Before anybody reads the form.</summary>
    public static Task Prepare(HttpContext http, RequestDelegate next)
    {
        if (TakesFiles(http))
        {
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions
            {
                MemoryBufferThreshold = Upload.MaxBodyBytes,
                MultipartBodyLengthLimit = Upload.MaxBodyBytes,
            }));
        }

        return next(http);
    }

    /// <summary>After it is known who sends it.</summary>
    public static async Task ReadAsync(HttpContext http, RequestDelegate next)
    {
        if (TakesFiles(http))
        {
            using var slow = new CancellationTokenSource(Upload.MaxTime);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, http.RequestAborted);
            try
            {
                await http.Request.ReadFormAsync(stop.Token);
            }
            catch (OperationCanceledException) when (slow.IsCancellationRequested)
            {
                throw new BadHttpRequestException("Too slow.", StatusCodes.Status408RequestTimeout);
            }
            catch (InvalidDataException broken)
            {
                throw new BadHttpRequestException("No form.", StatusCodes.Status400BadRequest, broken);
            }
        }

        await next(http);
    }

    private static bool TakesFiles(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null
        // Other routes read the body themselves.
        && http.GetEndpoint()!.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && http.Request.HasFormContentType;
}
