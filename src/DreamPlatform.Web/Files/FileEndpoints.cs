using DreamPlatform.Domain.Files;
using DreamPlatform.Grains.Files;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage.Files;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.Helping;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Operating;
using DreamPlatform.Web.Wishes;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Files;

/// <summary>A file that was kept, as it is served: cleaned, and so of another size than it was sent.</summary>
/// <param name="Pages">For a PDF.</param>
/// <param name="Width">For a picture, in pixels.</param>
/// <param name="Height">For a picture, in pixels.</param>
public sealed record FileBody(Guid Id, string ContentType, int Bytes, int? Pages, int? Width, int? Height)
{
    internal static FileBody Of(FileKept kept)
    {
        var it = kept.Description;
        return new(kept.Id, it.ContentType, it.Bytes, it.Pages, it.Width, it.Height);
    }
}

/// <param name="File">A picture (JPEG, PNG, WebP) or a PDF, with a file name.</param>
internal sealed record FileForm(IFormFile File);

/// <summary>Sends and fetches evidence: pictures and documents.</summary>
public static class FileEndpoints
{
    private const string Small = "small";

    private static readonly (int, string)[] Refusals =
    [
        (408, "upload-too-slow"), (409, "file-quota-exceeded"), (413, "file-too-large"),
        (415, "file-kind-not-supported"), (422, "file-damaged"),
        (422, "file-encrypted"), (422, "file-content-not-supported"), (422, "file-too-many-pixels"),
        (422, "file-too-many-pages"), (422, "file-too-complex"), (503, "busy"), (503, "outcome-unknown"),
    ];

    public static void MapFileEndpoints(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/api/files").WithTags("Files").RequireAuthorization();
        files.MapPost("", Send).WithName("sendFile").Produces<FileBody>(StatusCodes.Status201Created)
            .Accepts<FileForm>("multipart/form-data").WithMetadata(new RequestSizeLimitAttribute(Upload.MaxBodyBytes))
            .WithProblems(Refusals).MayActFor();
        files.MapGet("{id:guid}", Fetch).WithName("fetchFile").WithMetadata(new ContentPolicy("sandbox"))
            .Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg", "image/png", "image/webp", "application/pdf")
            .WithProblems((404, "not-found"), (409, "look-log-full"), (503, "outcome-unknown")).MayActFor();
    }

    /// <summary>
    /// Keeps a picture or a document, cleaned of all that is not to be seen. It goes after a day unless it is attached.
    /// </summary>
    internal static async Task<IResult> Send(
        HttpRequest request, Caller caller, FileCabinet cabinet, UploadGate gate, DataDirectory data, TimeProvider time,
        CancellationToken stop)
    {
        using var pass = gate.Enter(caller.Id);
        if (pass is null) return Busy;
        await using var file = new ReceivedFile(data.Path);
        using var overdue = new CancellationTokenSource(Upload.MaxTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, overdue.Token);
        try
        {
            if (!await Upload.ReadAsync(request, file, either.Token)) return Upload.TooLarge();
        }
        catch (OperationCanceledException) when (overdue.IsCancellationRequested)
        {
            return Upload.TooSlow;
        }

        await pass.TakeTurn(stop);
        return await Keep(file, caller, cabinet, stop);
    }

    /// <summary>The same for a file that has come already, when it is its sender's turn.</summary>
    internal static async Task<IResult> Keep(
        ReceivedFile file, Caller caller, FileCabinet cabinet, CancellationToken stop) =>
        Answer(await cabinet.Keep(caller.Actor, file, stop));

    internal static IResult Busy => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, "busy", "Nothing was kept. Send the same file again in a moment.");

    /// <summary>
    /// A file of one's own, or one that is evidence in a case of which one may see it. That is noted. With size=small
    /// a picture comes no larger than where it is one of several needs.
    /// </summary>
    internal static async Task<IResult> Fetch(
        Guid id, string? size, Caller caller, FileCabinet cabinet, IGrainFactory grains)
    {
        if (new Check().That(size is null or Small, "size", $"Must be left out, or {Small}.").Problem is { } problem)
            return problem;
        if (await grains.GetFile(id).Get() is not { } file) return Answers.NotFound;
        if (!file.IsLooseFor(caller.Actor))
        {
            if (file.Attachment is not { } at || !await grains.GetGrain<IDossierGrain>(at.Dossier)
                .ShowsFile(at.Case.Stream, caller.Actor, id)) return Answers.NotFound;
            if (await WishEndpoints.Dossier(grains, at.Case.Value).NoteFile(caller.Actor, id) is { } refusal)
                return Answers.Of(refusal);
        }

        return await cabinet.Read(id, size == Small ? FileSize.Small : FileSize.Full) is { } content
            ? new FileResult(id, file.Description, content)
            : Answers.NotFound;
    }

    private static IResult Answer(FileAnswer answer) => answer switch
    {
        FileKept kept => TypedResults.Created($"/api/files/{kept.Id}", FileBody.Of(kept)),
        FileRefused refused => Answers.Of(refused.Rejection),
        _ => Busy,
    };
}

/// <summary>
/// The bytes of a file, in an answer that no browser takes for a page of ours, and that nobody keeps on the way.
/// </summary>
internal sealed class FileResult(Guid id, FileDescription description, byte[] content) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        var kind = description.IsPicture ? "inline" : "attachment";
        var extension = description.ContentType[(description.ContentType.LastIndexOf('/') + 1)..];
        headers.ContentDisposition = $"{kind}; filename=\"{id}.{extension}\"";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        httpContext.Response.ContentType = description.ContentType;
        httpContext.Response.ContentLength = content.Length;
        return httpContext.Response.Body.WriteAsync(content, httpContext.RequestAborted).AsTask();
    }
}
