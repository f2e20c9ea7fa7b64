using System.Globalization;
using System.Text;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Messages.Texts;

namespace DreamPlatform.Web.Site.Texts;

/// <summary>Amounts, days and counts as the reader of a page writes them.</summary>
internal sealed class Formats(Currencies currencies, TimeProvider time)
{
    public DateOnly Today => PlatformCalendar.DayOf(time.GetUtcNow());

    public string Money(long minor) => currencies.Format(minor, CultureInfo.CurrentCulture);

    /// <summary>Minor units of an amount that somebody typed; null if it is none.</summary>
    public long? Minor(string text) => currencies.Parse(Narrow(text).TrimEnd('元', ' '));

    /// <summary>With the digits of a Chinese input method, which are as wide as its characters, as others.</summary>
    public static string Narrow(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // There is something in it that is no character: then it is no number either.
            return text;
        }
    }

    /// <summary>An amount for a field to be changed in, such as 1133.50.</summary>
    public string Plain(long minor) => new(
        [.. currencies.Format(minor, CultureInfo.InvariantCulture).Where(it => char.IsAsciiDigit(it) || it == '.')]);

    public string Day(DateTimeOffset at) => Day(PlatformCalendar.DayOf(at));

    /// <summary>A day, with its year where it is not this one.</summary>
    public string Day(DateOnly day) => day.ToString(
        (SiteLanguage.IsChinese, day.Year == Today.Year) switch
        {
            (true, true) => "M月d日",
            (true, false) => "yyyy年M月d日",
            (false, true) => "d MMMM",
            (false, false) => "d MMMM yyyy",
        }, CultureInfo.CurrentCulture);

    /// <summary>A day and the time on it, in China.</summary>
    public string Moment(DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Day(at)}{(SiteLanguage.IsChinese ? "" : ", ")}{PlatformCalendar.TimeOf(at):HH:mm}");

    /// <summary>Whole days until the end of a day; negative when it is over.</summary>
    public int DaysLeft(DateOnly day) => day.DayNumber - Today.DayNumber;

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
