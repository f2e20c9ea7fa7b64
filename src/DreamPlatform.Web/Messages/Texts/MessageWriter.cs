using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Messages.Sending;

namespace DreamPlatform.Web.Messages.Texts;

/// <summary>An amount that a text names.</summary>
internal readonly record struct Amount(long Minor);

/// <summary>Values by name: texts, codes, amounts, days and times.</summary>
internal sealed class TextValues : Dictionary<string, object>
{
    public TextValues() : base(StringComparer.Ordinal)
    {
    }

    public string? Link => this.GetValueOrDefault("link") as string;
}

/// <summary>
/// Writes messages from the resource files. Whatever a value says, it stays one line within its sentence, and is text
/// in HTML.
/// </summary>
internal sealed partial class MessageWriter(Currencies currencies)
{
    private const int MaxValue = 200, MaxLink = 2_000;

    private static readonly ResourceManager Resources =
        new("DreamPlatform.Web.Messages.Texts.Texts", typeof(MessageWriter).Assembly);

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A message as mail.</summary>
    /// <param name="footer">What is said below every message of this sort.</param>
    public Text Write(string topic, Language language, TextValues values, string footer)
    {
        var culture = Languages.CultureOf(language);
        var subject = Fill(Find(TextBook.Subject(topic), culture), values, culture);
        var body = Fill(Find(TextBook.Body(topic), culture), values, culture);
        var below = Fill(Find(footer, culture), values, culture);
        var tag = Languages.TagOf(language);
        return new Text(
            tag, subject, $"{body}\n\n-- \n{below}\n", Page(tag, subject, body, below, values.Link), values.Link);
    }

    /// <summary>A message for a phone.</summary>
    public string WriteShort(Topic topic, Language language, TextValues values)
    {
        var culture = Languages.CultureOf(language);
        return Fill(Find(TextBook.OnPhone(topic), culture), values, culture);
    }

    internal static string Find(string key, CultureInfo culture) =>
        Resources.GetString(key, culture)?.ReplaceLineEndings("\n").Trim()
        ?? throw new MissingManifestResourceException($"There is no text {key} in {culture}.");

    private string Fill(string text, TextValues values, CultureInfo culture) => Placeholder().Replace(
        text, match => Say(match.Groups[1].Value, values[match.Groups[1].Value], culture));

    private string Say(string name, object value, CultureInfo culture) => value switch
    {
        Amount amount => currencies.Format(amount.Minor, culture),
        DateOnly day => day.ToString(Find(TextBook.Day, culture), culture),
        DateTimeOffset time => PlatformCalendar.TimeOf(time).ToString(Find(TextBook.Time, culture), culture),
        string code when TextBook.Codes.TryGetValue(name, out var codes) =>
            codes.Contains(code) ? Find(TextBook.Code(name, code), culture) : "–",
        _ => OneLine((string)value, name == "link" ? MaxLink : MaxValue),
    };

    /// <summary>Without anything that could end a line or turn the direction of what follows.</summary>
    private static string OneLine(string value, int max)
    {
        var line = new StringBuilder(Math.Min(value.Length, max));
        foreach (var rune in value.EnumerateRunes())
        {
            if (line.Length >= max) break;
            var isText = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
            line.Append(isText ? rune.ToString() : " ");
        }

        return line.ToString().Trim();
    }

    private static string Page(string language, string subject, string body, string below, string? link) =>
        $"""
        <!DOCTYPE html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Html.Encode(subject)}</title>
        </head>
        <body style="margin:0;background:#f4f4ee;color:#14272b;font:18px/1.75 system-ui,sans-serif">
        <div style="max-width:36em;margin:0 auto;padding:24px">
        {string.Join('\n', body.Split("\n\n").Select(paragraph => $"<p>{Paragraph(paragraph, link)}</p>"))}
        <p style="color:#48595c;font-size:15px;border-top:1px solid #cbd6d3;padding-top:8px">{Html.Encode(below)}</p>
        </div>
        </body>
        </html>

        """;

    /// <summary>Only the link that we made ourselves is one; an address that somebody wrote is not.</summary>
    private static string Paragraph(string text, string? link) => text == link
        ? $"""<a href="{Html.Encode(link)}" style="color:#ad400d">{Html.Encode(link)}</a>"""
        : Html.Encode(text);

    [GeneratedRegex("{([a-zA-Z]+)}")]
    private static partial Regex Placeholder();
}
