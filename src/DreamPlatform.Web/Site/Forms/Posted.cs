using System.Globalization;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Site.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>What a form brought, read in the types that handlers take. What cannot be read is in Problem.</summary>
public sealed class Posted
{
    private readonly HttpContext http;
    private readonly Formats formats;
    private readonly Check check = new();

    internal Posted(HttpContext http, IFormCollection form)
    {
        (this.http, Form) = (http, form);
        formats = http.RequestServices.GetRequiredService<Formats>();
        Key = Guid.TryParse(form[KeyField], out var key) && key != Guid.Empty ? key : Guid.CreateVersion7();
    }

    public const string KeyField = "key", VersionField = "version";

    public IFormCollection Form { get; }

    /// <summary>Made when the form was: the same for a double click and after the back button.</summary>
    public Guid Key { get; }

    /// <summary>The version that the form shows, where it says one.</summary>
    public long? Version => Number(VersionField);

    /// <summary>What could not be read so far; null if everything could.</summary>
    public ProblemHttpResult? Problem => check.Problem;

    /// <summary>The form as a command, for handlers that take one.</summary>
    public CommandRequest Command() => CommandRequest.Of(http, new IdempotencyKey(new CommandId(Key)), Version);

    /// <summary>The form as a command that moves money.</summary>
    public MoneyRequest Money() => MoneyRequest.Of(http, new IdempotencyKey(new CommandId(Key)), Version);

    /// <summary>Who sent what where, with the form's key: the same only for the same form sent again.</summary>
    internal string Content() => string.Join('\n',
    [
        Caller.Of(http)?.Session.ToString(), http.Request.Path.Value,
        .. Form.Where(it => !it.Key.StartsWith("__", StringComparison.Ordinal))
            .OrderBy(it => it.Key, StringComparer.Ordinal).Select(it => $"{it.Key}={it.Value}"),
    ]);

    /// <summary>Null where nothing is written.</summary>
    public string? Text(string name) =>
        JsonConventions.WithoutControls(Form[name].ToString())
            .Replace("\r\n", "\n", StringComparison.Ordinal).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Text that must be there.</summary>
    public string Required(string name)
    {
        var text = Text(name);
        check.That(text is not null, name, "Is required.");
        return text ?? "";
    }

    /// <summary>One of the codes that the form offers; a form that somebody made up may have any.</summary>
    public string? OneOf(string name, IReadOnlyList<string> codes)
    {
        var code = Text(name);
        check.That(code is null || codes.Contains(code), name, "Is missing or not valid.");
        return code;
    }

    /// <summary>Every value of a name that is given more than once.</summary>
    public IReadOnlyList<string> All(string name) => [.. Form[name].OfType<string>().Where(it => it.Length > 0)];

    public bool Flag(string name) => Form[name] is ["true", ..] or ["on", ..];

    public Guid? Id(string name) => Read<Guid>(name, text => Guid.TryParse(text, out var id) ? id : null);

    public long? Number(string name) => Read<long>(
        name,
        text => long.TryParse(Formats.Narrow(text), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null,
        "Must be a whole number.");

    public DateOnly? Day(string name) => Read<DateOnly>(name, text =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null);

    /// <summary>Minor units of an amount as people write it.</summary>
    public long? Amount(string name) => Read(name, text => formats.Minor(text), "Must be an amount.");

    private T? Read<T>(string name, Func<string, T?> read, string otherwise = "Is not valid.") where T : struct
    {
        if (Text(name) is not { } text) return null;
        var value = read(text);
        check.That(value is not null, name, otherwise);
        return value;
    }
}
