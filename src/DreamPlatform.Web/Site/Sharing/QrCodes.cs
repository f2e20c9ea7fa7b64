using System.Globalization;
using System.Text;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Http;
using QRCoder;

namespace DreamPlatform.Web.Site.Sharing;

/// <summary>The address of a wish as a picture, to be photographed from a poster or another phone.</summary>
internal static class QrCodes
{
    /// <summary>A picture of the address of a published wish.</summary>
    public static async Task<IResult> OfWish(Guid id, HttpContext http, WishQueries wishes) =>
        await wishes.Find(id) is { Wish.IsPublished: true }
            ? TypedResults.Text(Draw(Address(http, $"/wishes/{id}")), "image/svg+xml")
            : Answers.NotFound;

    /// <summary>A path of this site as others reach it.</summary>
    public static string Address(HttpContext http, string path) =>
        $"{http.Request.Scheme}://{http.Request.Host}{path}";

    /// <summary>Black on white in both colour schemes: cameras expect that.</summary>
    public static string Draw(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < code.ModuleMatrix[y].Count; x++)
            {
                if (code.ModuleMatrix[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        var size = code.ModuleMatrix.Count;
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>
            """;
    }
}
