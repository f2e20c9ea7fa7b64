using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Site.Proofs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>What somebody typed into a form that could not be taken yet.</summary>
/// <param name="Path">Where it was sent.</param>
/// <param name="Files">Those that came with it.</param>
/// <param name="By">A mark of the account that typed it; null where nobody was signed in.</param>
public sealed record KeptForm(
    string Path, IReadOnlyList<KeyValuePair<string, string>> Fields, IReadOnlyList<KeptFile>? Files = null,
    string? By = null);

/// <summary>A file that waits.</summary>
/// <param name="Id">Null where it could not be received.</param>
public sealed record KeptFile(string Field, string Name, Guid? Id);

/// <summary>
/// Nothing typed is lost when a session has ended. A form that comes too late is sealed into the sign-in page that
/// answers it, goes with it through all steps of signing in, and is then shown to be sent again with one click. Pages
/// need not do anything for it, and nothing is kept on the server but files, for an hour. Whoever else signs in there
/// does not get to see it.
/// </summary>
internal sealed class KeptForms(
    IDataProtectionProvider protection, WaitingFiles waiting, Once once, PlatformSecret secret)
{
    /// <summary>Where a browser brings a form back after signing in.</summary>
    public const string Path = "/sign-in/continue";

    /// <summary>Where a form goes that needs a session of the last minutes.</summary>
    public const string AgainPath = "/sign-in/again";

    public const string Field = "kept";

    /// <summary>
    /// Who was signed in when a form was shown: by the time it is sent, its sender's cookie may be gone. Its name has it
    /// left out where the fields of a form are read.
    /// </summary>
    public const string ByField = "__by";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>It is sealed, not shown: Chinese characters stay as they are.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ITimeLimitedDataProtector protector =
        protection.CreateProtector("kept-form").ToTimeLimitedDataProtector();

    /// <summary>Shows the sign-in page: at its own address, or in answer to a form that must not be lost.</summary>
    public static async Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> asked)
    {
        var http = asked.HttpContext;
        var back = http.Request.Path + http.Request.QueryString;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType
            || http.Request.Path == Path)
        {
            var query = HttpMethods.IsGet(http.Request.Method) ? QueryString.Create("back", back) : QueryString.Empty;
            http.Response.Redirect($"/sign-in{query}");
            return;
        }

        var kept = http.RequestServices.GetRequiredService<KeptForms>();
        await PageProblems.ShowAsync(http, StatusCodes.Status401Unauthorized, new()
        {
            [nameof(App.Kept)] = kept.Seal(await kept.ReadAsync(http)),
            [nameof(App.Back)] = back,
        });
    }

    /// <summary>
    /// Refuses a form that no page of ours for this person sent. Where the browser says that it comes from this site,
    /// it is only older than their session: then they may look at it and send it again.
    /// </summary>
    public static async Task RefuseForgedAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }
            || !SitePage.IsAskedFor(http))
        {
            await next(http);
            return;
        }

        // Without this the form cannot be read, not even to be shown.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        // The Origin header is null for forms of pages that tell nobody where they come from, such as ours.
        var isOurs = http.Request.Headers["Sec-Fetch-Site"] == "same-origin";
        var forms = http.RequestServices.GetRequiredService<KeptForms>();
        if (isOurs && http.Request.HasFormContentType)
        {
            var form = await forms.ReadAsync(http);
            if (forms.IsOfAnother(http, form)) await OfAnother().ExecuteAsync(http);
            else await ShowAsync(http, await forms.WithFilesAsync(http, form));
        }
        else await Problems.Of(400, "form-expired", "This form is too old.").ExecuteAsync(http);
    }

    /// <summary>Has the browser bring the form along to where its sender signs in once more.</summary>
    /// <param name="path">Where it is to go then.</param>
    public static IResult ToSignInAgain(string path) => TypedResults.LocalRedirect(
        AgainPath + QueryString.Create("to", path), permanent: false, preserveMethod: true);

    /// <summary>Shows the sign-in page with a form that goes on once its sender has signed in again.</summary>
    public static async Task AskAgain(HttpContext http, KeptForms forms, string? to)
    {
        var path = Visitor.Local(to);
        await PageProblems.ShowAsync(http, StatusCodes.Status401Unauthorized, new()
        {
            [nameof(App.Kept)] = forms.Seal(await forms.ReadAsync(http) with { Path = path }),
            [nameof(App.Back)] = path,
        });
    }

    /// <summary>Shows a kept form to who has signed in, if they typed it.</summary>
    public static Task Show(HttpContext http, KeptForms forms) => forms.ShowAsync(http);

    private async Task ShowAsync(HttpContext http)
    {
        var posted = new Posted(http, await http.Request.ReadFormAsync());
        if (Open(posted.Form[Field]) is not { } kept)
            await Problems.Of(400, "form-expired", "This form is too old.").ExecuteAsync(http);
        else if (IsOfAnother(http, kept)) await OfAnother().ExecuteAsync(http);
        else await ShowAsync(http, await once.DoAsync(posted, () => WithFilesAsync(http, kept), _ => true));
    }

    /// <summary>What stands for an account in the forms that it is shown; it tells nobody which it is.</summary>
    public string? MarkOf(Caller? caller) => caller is null ? null : MarkOf(caller.Id.Value);

    private string MarkOf(Guid account) => secret.IdOf($"kept-by/{account}").ToString("N");

    /// <summary>Whether somebody has signed in who did not type it. As long as nobody has, it is its sender's.</summary>
    private bool IsOfAnother(HttpContext http, KeptForm form) =>
        form.By is { } by && MarkOf(Caller.Of(http)) is { } mark && mark != by;

    private static ProblemHttpResult OfAnother() =>
        Problems.Of(409, "form-of-another", "Another account wrote this form. Nothing was sent.");

    public string Seal(KeptForm form)
    {
        // What is sealed goes back and forth with every step, and all that a page takes must fit.
        using var packed = new MemoryStream();
        using (var pack = new BrotliStream(packed, CompressionLevel.Fastest)) JsonSerializer.Serialize(pack, form, Json);
        return WebEncoders.Base64UrlEncode(protector.Protect(packed.ToArray(), Lifetime));
    }

    public KeptForm? Open(string? seal)
    {
        if (seal is null) return null;
        try
        {
            using var packed = new MemoryStream(protector.Unprotect(WebEncoders.Base64UrlDecode(seal)));
            using var pack = new BrotliStream(packed, CompressionMode.Decompress);
            return JsonSerializer.Deserialize<KeptForm>(pack, Json);
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static Task ShowAsync(HttpContext http, KeptForm form) =>
        PageProblems.ShowAsync(http, StatusCodes.Status200OK, new() { [nameof(App.Form)] = form });

    /// <summary>The form of somebody who has signed in, with its files kept as theirs; of those that are gone, the names.</summary>
    private async Task<KeptForm> WithFilesAsync(HttpContext http, KeptForm form)
    {
        if (form.Files is not { Count: > 0 } files) return form;
        SentFile[] found = [.. files.Select(it =>
            new SentFile(it.Field, it.Name, it.Id is { } id ? waiting.Take(id) : null, null))];
        var fields = await http.RequestServices.GetRequiredService<FormFiles>().KeepAsync(found);
        foreach (var file in found)
            if (file.Content is { } content) await content.DisposeAsync();
        return form with { Fields = [.. form.Fields, .. fields], Files = null };
    }

    /// <summary>All but secrets and what is made anew.</summary>
    private async Task<KeptForm> ReadAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var fields = form.Where(it => !it.Key.StartsWith("__", StringComparison.Ordinal)
                && !it.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .SelectMany(it => it.Value.Select(value => KeyValuePair.Create(it.Key, value ?? "")));
        var files = SentForm.Of(http)?.LetGo().Select(it =>
            new KeptFile(it.Field, it.Name, it.Content is { } content ? waiting.Add(content) : null));
        return new KeptForm(
            http.Request.Path + http.Request.QueryString, [.. fields], files?.ToArray(), await ByAsync(http, form));
    }

    /// <summary>Whose form it is: as it says itself, or else as the cookie does, also of a session that has ended.</summary>
    private async Task<string?> ByAsync(HttpContext http, IFormCollection form)
    {
        if (form[ByField].ToString() is { Length: > 0 } by) return by;
        var cookie = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return cookie.Principal is { } holder && TokenClaims.Of(holder) is { } claims ? MarkOf(claims.Account) : null;
    }
}
