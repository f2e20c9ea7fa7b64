using System.Text;
using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Files;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace DreamPlatform.Web.Site.Proofs;

/// <summary>
/// A form with files, of a page that <see cref="TakesFilesAttribute"/>. The framework would put a plain copy of each file
/// into the folder for temporary files; here they are received as those of the API are. A file that is too large or too
/// slow is left out and the rest is read on, so that its sender hears of it on the page, with all that they typed.
/// </summary>
internal sealed class SentForm(HttpContext http) : IFormFeature, IAsyncDisposable
{
    /// <summary>How much is read of files, most of it for nothing, before the rest is not waited for.</summary>
    public const long MaxReadBytes = 200 * 1024 * 1024;

    /// <summary>The most bytes of all that is typed.</summary>
    public const int MaxTextBytes = 1024 * 1024;

    /// <summary>How long all of it may take, whatever each file may.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(5);

    private const int MaxKeptBytes = Upload.MaxBodyBytes, MaxParts = 1024;

    private readonly List<SentFile> files = [];
    private readonly UploadGate gate = http.RequestServices.GetRequiredService<UploadGate>();
    private readonly string folder = http.RequestServices.GetRequiredService<DataDirectory>().Path;
    private KeyValueAccumulator fields;
    private long textBytes, keptBytes, readBytes;

    public bool HasFormContentType => true;

    public IFormCollection? Form { get; set; }

    public IReadOnlyList<SentFile> Files => files;

    /// <summary>Its place among the uploads of its sender, until it is answered; null where there was none left.</summary>
    public UploadGate.Pass? Pass { get; private set; }

    /// <summary>Before anybody reads the form.</summary>
    public static async Task PrepareAsync(HttpContext http, RequestDelegate next)
    {
        var takesFiles = http.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is not null;
        if (!takesFiles || Upload.BoundaryOf(http.Request) is null)
        {
            // A form without files is as large as any other.
            if (takesFiles && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = RequestLimits.MaxBodyBytes;
            await next(http);
            return;
        }

        await using var form = new SentForm(http);
        http.Features.Set<IFormFeature>(form);
        await next(http);
    }

    /// <summary>After it is known who sends it.</summary>
    public static async Task ReceiveAsync(HttpContext http, RequestDelegate next)
    {
        if (Of(http) is not null) await http.Request.ReadFormAsync(http.RequestAborted);
        await next(http);
    }

    /// <summary>The form that is being answered, if it is one with files.</summary>
    public static SentForm? Of(HttpContext http) => http.Features.Get<IFormFeature>() as SentForm;

    public IFormCollection ReadForm() =>
        Form ?? throw new InvalidOperationException("A form with files is read before anybody asks for it.");

    public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
    {
        if (Form is not null) return Form;
        // Whoever is not signed in shares the places of nobody.
        Pass = gate.Enter(Caller.Of(http)?.Id ?? default);
        try
        {
            await ReadAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("No form.", StatusCodes.Status400BadRequest, broken);
        }

        return Form = new FormCollection(fields.GetResults());
    }

    /// <summary>The files, for who keeps them longer than the form.</summary>
    public IReadOnlyList<SentFile> LetGo()
    {
        SentFile[] all = [.. files];
        files.Clear();
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        Pass?.Dispose();
        foreach (var file in files)
            if (file.Content is { } content) await content.DisposeAsync();
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        using var slow = new CancellationTokenSource(Upload.MaxTime, time);
        using var late = new CancellationTokenSource(MaxTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, late.Token, stop);
        var reader = new MultipartReader(Upload.BoundaryOf(http.Request)!, http.Request.Body);
        var (parts, field, name) = (0, "", "");
        try
        {
            while (readBytes <= MaxReadBytes && await reader.ReadNextSectionAsync(either.Token) is { } part)
            {
                if (++parts > MaxParts) throw TooMuch();
                if (part.AsFileSection() is { } file)
                {
                    (field, name) = (SentFile.FieldOf(file.Name), JsonConventions.WithoutControls(file.FileName));
                    if (files.Count < Evidence.MaxFiles) slow.CancelAfter(Upload.MaxTime);
                    files.AddRange(await ReceiveAsync(field, name, part.Body, either.Token));
                }
                else if (part.AsFormDataSection() is { } text)
                {
                    fields.Append(text.Name, await TextAsync(part.Body, either.Token));
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            files.Add(SentFile.Refused(field, name, Upload.TooSlow));
        }
    }

    /// <summary>Receives a file, or reads past it; none where none was chosen.</summary>
    private async Task<SentFile[]> ReceiveAsync(string field, string name, Stream content, CancellationToken stop)
    {
        var room = files.Count == Evidence.MaxFiles ? 0 : (int)Math.Min(FileLimits.MaxBytes, MaxKeptBytes - keptBytes);
        var received = new ReceivedFile(folder);
        var isKept = false;
        try
        {
            isKept = await received.Receive(content, Pass is null ? 0 : room, stop)
                && (received.Length > 0 || name.Length > 0);
            readBytes += received.Length;
            if (isKept) keptBytes += received.Length;
            if (isKept) return [new SentFile(field, name, received, null)];
        }
        finally
        {
            if (!isKept) await received.DisposeAsync();
        }

        if (received.Length == 0) return [];
        var rest = new byte[32 * 1024];
        while (readBytes <= MaxReadBytes && await content.ReadAsync(rest, stop) is > 0 and var read) readBytes += read;
        return [SentFile.Refused(field, name, Pass is null ? FileEndpoints.Busy : Upload.TooLarge(room))];
    }

    private async Task<string> TextAsync(Stream content, CancellationToken stop)
    {
        using var text = new MemoryStream();
        var part = new byte[4 * 1024];
        while (await content.ReadAsync(part, stop) is > 0 and var read)
        {
            if ((textBytes += read) > MaxTextBytes) throw TooMuch();
            text.Write(part, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static BadHttpRequestException TooMuch() => new("Too much.", StatusCodes.Status413PayloadTooLarge);
}
