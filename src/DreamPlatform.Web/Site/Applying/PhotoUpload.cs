using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Files;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Operating;
using DreamPlatform.Web.Site.Forms;
using DreamPlatform.Web.Wishes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Applying;

/// <summary>
/// Takes the photo of a draft from a plain form, and shows it. The file is read by the API's handler and never by the
/// framework's form reader, which would leave a plain copy of it on disk; so these are routes beside the page.
/// </summary>
internal static class PhotoUpload
{
    public static void MapPhotos(this RouteGroupBuilder pages)
    {
        pages.MapPost("/apply/{id:guid}/photo/send", Send)
            .WithMetadata(new RequestSizeLimitAttribute(Upload.MaxBodyBytes));
        pages.MapGet("/me/wishes/{id:guid}/files/{file:guid}", Show).RequireAuthorization();
    }

    /// <summary>A file of an own wish.</summary>
    internal static async Task<IResult> Show(
        Guid id, Guid file, string? size, Visitor me, OnBehalf behalf, FileCabinet cabinet, IGrainFactory grains) =>
        await behalf.OfWishAsync(id) is null
            ? Answers.NotFound
            : await FileEndpoints.Fetch(file, size, me.Caller!, cabinet, grains);

    /// <summary>Keeps the file and attaches it; whatever is wrong with it is said on the page it came from.</summary>
    internal static async Task<IResult> Send(
        Guid id, string? from, HttpContext http, Drafts drafts, Visitor me, IAntiforgery antiforgery,
        FileCabinet cabinet, UploadGate gate, DataDirectory data, TimeProvider time, IGrainFactory grains,
        CancellationToken stop)
    {
        var page = $"/apply/{id}/photo" + QueryString.Create("from", from ?? "");
        // The file cannot be kept while somebody signs in, and nothing else is on this page.
        if (!me.IsSignedIn) return TypedResults.LocalRedirect($"/sign-in?back={Uri.EscapeDataString(page)}");
        if ((await drafts.OpenAsync(id)).Draft is not { } draft) return TypedResults.LocalRedirect($"/me/wishes/{id}");
        var form = new PhotoForm(http, antiforgery);
        var result = await TryAsync(() => FileEndpoints.SendForm(
            http.Request, me.Caller!, cabinet, gate, data, time, form, stop));
        if (PageResult.ValueOf(result) is FileBody kept && PageResult.ProblemOf(result) is null)
            result = await TryAsync(() => AttachAsync(http, draft, kept.Id, form.Key, grains));
        return PageResult.ProblemOf(result) is { } problem
            ? TypedResults.LocalRedirect($"{page}&problem={ProblemWords.CodeOf(problem)}")
            : TypedResults.LocalRedirect(page);
    }

    private static Task<IResult> AttachAsync(HttpContext http, Draft draft, Guid file, Guid key, IGrainFactory grains)
    {
        var evidence = new Evidence([.. draft.FileIds, file], draft.Written.Evidence?.Statement);
        return WishEndpoints.Edit(
            draft.Id, draft.Body with { Evidence = evidence },
            CommandRequest.Of(http, new IdempotencyKey(new CommandId(key)), draft.Version), grains);
    }

    private static async Task<IResult> TryAsync(Func<Task<IResult>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (RequestErrors.ProblemOf(exception) is { } problem)
        {
            return problem;
        }
    }

    /// <summary>What the form brings beside the file: that it is ours, and its key.</summary>
    private sealed class PhotoForm(HttpContext http, IAntiforgery antiforgery) : IUploadForm
    {
        public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

        public Guid Key => Guid.TryParse(Fields.GetValueOrDefault(Posted.KeyField), out var key) && key != Guid.Empty
            ? key
            : Guid.CreateVersion7();

        public async Task<IResult?> RefuseAsync()
        {
            var names = antiforgery.GetTokens(http);
            // A token in the header is read before the form, which is read already.
            if (names.HeaderName is { } header)
                http.Request.Headers[header] = Fields.GetValueOrDefault(names.FormFieldName);
            return await antiforgery.IsRequestValidAsync(http)
                ? null
                : Problems.Of(400, "form-expired", "This form is too old.");
        }
    }
}
