using System.Globalization;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Operating;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Messages.Texts;

/// <summary>Amounts as people read them.</summary>
internal sealed partial class Currencies
{
    /// <summary>Above what anybody may move, so that who may say so says how much that is.</summary>
    private const decimal Most = 1_000_000_000_000;

    private readonly string sign;
    private readonly byte digits;

    public Currencies(IOptions<MoneySettings> money)
    {
        var currency = money.Value.Currency;
        sign = currency == "CNY" ? "¥" : $"{currency}\u00a0";
        digits = (byte)(CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .FirstOrDefault(culture => new RegionInfo(culture.Name).ISOCurrencySymbol == currency)
            ?.NumberFormat.CurrencyDecimalDigits ?? 2);
    }

    /// <summary>
    /// Minor units of an amount as people write it, such as 1133.5 or 1,133.50; null if it is none. A comma that stands
    /// elsewhere than before three digits may be meant as a point, and is not guessed at.
    /// </summary>
    public long? Parse(string text)
    {
        var plain = text.Trim().TrimStart('¥', '￥');
        if (Grouped().IsMatch(plain)) plain = plain.Replace(",", "", StringComparison.Ordinal);
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || amount > Most) return null;
        for (var i = 0; i < digits; i++) amount *= 10;
        return amount == decimal.Truncate(amount) ? (long)amount : null;
    }

    [GeneratedRegex(@"^\d{1,3}(,\d{3})+(\.\d*)?$")]
    private static partial Regex Grouped();

    /// <summary>With every minor unit: money is never shown rounded.</summary>
    public string Format(long minor, CultureInfo culture)
    {
        var number = new decimal(
            unchecked((int)minor), unchecked((int)(minor >> 32)), 0, isNegative: false, scale: digits);
        return sign + number.ToString($"N{digits}", culture);
    }
}
