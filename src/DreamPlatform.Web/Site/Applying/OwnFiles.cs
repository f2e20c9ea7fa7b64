using DreamPlatform.Grains.Files;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Site.Applying;

/// <summary>Shows the files of a wish to its applicant, and to who helps them.</summary>
internal static class OwnFiles
{
    public static void MapOwnFiles(this RouteGroupBuilder pages) =>
        pages.MapGet("/me/wishes/{id:guid}/files/{file:guid}", Show).RequireAuthorization()
            .WithMetadata(new ContentPolicy("sandbox"));

    /// <summary>A file of an own wish.</summary>
    internal static async Task<IResult> Show(
        Guid id, Guid file, string? size, Visitor me, OnBehalf behalf, FileCabinet cabinet, IGrainFactory grains) =>
        await behalf.OfWishAsync(id) is null
            ? Answers.NotFound
            : await FileEndpoints.Fetch(file, size, me.Caller!, cabinet, grains);
}
