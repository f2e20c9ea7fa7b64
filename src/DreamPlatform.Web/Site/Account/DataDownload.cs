using System.Net.Mime;
using DreamPlatform.Grains.Files;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.People;
using DreamPlatform.Web.Site.Forms;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Site.Account;

/// <summary>All that is held about somebody, as a file.</summary>
internal static class DataDownload
{
    public static async Task<IResult> Get(
        HttpContext http, Caller caller, IEnumerable<IPersonalData> places, FileCabinet cabinet,
        IOptions<JsonOptions> json, TimeProvider time, ILogger<Erasure> logger, string? format)
    {
        if (FreshSignIn.Lacks(caller, time) is not null) return TypedResults.LocalRedirect("/sign-in?back=%2Fme%2Fdata");
        var result = await PersonEndpoints.Data(caller, places, cabinet, json, time, logger, format);
        // The archive says so itself.
        if (PageResult.ValueOf(result) is not null)
            http.Response.Headers.ContentDisposition =
                new ContentDisposition(DispositionTypeNames.Attachment) { FileName = "my-data.json" }.ToString();
        return result;
    }
}
